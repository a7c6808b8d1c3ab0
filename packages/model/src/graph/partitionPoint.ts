/**
 * How many at the front of something sorted fulfil a condition that all at the front fulfil and none behind them, in
 * logarithmically many looks.
 */
export function partitionPoint(length: number, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Two numbers below this make one exact double. */
const LIMIT = 2 ** 26;

/**
 * Numbers equal rows of several columns alike, from 0 in order of first appearance: rows with equal tuples get equal
 * numbers. Works on numbers only; columns hold integers from -1 up.
 */
export function internTuples(columns: readonly ArrayLike<number>[], count: number): Int32Array {
  let current = new Int32Array(count);
  for (const column of columns) {
    const values = intern(column, count);
    const known = new Map<number, number>();
    const next = new Int32Array(count);
    for (let row = 0; row < count; row += 1) {
      const key = (current[row] ?? 0) * LIMIT + (values[row] ?? 0);
      let number = known.get(key);
      if (number === undefined) {
        number = known.size;
        known.set(key, number);
      }
      next[row] = number;
    }
    current = next;
  }
  return current;
}

/** Numbers the values of one column: any doubles become small integers. */
function intern(column: ArrayLike<number>, count: number): Int32Array {
  const known = new Map<number, number>();
  const numbers = new Int32Array(count);
  for (let row = 0; row < count; row += 1) {
    const value = column[row] ?? -1;
    let number = known.get(value);
    if (number === undefined) {
      number = known.size;
      known.set(value, number);
    }
    numbers[row] = number;
  }
  return numbers;
}

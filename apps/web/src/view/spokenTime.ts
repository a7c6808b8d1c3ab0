const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

/** A length of time as it is said: `5 minutes 2 seconds`, `302 milliseconds`. The two largest units that are not zero. */
export function spokenLength(ms: number): string {
  const length = Math.abs(ms);
  if (length < 1000) return plural(Math.round(length), 'millisecond');
  let rest = Math.round(length / 1000) * 1000;
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(plural(count, unit));
    else if (parts.length > 0) break;
  }
  return parts.slice(0, 2).join(' ');
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** 60 s: started later than this after main, a process is late, unless the question says otherwise. */
export const defaultLateMs = 60_000;

const unitMs: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/**
 * Milliseconds of a duration as people write it: `25s`, `5m`, `1500ms`, `1.5h`, `2d`, and bare seconds (`90`). Undefined for
 * anything else, signs, spaces and exponents among it, and for
 * more than 10^15 ms.
 */
export function parseDuration(text: string): number | undefined {
  const match = /^(\d{1,15}(?:\.\d{1,20})?)(ms|s|m|h|d)?$/.exec(text);
  const factor = unitMs.get(match?.[2] ?? 's');
  if (match === null || factor === undefined) return undefined;
  const ms = Number(match[1]) * factor;
  return ms <= 1e15 ? ms : undefined;
}

/**
 * The one rule of derivation, page and terminal: a process is late when it started more than the limit after its base (`lateByMs`).
 * Absent or null: no start is known, or it is a host process; such are never late.
 */
export function isLate(lateByMs: number | null | undefined, limitMs: number): boolean {
  return lateByMs !== undefined && lateByMs !== null && lateByMs > limitMs;
}

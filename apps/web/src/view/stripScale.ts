/** A stretch of the strip: time on one side, pixels on the other. Folded: a long silence drawn short. */
export interface StripSegment {
  readonly fromMs: number;
  readonly toMs: number;
  readonly fromX: number;
  readonly toX: number;
  readonly isFolded: boolean;
}

/** Silence shorter than this is drawn as long as it was. */
const QUIET_MS = 30_000;
const FOLDED_WIDTH = 26;
/** A silence is folded when it would take more of the strip than this. */
const LEAST_SHARE = 0.06;

/**
 * The scale of a histogram with its long silences folded. `counts` has one figure per bucket of `widthMs`, beginning at 0;
 * segments cover [0, counts.length * widthMs) without holes.
 */
export function stripScale(
  counts: readonly number[],
  widthMs: number,
  width: number,
): readonly StripSegment[] {
  const total = counts.length * widthMs;
  const runs: { from: number; to: number; isFolded: boolean }[] = [];
  const add = (from: number, to: number, isFolded: boolean) => {
    if (to <= from) return;
    const last = runs.at(-1);
    if (last !== undefined && last.isFolded === isFolded) last.to = to;
    else runs.push({ from, to, isFolded });
  };
  let at = 0;
  while (at < counts.length) {
    const begin = at;
    const isQuiet = counts[at] === 0;
    while (at < counts.length && (counts[at] === 0) === isQuiet) at += 1;
    const length = (at - begin) * widthMs;
    const isFolded = isQuiet && length >= QUIET_MS && length >= total * LEAST_SHARE;
    add(begin * widthMs, at * widthMs, isFolded);
  }
  const folded = runs.filter((run) => run.isFolded);
  const open = total - folded.reduce((sum, run) => sum + run.to - run.from, 0);
  const room = Math.max(1, width - folded.length * FOLDED_WIDTH);
  let x = 0;
  return runs.map((run) => {
    const length = run.isFolded ? FOLDED_WIDTH : ((run.to - run.from) / Math.max(1, open)) * room;
    const segment = {
      fromMs: run.from,
      toMs: run.to,
      fromX: x,
      toX: x + length,
      isFolded: run.isFolded,
    };
    x += length;
    return segment;
  });
}

/** Where a time lies; times outside lie at the ends. */
export function xOfMs(scale: readonly StripSegment[], ms: number): number {
  for (const { fromMs, toMs, fromX, toX } of scale) {
    if (ms < toMs) return fromX + Math.max(0, (ms - fromMs) / (toMs - fromMs)) * (toX - fromX);
  }
  return scale.at(-1)?.toX ?? 0;
}

/** The time under a pixel. */
export function msOfX(scale: readonly StripSegment[], x: number): number {
  for (const { fromMs, toMs, fromX, toX } of scale) {
    if (x < toX) return fromMs + Math.max(0, (x - fromX) / (toX - fromX)) * (toMs - fromMs);
  }
  return scale.at(-1)?.toMs ?? 0;
}

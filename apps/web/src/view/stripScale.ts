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
const WIDEST_BUCKET = 14;
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
  const lengthOf = (isFolded: boolean) =>
    runs.reduce((sum, run) => (run.isFolded === isFolded ? sum + run.to - run.from : sum), 0);
  const open = lengthOf(false);
  const quiet = lengthOf(true);
  const folds = runs.filter((run) => run.isFolded).length;
  // A handful of events is not blown up to the whole width: what they leave goes back to the silences.
  const most = (open / widthMs) * WIDEST_BUCKET;
  const room = folds === 0 ? width : Math.min(most, Math.max(1, width - folds * FOLDED_WIDTH));
  const spare = Math.max(0, width - room - folds * FOLDED_WIDTH);
  let x = 0;
  return runs.map((run) => {
    const ms = run.to - run.from;
    const length = run.isFolded
      ? FOLDED_WIDTH + (ms / Math.max(1, quiet)) * spare
      : (ms / Math.max(1, open)) * room;
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

/** Where the first and the last event lie on an axis of `totalMs`, which is longer by a little air. */
export interface StripEnds {
  readonly firstMs: number;
  readonly lastMs: number;
  readonly totalMs: number;
}

/** The time to tell of a place on the axis: the air about the events is drawing, and no time of the log. */
export function toldMs(ms: number, { firstMs, lastMs, totalMs }: StripEnds): number {
  if (ms < 0 || ms > totalMs) return ms;
  return Math.min(lastMs, Math.max(firstMs, ms));
}

import { type Camera, fitted, type Size } from './camera.ts';
import { type Box, boxOf, type Placed, subtreeBox } from './placed.ts';

/** What the first look at a tree should hold. */
export interface Opening {
  /** Rows, the most wanted last: it is what the tree is opened on. */
  readonly wanted: readonly number[];
  /** Flagged rows; empty: nothing is flagged. */
  readonly flagged: readonly number[];
}

/** Cards say everything from this scale on. */
const GOOD_SCALE = 0.8;
/** They say name, delay and marks from this scale on: as small as it gets for the sake of more in sight. */
const LEGIBLE_SCALE = 0.55;
/** Names can be read from this scale on. */
const LEAST_OPENING = 0.35;
/** Of a tree without flags, its whole is worth this much smallness. */
const WHOLE_SCALE = 0.85;
const EDGE = 28;

/**
 * The first camera: the process that the tree is opened on with its way in, and as much of what it started and of what
 * else is flagged as can be read; in a tree without flags main with what comes next, near life size.
 */
export function openingCamera(
  placed: Placed,
  { wanted, flagged }: Opening,
  size: Size,
  bend: number,
): Camera {
  const all = { left: 0, top: -16, right: placed.width, bottom: placed.height };
  const whole = fitted(all, size).scale;
  const row = wanted.at(-1);
  if (whole >= (flagged.length > 0 ? LEGIBLE_SCALE : WHOLE_SCALE))
    return { bend, scale: whole, x: EDGE, y: EDGE };
  if (row === undefined) return { bend, scale: GOOD_SCALE, x: EDGE, y: EDGE };
  const last = boxOf(placed, row);
  // With its parent, if need be smaller: a card whose way in lies beyond the edge says little.
  const up = placed.tree.parent[row] ?? -1;
  const pair = up < 0 ? last : unionOf([boxOf(placed, up), last]);
  const near = unionOf([...wanted.map((one) => boxOf(placed, one)), pair]);
  const room = { width: size.width + 20, height: size.height + 20 };
  const firstOf = (boxes: readonly Box[], least: number): Box | undefined =>
    boxes.find((box) => fitted(box, room).scale >= least);

  const below = subtreeBox(placed, row);
  const boxesOf = (rows: readonly number[]) => rows.map((one) => boxOf(placed, one));
  const late = boxesOf(flagged);
  const lateBelow = boxesOf(
    flagged.filter((one) => one > row && one < (placed.tree.end[row] ?? 0)),
  );
  const hasOthers = flagged.some((one) => one !== row);
  // All that it started, with its connections, before the flagged alone; all that is flagged before what is below it.
  const rests = [[below, ...late], hasOthers ? late : [], [below], lateBelow];
  const story = rests
    .filter((rest) => rest.length > 0)
    .flatMap((rest) => [near, pair, last].map((way) => unionOf([way, ...rest])));
  const far = unionOf([boxOf(placed, 0), near]);
  const told = flagged.length > 0 ? firstOf(story, LEGIBLE_SCALE) : undefined;
  if (told === undefined && lateBelow.length > 0) {
    // More than can be read at once: as much of it as there is room for, from its beginning.
    const isNarrow = (pair.right - pair.left) * LEGIBLE_SCALE > size.width * 0.5;
    return inCorner(isNarrow ? last : pair, LEGIBLE_SCALE, { ...size, width: 0 }, bend);
  }
  const found =
    told ??
    // Best with what comes after it in sight, then without.
    firstOf([beyond(far), beyond(near), far, near, beyond(pair), pair], GOOD_SCALE);
  if (found !== undefined)
    return inCorner(found, Math.min(1, fitted(found, room).scale), size, bend);
  if (fitted(pair, size).scale >= LEAST_OPENING) {
    const camera = fitted(pair, size, bend);
    return { ...camera, y: Math.min(camera.y, 48 - pair.top * camera.scale) };
  }
  // Too far apart for one look: what is most wanted, with the way to it on the left and the way on below.
  const scale = 0.9;
  const x = Math.max(size.width * 0.42, size.width - 540) - last.left * scale;
  return { bend, scale, x, y: size.height * 0.36 - last.top * scale };
}

function inCorner(box: Box, scale: number, size: Size, bend: number): Camera {
  const across = (box.right - box.left) * scale;
  const x = Math.max(16, Math.min(48, (size.width - across) / 2)) - box.left * scale;
  return { bend, scale, x, y: 36 - box.top * scale };
}

/** With the next column to the right. */
function beyond(box: Box): Box {
  return { ...box, right: box.right + 280 };
}

function unionOf(boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map((box) => box.left)),
    top: Math.min(...boxes.map((box) => box.top)),
    right: Math.max(...boxes.map((box) => box.right)),
    bottom: Math.max(...boxes.map((box) => box.bottom)),
  };
}

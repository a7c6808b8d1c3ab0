import { type Camera, type Size, scaleX, seenBy } from '../layout/camera.ts';
import { heightOf, measures, widthOfRow } from '../layout/measures.ts';
import { firstBelow, levelsIn, type Placed } from '../layout/placed.ts';
import type { Scene } from '../layout/scene.ts';
import { isConnection, look } from '../view/look.ts';
import type { Brush } from './brush.ts';
import { type Face, facesOf } from './faces.ts';
import { flagColor } from './flagColor.ts';
import { paintCorner, ROUND } from './paintCorner.ts';
import { paintBrackets, paintEdges, paintLoudPaths } from './paintEdges.ts';
import type { PaintTheme } from './paintTheme.ts';

export interface Emphasis {
  /** Row with the selection, and row under the pointer; -1: none. */
  readonly selected: number;
  readonly hovered: number;
}

/** Below this scale cards are blocks of colour, below the second they run together. */
export const blockScale = 0.3;
const heatScale = 0.2;
/** A pill is half as tall as a card: below this scale it has no room for a word, and is its sign alone. */
export const pillScale = 0.45;
/** A loud mark is never smaller than this on the screen. */
const LEAST_LOUD = 3;
/** Nor the bar at the edge of a card that is main or loud. */
const LEAST_BAR = 4;

/**
 * Paints what a camera sees: brackets, edges, cards, and in a second pass all that is flagged, at least three pixels
 * high, so that it survives every zoom. The cost is bounded by the pixels of the screen, not by the tree. `context` is
 * scaled so that one unit is one CSS pixel.
 */
export function paintTree(
  context: Brush,
  scene: Scene,
  camera: Camera,
  { size, theme, emphasis }: { size: Size; theme: PaintTheme; emphasis: Emphasis },
): void {
  const faces = facesOf(theme);
  context.globalAlpha = 1;
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, size.width, size.height);
  if (camera.scale >= heatScale) paintBrackets(context, scene, camera, { size, theme });
  paintEdges(context, scene, camera, { size, theme });
  if (camera.scale >= heatScale) {
    paintLoudPaths(context, scene, camera, { size, theme });
    const seen = rowsSeen(scene.placed, camera, size);
    for (const row of seen) {
      if (scene.flagged[row] === 0) paintCard(context, scene, camera, { theme, faces }, row);
    }
    for (const row of seen) {
      if (scene.flagged[row] === 1) paintCard(context, scene, camera, { theme, faces }, row);
    }
  } else {
    paintHeat(context, scene, camera, { size, faces });
  }
  paintFlaggedBlocks(context, scene, camera, { size, faces, theme });
  paintRing(context, scene, camera, emphasis.hovered, { color: theme.faint, width: 1 });
  paintRing(context, scene, camera, emphasis.selected, { color: theme.main, width: 2 });
}

function rowsSeen(placed: Placed, camera: Camera, size: Size): number[] {
  const box = seenBy(camera, size);
  const rows: number[] = [];
  const [first, last] = levelsIn(placed, box.left, box.right);
  for (let at = first; at <= last; at += 1) {
    const end = placed.levelStart[at + 1] ?? 0;
    let place = firstBelow(placed, at, box.top - measures.cardHeight - 8);
    for (; place < end; place += 1) {
      const row = placed.order[place] ?? 0;
      if ((placed.y[row] ?? 0) > box.bottom) break;
      rows.push(row);
    }
  }
  return rows;
}

function paintCard(
  context: Brush,
  scene: Scene,
  camera: Camera,
  { theme, faces }: { theme: PaintTheme; faces: readonly Face[] },
  row: number,
): void {
  const { placed } = scene;
  const face = faces[scene.looks[row] ?? 0];
  if (face === undefined) return;
  const { scale } = camera;
  const across = scaleX(camera);
  const left = (placed.columnX[(placed.tree.level[row] ?? 1) - 1] ?? 0) * across + camera.x;
  const top = (placed.y[row] ?? 0) * scale + camera.y;
  const width = widthOfRow(placed.tree, row) * across;
  const height = heightOf(placed.tree.kind[row] ?? 0) * scale;
  context.globalAlpha = scene.dim[row] === 1 ? 0.4 : 1;
  const isPill = face.shape === 'pill' || face.shape === 'halfPill';
  if (scale < pillScale && isPill) {
    paintMark(context, face, { left, top, width, height });
    return;
  }
  if (scale < blockScale) {
    paintBlock(context, face, { left, top, width, height });
    paintCorner(context, scene.alerts[row] ?? 0, { left, top, width, height }, { theme, scale });
    return;
  }
  if (face.shape === 'stack') {
    context.fillStyle = face.fill;
    context.strokeStyle = face.line;
    context.lineWidth = 1;
    context.setLineDash([]);
    outline(context, 'card', { left: left + 4 * scale, top: top + 4 * scale, width, height });
    context.fill();
    context.stroke();
  }
  outline(context, face.shape, { left, top, width, height });
  context.fillStyle = face.fill;
  context.fill();
  if (face.bar !== '') {
    context.save();
    context.clip();
    context.fillStyle = face.bar;
    context.fillRect(left, top, Math.max(LEAST_BAR, 6 * scale), height);
    context.restore();
    outline(context, face.shape, { left, top, width, height });
  }
  context.strokeStyle = face.line;
  context.lineWidth = face.lineWidth;
  context.setLineDash(face.dash.map((length) => length * Math.max(0.7, scale)));
  context.stroke();
  context.setLineDash([]);
  if (!isPill && face.shape !== 'hexagon') {
    paintCorner(context, scene.alerts[row] ?? 0, { left, top, width, height }, { theme, scale });
  }
  context.globalAlpha = 1;
}

interface Rect {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The sign of what has no room for a word, at the end of its edge; a dot where a sign cannot be read. */
function paintMark(context: Brush, face: Face, rect: Rect): void {
  context.fillStyle = face.mark;
  if (rect.height < 8) {
    context.fillRect(rect.left, rect.top, rect.height, rect.height);
  } else {
    context.font = `${Math.min(13, rect.height)}px sans-serif`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    const middle = rect.top + rect.height / 2;
    context.fillText(face.sign, rect.left + Math.max(8, rect.height / 2), middle);
  }
  context.globalAlpha = 1;
}

function paintBlock(context: Brush, face: Face, rect: Rect): void {
  context.fillStyle = face.block;
  context.fillRect(rect.left, rect.top, rect.width, rect.height);
  if (face.sign !== '' && rect.height >= 9) {
    context.fillStyle = face.signInk;
    context.font = `${Math.min(15, rect.height * 0.8)}px sans-serif`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(face.sign, rect.left + rect.width / 2, rect.top + rect.height / 2);
  }
  context.globalAlpha = 1;
}

/** Where a pixel holds many cards, one block per pixel and column stands for them. */
function paintHeat(
  context: Brush,
  scene: Scene,
  camera: Camera,
  { size, faces }: { size: Size; faces: readonly Face[] },
): void {
  const { placed, looks } = scene;
  const { scale } = camera;
  const across = scaleX(camera);
  const box = seenBy(camera, size);
  const [first, last] = levelsIn(placed, box.left, box.right);
  let style = '';
  for (let at = first; at <= last; at += 1) {
    const end = placed.levelStart[at + 1] ?? 0;
    const left = (placed.columnX[at] ?? 0) * across + camera.x;
    let place = firstBelow(placed, at, box.top - measures.cardHeight);
    while (place < end) {
      const row = placed.order[place] ?? 0;
      const y = placed.y[row] ?? 0;
      if (y > box.bottom) break;
      const block = faces[looks[row] ?? 0]?.block ?? '';
      if (block !== style) {
        context.fillStyle = block;
        style = block;
      }
      const high = Math.max(1, heightOf(placed.tree.kind[row] ?? 0) * scale);
      const width = Math.max(1, widthOfRow(placed.tree, row) * across);
      context.fillRect(left, y * scale + camera.y, width, high);
      // The next card that is at least a pixel further down.
      place =
        scale * (measures.pillHeight + measures.rowGap) >= 1
          ? place + 1
          : nextPlace(placed, at, place, y + 1 / scale);
    }
  }
}

function nextPlace(placed: Placed, at: number, place: number, top: number): number {
  return Math.max(place + 1, firstBelow(placed, at, top));
}

/** Flagged ones once more, on top of everything and never below three pixels, where cards are too small to speak. */
function paintFlaggedBlocks(
  context: Brush,
  scene: Scene,
  camera: Camera,
  { size, faces, theme }: { size: Size; faces: readonly Face[]; theme: PaintTheme },
): void {
  const { scale } = camera;
  const across = scaleX(camera);
  if (scale >= heatScale) return;
  const loud = faces[look.loud];
  if (loud === undefined) return;
  const { placed } = scene;
  context.strokeStyle = loud.line;
  context.lineWidth = 1;
  let lastX = -1;
  let lastY = -1;
  for (const row of scene.flaggedRows) {
    const top = (placed.y[row] ?? 0) * scale + camera.y;
    if (top < -8 || top > size.height) continue;
    const left = (placed.columnX[(placed.tree.level[row] ?? 1) - 1] ?? 0) * across + camera.x;
    const width = Math.max(LEAST_LOUD, widthOfRow(placed.tree, row) * across);
    if (left + width < 0 || left > size.width) continue;
    if (Math.abs(left - lastX) < 1 && Math.abs(top - lastY) < 1) continue;
    lastX = left;
    lastY = top;
    const height = Math.max(LEAST_LOUD, heightOf(placed.tree.kind[row] ?? 0) * scale);
    context.fillStyle = flagColor(scene, row, { loud: loud.block, alert: theme.alert });
    context.fillRect(left, top, width, height);
    if (height >= 5) context.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
  }
}

function paintRing(
  context: Brush,
  scene: Scene,
  camera: Camera,
  row: number,
  { color, width }: { color: string; width: number },
): void {
  const { placed } = scene;
  if (row < 0 || row >= placed.tree.count) return;
  const { scale } = camera;
  const across = scaleX(camera);
  const gap = scale >= blockScale ? 3 : 2;
  const face = scene.looks[row] ?? 0;
  const isPill =
    isConnection(face) || face === look.capsule || face === look.more || face === look.looseRule;
  const rect = {
    left: (placed.columnX[(placed.tree.level[row] ?? 1) - 1] ?? 0) * across + camera.x - gap,
    top: (placed.y[row] ?? 0) * scale + camera.y - gap,
    width: Math.max(4, widthOfRow(placed.tree, row) * across) + gap * 2,
    height: Math.max(4, heightOf(placed.tree.kind[row] ?? 0) * scale) + gap * 2,
  };
  outline(context, isPill ? 'pill' : 'card', rect);
  context.strokeStyle = color;
  context.lineWidth = width;
  context.stroke();
}

/** The path of a shape, ready to be filled and stroked. */
function outline(context: Brush, shape: Face['shape'], rect: Rect): void {
  const { left, top, width, height } = rect;
  context.beginPath();
  switch (shape) {
    case 'card':
    case 'stack':
      context.roundRect(left, top, width, height, Math.min(ROUND, height / 4));
      break;
    case 'pill':
      context.roundRect(left, top, width, height, height / 2);
      break;
    case 'halfPill':
      context.roundRect(left, top, width, height, [0, height / 2, height / 2, 0]);
      break;
    case 'hexagon': {
      const tip = Math.min(14, height / 3);
      context.moveTo(left + tip, top);
      context.lineTo(left + width - tip, top);
      context.lineTo(left + width, top + height / 2);
      context.lineTo(left + width - tip, top + height);
      context.lineTo(left + tip, top + height);
      context.lineTo(left, top + height / 2);
      context.closePath();
      break;
    }
  }
}

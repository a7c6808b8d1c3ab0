import { type Camera, type Size, scaleX, seenBy } from '../layout/camera.ts';
import { measures, widthOfRow } from '../layout/measures.ts';
import { familiesIn, firstBelow, levelsIn } from '../layout/placed.ts';
import { edgeLook, type Scene } from '../layout/scene.ts';
import type { Brush } from './brush.ts';
import type { PaintTheme } from './paintTheme.ts';

interface Frame {
  readonly size: Size;
  readonly theme: PaintTheme;
}

const CORNER = 7;
const MOST_LOUD_PATHS = 600;

/**
 * Edges as orthogonal elbows: one trunk per family, one short line per child. Ten thousand children are one line and
 * as many dashes as fit on the screen, not a grey wall.
 */
export function paintEdges(
  context: Brush,
  scene: Scene,
  camera: Camera,
  { size, theme }: Frame,
): void {
  const { placed, edges } = scene;
  const { tree, columnX, y, firstY, lastY, order } = placed;
  const { scale } = camera;
  const across = scaleX(camera);
  const box = seenBy(camera, size);
  const port = measures.port;
  const [firstLevel, last] = levelsIn(placed, box.left, box.right);
  const first = Math.max(0, firstLevel - 1);
  const isFine = scale >= 0.2;
  const corner = CORNER * scale;
  context.lineWidth = isFine ? 1.25 : 1;
  context.strokeStyle = theme.hairline;
  context.beginPath();
  for (let at = first; at <= last; at += 1) {
    const trunk = trunkX(scene, at) * across + camera.x;
    const [from, to] = familiesIn(placed, at, box.top, box.bottom);
    let drawnTo = -Infinity;
    for (let place = from; place < to; place += 1) {
      const row = order[place] ?? 0;
      if ((tree.end[row] ?? 0) <= row + 1) continue;
      const own = ((y[row] ?? 0) + port) * scale + camera.y;
      const low = ((lastY[row] ?? 0) + port) * scale + camera.y;
      // Families that end on a pixel already drawn add nothing to it.
      if (low <= drawnTo + 0.5) continue;
      drawnTo = low;
      if (isFine) {
        const right = ((columnX[at] ?? 0) + widthOfRow(tree, row)) * across + camera.x;
        context.moveTo(right, own);
        context.lineTo(trunk, own);
      }
      const high = Math.min(own, ((firstY[row] ?? 0) + port) * scale + camera.y + corner);
      if (low - corner > high) {
        context.moveTo(trunk, Math.max(-10, high));
        context.lineTo(trunk, Math.min(size.height + 10, low - corner));
      }
    }
    if (!isFine) continue;
    // The short lines into the cards of the next level.
    forEachSeen(scene, at + 1, box, (row) => {
      if (
        edges[row] === edgeLook.solid ||
        edges[row] === edgeLook.leaf ||
        edges[row] === edgeLook.late
      ) {
        elbow(context, scene, camera, row);
      }
    });
  }
  context.stroke();
  if (!isFine) return;
  for (const [code, dash, color, sign] of [
    [edgeLook.inferred, [6, 4], theme.line, ''],
    [edgeLook.suspect, [2, 3], theme.alert, '?'],
    [edgeLook.refused, [3, 3], theme.alert, ''],
  ] as const) {
    context.strokeStyle = color;
    context.fillStyle = color;
    context.setLineDash(dash);
    for (let at = first; at <= last; at += 1) {
      forEachSeen(scene, at + 1, box, (row) => {
        if (edges[row] !== code) return;
        context.beginPath();
        elbow(context, scene, camera, row);
        context.stroke();
        if (code === edgeLook.refused) crossOut(context, scene, camera, row);
        if (sign === '' || scale < 0.45) return;
        context.font = `700 ${12 * scale}px sans-serif`;
        context.textAlign = 'center';
        context.textBaseline = 'bottom';
        const left = (columnX[at + 1] ?? 0) * across + camera.x;
        context.fillText(sign, left - 10 * scale, ((y[row] ?? 0) + port - 2) * scale + camera.y);
      });
    }
    context.setLineDash([]);
  }
}

/** The whole way from its parent to each loud card on the screen, in its colour. */
export function paintLoudPaths(
  context: Brush,
  scene: Scene,
  camera: Camera,
  { size, theme }: Frame,
): void {
  const { placed, edges } = scene;
  const box = seenBy(camera, size);
  const { scale } = camera;
  const across = scaleX(camera);
  const { port } = measures;
  context.strokeStyle = theme.lateLine;
  context.lineWidth = 1.75;
  context.beginPath();
  let drawn = 0;
  for (const row of scene.flaggedRows) {
    if (edges[row] !== edgeLook.late || drawn >= MOST_LOUD_PATHS) continue;
    const up = placed.tree.parent[row] ?? -1;
    if (up < 0) continue;
    const top = Math.min(placed.y[up] ?? 0, placed.y[row] ?? 0);
    const bottom = Math.max(placed.y[up] ?? 0, placed.y[row] ?? 0) + port * 2;
    if (bottom < box.top || top > box.bottom) continue;
    drawn += 1;
    const at = (placed.tree.level[up] ?? 1) - 1;
    const right = ((placed.columnX[at] ?? 0) + widthOfRow(placed.tree, up)) * across + camera.x;
    const trunk = trunkX(scene, at) * across + camera.x;
    const own = ((placed.y[up] ?? 0) + port) * scale + camera.y;
    const target = ((placed.y[row] ?? 0) + port) * scale + camera.y;
    context.moveTo(right, own);
    context.lineTo(trunk, own);
    if (Math.abs(target - own) > 1) {
      const turn = Math.sign(target - own) * Math.min(CORNER * scale, Math.abs(target - own));
      context.moveTo(trunk, Math.max(-10, Math.min(size.height + 10, own)));
      context.lineTo(trunk, Math.max(-10, Math.min(size.height + 10, target - turn)));
    }
    elbow(context, scene, camera, row);
  }
  context.stroke();
}

/** Thin frames around the processes of one container, with its name. */
export function paintBrackets(
  context: Brush,
  scene: Scene,
  camera: Camera,
  { size, theme }: Frame,
): void {
  const { scale } = camera;
  const across = scaleX(camera);
  context.strokeStyle = theme.hairline;
  context.fillStyle = theme.faint;
  context.lineWidth = 1;
  context.font = `500 ${11 * Math.min(1, Math.max(0.75, scale))}px ${theme.font}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const { box, label } of scene.brackets) {
    const left = (box.left - 14) * across + camera.x;
    const top = (box.top - 12) * scale + camera.y;
    const right = (box.right + 14) * across + camera.x;
    const bottom = (box.bottom + 9) * scale + camera.y;
    if (right < 0 || left > size.width || bottom < 0 || top > size.height) continue;
    // Only what is near the screen: a frame of a million pixels is cut to it.
    const high = Math.max(top, -40);
    const low = Math.min(bottom, size.height + 40);
    const far = Math.min(right, size.width + 40);
    const near = Math.max(left, -40);
    context.beginPath();
    context.roundRect(near, high, far - near, low - high, 8);
    context.stroke();
    if (scale < 0.45 || top < -20) continue;
    const width = context.measureText(label).width + 12;
    context.fillStyle = theme.paper;
    context.fillRect(left + 12, top - 6, width, 12);
    context.fillStyle = theme.faint;
    context.fillText(label, left + 18, top);
  }
}

/** The cross on the way to what did not come about. */
function crossOut(context: Brush, { placed }: Scene, camera: Camera, row: number): void {
  const { scale } = camera;
  const left = placed.columnX[(placed.tree.level[row] ?? 1) - 1] ?? 0;
  const x = left * scaleX(camera) + camera.x - 8 * scale;
  const y = ((placed.y[row] ?? 0) + measures.port) * scale + camera.y;
  const arm = 4 * scale;
  context.setLineDash([]);
  context.lineWidth = Math.max(1, 1.75 * scale);
  context.beginPath();
  context.moveTo(x - arm, y - arm);
  context.lineTo(x + arm, y + arm);
  context.moveTo(x + arm, y - arm);
  context.lineTo(x - arm, y + arm);
  context.stroke();
  context.lineWidth = 1.25;
  context.setLineDash([3, 3]);
}

function elbow(context: Brush, scene: Scene, camera: Camera, row: number): void {
  const { placed } = scene;
  const { tree, y, columnX } = placed;
  const up = tree.parent[row] ?? -1;
  if (up < 0) return;
  const { scale } = camera;
  const across = scaleX(camera);
  const at = (tree.level[row] ?? 1) - 1;
  const left = (columnX[at] ?? 0) * across + camera.x;
  const trunk = trunkX(scene, at - 1) * across + camera.x;
  const target = ((y[row] ?? 0) + measures.port) * scale + camera.y;
  const own = ((y[up] ?? 0) + measures.port) * scale + camera.y;
  if (Math.abs(target - own) < 1) {
    context.moveTo(trunk, target);
    context.lineTo(left, target);
    return;
  }
  const turn = Math.min(CORNER * scale, Math.abs(target - own));
  context.moveTo(trunk, target - Math.sign(target - own) * turn);
  context.quadraticCurveTo(trunk, target, trunk + turn, target);
  context.lineTo(left, target);
}

/** Where the trunk of the families of a level stands. */
function trunkX({ placed }: Scene, at: number): number {
  return (placed.columnX[at + 1] ?? 0) - measures.columnGap / 2;
}

function forEachSeen(
  { placed }: Scene,
  at: number,
  box: { readonly top: number; readonly bottom: number },
  visit: (row: number) => void,
): void {
  if (at >= placed.levels) return;
  const end = placed.levelStart[at + 1] ?? 0;
  for (let place = firstBelow(placed, at, box.top - measures.cardHeight); place < end; place += 1) {
    const row = placed.order[place] ?? 0;
    if ((placed.y[row] ?? 0) > box.bottom + measures.cardHeight) break;
    visit(row);
  }
}

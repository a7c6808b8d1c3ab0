import { type Camera, type Size, seenBy } from '../layout/camera.ts';
import { firstBelow } from '../layout/placed.ts';
import type { Scene } from '../layout/scene.ts';
import { look } from '../view/look.ts';
import type { Brush } from './brush.ts';
import { flagColor } from './flagColor.ts';
import type { PaintTheme } from './paintTheme.ts';

const EDGE = 6;

/** How a scene is shrunk into a map: both directions by themselves, so that a tall tree still shows its columns. */
interface MapScale {
  readonly x: number;
  readonly y: number;
}

function mapScale({ placed }: Scene, size: Size): MapScale {
  const fit = (extent: number, room: number) =>
    Math.min(0.12, (room - EDGE * 2) / Math.max(1, extent));
  return { x: fit(placed.width, size.width), y: fit(placed.height, size.height) };
}

/** The whole tree in little; what is flagged is drawn last, so that it cannot vanish, and the seen part framed. */
export function paintMinimap(
  context: Brush,
  scene: Scene,
  camera: Camera,
  { size, view, theme }: { size: Size; view: Size; theme: PaintTheme },
): void {
  const { placed, looks } = scene;
  const scale = mapScale(scene, size);
  context.clearRect(0, 0, size.width, size.height);
  context.fillStyle = theme.hairline;
  const width = Math.max(1, 200 * scale.x);
  let lastX = -1;
  for (let at = 0; at < placed.levels; at += 1) {
    const left = EDGE + (placed.columnX[at] ?? 0) * scale.x;
    if (left - lastX < 0.5) continue;
    lastX = left;
    const end = placed.levelStart[at + 1] ?? 0;
    let place = placed.levelStart[at] ?? 0;
    while (place < end) {
      const row = placed.order[place] ?? 0;
      const y = placed.y[row] ?? 0;
      context.fillRect(left, EDGE + y * scale.y, width, Math.max(1, 50 * scale.y));
      place = Math.max(place + 1, firstBelow(placed, at, y + 1 / scale.y));
    }
  }
  const dot = (row: number, color: string) => {
    context.fillStyle = color;
    const left = EDGE + (placed.columnX[(placed.tree.level[row] ?? 1) - 1] ?? 0) * scale.x;
    context.fillRect(
      left,
      EDGE + (placed.y[row] ?? 0) * scale.y,
      Math.max(3, width),
      Math.max(2, 50 * scale.y),
    );
  };
  for (let row = 0; row < Math.min(placed.tree.count, 5000); row += 1) {
    if (looks[row] === look.main) dot(row, theme.main);
  }
  let lastY = -1;
  for (const row of scene.flaggedRows) {
    const top = (placed.y[row] ?? 0) * scale.y;
    if (top - lastY < 0.5 && top >= lastY && scene.flaggedRows.length > 2000) continue;
    lastY = top;
    dot(row, flagColor(scene, row, { loud: theme.lateFill, alert: theme.alert }));
  }
  const box = seenBy(camera, view);
  context.strokeStyle = theme.main;
  context.lineWidth = 1.5;
  const left = EDGE + Math.max(-20, box.left) * scale.x;
  const top = EDGE + Math.max(-20, box.top) * scale.y;
  const right = EDGE + Math.min(placed.width + 20, box.right) * scale.x;
  const bottom = EDGE + Math.min(placed.height + 20, box.bottom) * scale.y;
  context.strokeRect(left, top, Math.max(4, right - left), Math.max(4, bottom - top));
}

/** The world's point under a point of the map. */
export function worldAt(scene: Scene, size: Size, x: number, y: number): { x: number; y: number } {
  const scale = mapScale(scene, size);
  return { x: (x - EDGE) / scale.x, y: (y - EDGE) / scale.y };
}

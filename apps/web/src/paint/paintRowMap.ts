import type { Size } from '../layout/camera.ts';
import type { Brush } from './brush.ts';
import type { PaintTheme } from './paintTheme.ts';

export interface RowMapScene {
  /** Per pixel from the top what its rows hold: 0 nothing, 1 main, 2 a match, 3 late, 4 an alert. */
  readonly pixels: Uint8Array;
  /** The part of the rows in sight, from 0 to 1. */
  readonly from: number;
  readonly to: number;
}

/** A mark is at least this tall. */
const TALL = 3;

/** The marks of all rows down the edge, the strongest drawn last, and a frame around what is in sight. */
export function paintRowMap(
  context: Brush,
  { pixels, from, to }: RowMapScene,
  { size, theme }: { readonly size: Size; readonly theme: PaintTheme },
): void {
  context.clearRect(0, 0, size.width, size.height);
  context.fillStyle = theme.raised;
  context.fillRect(1, from * size.height, size.width - 1, Math.max(6, (to - from) * size.height));
  const colors = [theme.main, theme.faint, theme.lateFill, theme.alert];
  for (const [at, color] of colors.entries()) {
    context.fillStyle = color;
    for (let y = 0; y < pixels.length; y += 1) {
      if (pixels[y] !== at + 1) continue;
      context.fillRect(3, Math.min(y, size.height - TALL), size.width - 4, TALL);
    }
  }
}

import type { Scene } from '../layout/scene.ts';
import { isLoud } from '../view/look.ts';

/** Yellow for what is late and new, there or behind it; else it is flagged for a grave alert. */
export function flagColor(
  { looks, placed: { tree } }: Scene,
  row: number,
  { loud, alert }: { readonly loud: string; readonly alert: string },
): string {
  return isLoud(looks[row] ?? 0) || (tree.hiddenLoud[row] ?? 0) > 0 ? loud : alert;
}

import { alertMark } from '../layout/scene.ts';
import type { Brush } from './brush.ts';
import type { PaintTheme } from './paintTheme.ts';

/** The legs of an alert's corner: at scale 1, and at any. */
const CORNER = 10;
const LEAST_CORNER = 7;
/** How round the cards are. */
export const ROUND = 6;

/**
 * The corner of a card that somebody's rule spoke of (`alerts`: an `alertMark`): full for a grave alert, a line for a mild
 * one. It lies where no word does, and keeps its size on the screen when the words are gone.
 */
export function paintCorner(
  context: Brush,
  alerts: number,
  rect: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  },
  { theme, scale }: { readonly theme: PaintTheme; readonly scale: number },
): void {
  if (alerts === alertMark.none) return;
  const leg = Math.min(Math.max(LEAST_CORNER, CORNER * scale), rect.width, rect.height);
  const right = rect.left + rect.width;
  const round = Math.min(ROUND, rect.height / 4, leg);
  context.beginPath();
  context.moveTo(right - leg, rect.top);
  context.lineTo(right - round, rect.top);
  context.quadraticCurveTo(right, rect.top, right, rect.top + round);
  context.lineTo(right, rect.top + leg);
  context.closePath();
  context.fillStyle = alerts === alertMark.grave ? theme.alert : theme.paper;
  context.fill();
  if (alerts === alertMark.grave) return;
  context.strokeStyle = theme.alert;
  context.lineWidth = 1;
  context.stroke();
}

import { expect, it } from 'vitest';
import { alertMark } from '../layout/scene.ts';
import type { Brush } from './brush.ts';
import { paintCorner } from './paintCorner.ts';
import type { PaintTheme } from './paintTheme.ts';

const theme = { alert: 'alert', paper: 'paper' };

/** What was filled and stroked, each with its colour, and how far to the left the corner reached. */
function cornerOf(alerts: number, scale: number) {
  const done: string[] = [];
  let left = Number.POSITIVE_INFINITY;
  const move = (x: number) => {
    left = Math.min(left, x);
  };
  // Only what a corner is painted with.
  const brush = {
    fillStyle: '',
    strokeStyle: '',
    lineWidth: 1,
    beginPath: () => undefined,
    closePath: () => undefined,
    moveTo: move,
    lineTo: move,
    quadraticCurveTo: move,
    fill() {
      done.push(`fill ${this.fillStyle}`);
    },
    stroke() {
      done.push(`stroke ${this.strokeStyle}`);
    },
  };
  const rect = { left: 100, top: 10, width: 240 * scale, height: 58 * scale };
  paintCorner(brush as unknown as Brush, alerts, rect, { theme: theme as PaintTheme, scale });
  return { done, leg: 100 + 240 * scale - left };
}

it('fills the corner of a card with a grave alert, outlines that of a mild one, and leaves all others', () => {
  expect(cornerOf(alertMark.grave, 1).done).toEqual(['fill alert']);
  expect(cornerOf(alertMark.mild, 1).done).toEqual(['fill paper', 'stroke alert']);
  expect(cornerOf(alertMark.none, 1).done).toEqual([]);
});

it('keeps the corner large enough to be seen where cards are blocks', () => {
  expect(cornerOf(alertMark.grave, 1).leg).toBe(10);
  expect(cornerOf(alertMark.grave, 0.25).leg).toBe(7);
});

import { describe, expect, it } from 'vitest';
import { msOfX, stripScale, toldMs, xOfMs } from './stripScale.ts';

const busy = (count: number) => new Array<number>(count).fill(5);
const quiet = (count: number) => new Array<number>(count).fill(0);

describe('the strip', () => {
  it('folds a long silence and keeps short ones', () => {
    const scale = stripScale(
      [...busy(10), ...quiet(4), ...busy(10), ...quiet(200), ...busy(16)],
      2500,
      800,
    );
    expect(scale.filter((one) => one.isFolded)).toHaveLength(1);
    expect(scale.at(-1)?.toX).toBeCloseTo(800);
    expect(scale.at(-1)?.toMs).toBe(240 * 2500);
  });

  it('leads from a time to a pixel and back', () => {
    const scale = stripScale([...busy(20), ...quiet(300), ...busy(20)], 1000, 640);
    for (const ms of [0, 500, 19_999, 150_000, 321_000, 339_999]) {
      expect(msOfX(scale, xOfMs(scale, ms))).toBeCloseTo(ms, 3);
    }
    expect(xOfMs(scale, 1e9)).toBe(640);
    expect(xOfMs(scale, -5)).toBe(0);
  });

  it('does not blow a handful of events up to the whole width', () => {
    const scale = stripScale([...busy(1), ...quiet(200), ...busy(2), ...quiet(37)], 2500, 900);
    const open = scale.filter((one) => !one.isFolded);
    expect(open.reduce((sum, one) => sum + one.toX - one.fromX, 0)).toBeLessThanOrEqual(3 * 14);
    expect(scale.at(-1)?.toX).toBeCloseTo(900);
  });

  it('tells the time of an event for the air about all of them, and a time that was asked for as it is', () => {
    const ends = { firstMs: 1000, lastMs: 9000, totalMs: 10_000 };
    expect([0, 999, 1000, 5000, 9500, 10_000].map((ms) => toldMs(ms, ends))).toEqual([
      1000, 1000, 1000, 5000, 9000, 9000,
    ]);
    expect(toldMs(-5000, ends)).toBe(-5000);
    expect(toldMs(20_000, ends)).toBe(20_000);
  });

  it('draws nothing for nothing', () => {
    expect(stripScale([], 1000, 640)).toEqual([]);
    expect(xOfMs([], 5)).toBe(0);
  });
});

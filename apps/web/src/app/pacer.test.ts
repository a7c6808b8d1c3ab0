import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPacer } from './pacer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A pacer whose questions take `takes` milliseconds, and when they were asked. */
function pacing(takes: number) {
  const asked: number[] = [];
  const begun = performance.now();
  const pacer = createPacer(
    () => {
      asked.push(Math.round(performance.now() - begun));
      return new Promise((resolve) => {
        setTimeout(resolve, takes);
      });
    },
    2_000,
    9,
  );
  return { pacer, asked };
}

describe('a pacer', () => {
  it('asks once for many moves, and again for the next ones after the least pause', async () => {
    const { pacer, asked } = pacing(10);
    for (let i = 0; i < 50; i += 1) pacer.moved();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(asked).toEqual([2_000]);
    pacer.moved();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(asked).toEqual([2_000, 5_000]);
  });

  it('leaves nine tenths of the time to others when answers take long', async () => {
    const { pacer, asked } = pacing(5_000);
    const moving = setInterval(() => pacer.moved(), 100);
    await vi.advanceTimersByTimeAsync(110_000);
    clearInterval(moving);
    expect(asked).toHaveLength(3);
    expect((asked[1] ?? 0) - (asked[0] ?? 0)).toBeGreaterThanOrEqual(50_000);
  });

  it('does not lose what moves while it asks', async () => {
    const { pacer, asked } = pacing(100);
    pacer.moved();
    await vi.advanceTimersByTimeAsync(2_050);
    pacer.moved();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toHaveLength(2);
  });

  it('asks nothing once it is stopped', async () => {
    const { pacer, asked } = pacing(10);
    pacer.moved();
    pacer.stop();
    pacer.moved();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toEqual([]);
  });
});

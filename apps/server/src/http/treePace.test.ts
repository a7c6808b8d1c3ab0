import { podKey } from '@forebear/model/event/facts';
import { describe, expect, it } from 'vitest';
import { slowTicks, TreePace } from './treePace.ts';

const own = podKey({ cluster: 'c1', namespace: 'shop', name: 'web', uid: 'u1' });
const other = podKey({ cluster: 'c1', namespace: 'shop', name: 'web-2', uid: 'u2' });

/** Ticks at which the tree is asked for, while each tick sees one commit. */
function askedAt(ticks: number, pods: readonly string[] | undefined): number[] {
  const pace = new TreePace({ namespace: 'shop', pod: 'web' }, 0);
  const asked: number[] = [];
  for (let tick = 1; tick <= ticks; tick += 1) {
    pace.note({ pods });
    if (pace.tick(tick, true)) asked.push(tick);
  }
  return asked;
}

describe('when an open tree is asked for', () => {
  it('is at each tick while its pod is told of, or any may be', () => {
    expect(askedAt(3, [other, own])).toEqual([1, 2, 3]);
    expect(askedAt(3, undefined)).toEqual([1, 2, 3]);
  });

  it('is now and then while only others move', () => {
    expect(askedAt(2 * slowTicks + 1, [other])).toEqual([1, 1 + slowTicks, 1 + 2 * slowTicks]);
    expect(askedAt(slowTicks, [])).toEqual([1]);
  });

  it('is never while nothing moves', () => {
    const pace = new TreePace({ namespace: 'shop', pod: 'web' }, 7);
    for (let tick = 0; tick < 3 * slowTicks; tick += 1) expect(pace.tick(7, true)).toBe(false);
  });

  it('is at once when the pod is told of between two looks at others', () => {
    const pace = new TreePace({ namespace: 'shop', pod: 'web' }, 0);
    expect(pace.tick(1, true)).toBe(true);
    pace.note({ pods: [other] });
    expect(pace.tick(2, true)).toBe(false);
    pace.note({ pods: [own] });
    expect(pace.tick(3, true)).toBe(true);
    expect(pace.tick(3, true)).toBe(false);
  });

  it('is made up for when it could not be asked', () => {
    const pace = new TreePace({ namespace: 'shop', pod: 'web' }, 0);
    pace.note({ pods: [own] });
    expect(pace.tick(1, false)).toBe(false);
    expect(pace.tick(1, true)).toBe(true);
  });
});

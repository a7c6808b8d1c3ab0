import { describe, expect, it } from 'vitest';
import type { StatsEvent } from '../api/answers.ts';
import { describeLive, isFollowed } from './describeLive.ts';

const ledger = { in: 1, stored: 1, duplicate: 0, quarantined: 0, skipped: 0, blank: 0, events: 1 };
const open = (more: Partial<StatsEvent>) => ({
  kind: 'open' as const,
  stats: {
    case: 'c',
    version: 1,
    eventsPerSecond: 0,
    lagMs: null,
    ledger,
    newestTime: null,
    ...more,
  },
});

describe('what the live dot says', () => {
  it('gives rate and lag of a feed', () => {
    const { text } = describeLive(open({ eventsPerSecond: 412, lagMs: 812 }), false);
    expect(text).toBe('Live · 412 ev/s · lag 812 ms');
  });

  it('does not call an old log live', () => {
    const years = 3 * 365 * 86_400_000;
    expect(describeLive(open({ lagMs: years }), false).text).toBe('Up to date');
    expect(describeLive(open({ lagMs: years, eventsPerSecond: 90 }), false).text).toBe(
      'Receiving · 90 ev/s',
    );
  });

  it('does not say that it is up to date while a log is on its way, also between two batches', () => {
    expect(describeLive(open({}), false, { share: 0.26 }).text).toBe('Receiving 26 %');
    expect(describeLive(open({ eventsPerSecond: 90 }), false, { share: undefined }).text).toBe(
      'Receiving · 90 ev/s',
    );
    expect(describeLive({ kind: 'open', stats: undefined }, false, { share: 1 }).text).toBe(
      'Receiving 100 %',
    );
  });

  it('says that it is held, and that it is lost, with different signs', () => {
    const held = describeLive(open({ eventsPerSecond: 4 }), true);
    const lost = describeLive({ kind: 'lost', since: 0, retryAt: 1, reason: 'gone' }, false);
    expect(held).toEqual({ tone: 'held', text: 'Paused · 4.0 ev/s' });
    expect(lost).toEqual({ tone: 'lost', text: 'Not connected' });
  });
});

describe('the live dot', () => {
  const idle = describeLive(open({}), false);
  const uploaded = { state: 'complete', kind: 'upload' } as const;

  it('is not shown for a finished upload, nor before the sources are known', () => {
    expect(isFollowed([uploaded], idle)).toBe(false);
    expect(isFollowed(undefined, idle)).toBe(false);
  });

  it('is shown where a source is live, receiving or pushed', () => {
    for (const state of ['live', 'receiving'] as const)
      expect(isFollowed([uploaded, { state, kind: 'upload' }], idle)).toBe(true);
    expect(isFollowed([{ state: 'complete', kind: 'push' }], idle)).toBe(true);
  });

  it('is shown for whatever moves, is held or is lost', () => {
    expect(isFollowed([uploaded], describeLive(open({ eventsPerSecond: 9 }), false))).toBe(true);
    expect(isFollowed([uploaded], describeLive(open({}), true))).toBe(true);
  });
});

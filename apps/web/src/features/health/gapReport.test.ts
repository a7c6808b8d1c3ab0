import { countLosses } from '@forebear/model/words/gapWords';
import { describe, expect, it } from 'vitest';
import { gapReportWords, saidAgainWords } from './gapReport.ts';
import { receivedWords, sourceWords } from './sourceColumns.tsx';

const none = { in: 0, stored: 0, duplicate: 0, quarantined: 0, skipped: 0, blank: 0, events: 0 };
const gap = { cluster: '', node: 'n1', from: null, to: null, count: null, detail: '' };

function sourceOf(events: number, state: 'complete' | 'live' = 'complete') {
  return { state, ledger: { ...none, events } };
}

describe('what agents report of gaps', () => {
  it('does not count the end of a throttling as a gap', () => {
    const gaps = ['rate_limit', 'throttle_start', 'throttle_start', 'throttle_stop'].map(
      (kind) => ({
        ...gap,
        kind,
      }),
    );
    expect(countLosses(gaps)).toBe(3);
    expect(gapReportWords(gaps)).toBe(
      '3 gaps: the agent says that events are missing · 1 report that a gap has ended',
    );
  });
});

describe('events of sources and of nodes', () => {
  it('are explained where they differ', () => {
    expect(saidAgainWords([sourceOf(50), sourceOf(8)], [{ events: 56 }])).toBe(
      '58 events in the sources: 2 say in other bytes what another says, and count once here',
    );
  });

  it('are not explained where they agree, nor while a source grows', () => {
    expect(saidAgainWords([sourceOf(58)], [{ events: 58 }])).toBe('');
    expect(saidAgainWords([sourceOf(58, 'live')], [{ events: 50 }])).toBe('');
  });
});

describe('the state of a source', () => {
  it('is never called complete with records that were not understood', () => {
    expect(sourceWords({ state: 'complete', ledger: none })).toBe('received whole');
    const words = sourceWords({ state: 'complete', ledger: { ...none, quarantined: 3 } });
    expect(words).toBe('received, 3 not understood');
  });
});

describe('what was received', () => {
  const one = { state: 'complete', bytesReceived: 1024 * 1024 } as const;

  it('is what the case holds something of: a refused file is said apart', () => {
    expect(receivedWords([one, one])).toBe('2 sources · 2.0 MiB received');
    expect(receivedWords([one, { ...one, state: 'refused' }])).toBe(
      '1 source · 1.0 MiB received · 1 file refused',
    );
  });
});

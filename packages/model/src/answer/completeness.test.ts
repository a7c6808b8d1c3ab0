import { describe, expect, it } from 'vitest';
import { nanos } from '../event/time.ts';
import type { Source } from '../wire/sources.ts';
import { completenessOf, gapItems } from './completeness.ts';

const at = nanos(1_770_000_000_000_000_000n);
const report = { cluster: 'c1', node: 'n1', time: at };

describe('a refused file', () => {
  it('takes nothing from what was understood, as a record of a log that was not does', () => {
    const ledger = {
      in: 4,
      stored: 4,
      duplicate: 0,
      quarantined: 0,
      skipped: 0,
      blank: 0,
      events: 4,
    };
    const log = sourceOf('complete', ledger);
    const junk = { ...ledger, stored: 0, quarantined: 4, events: 0 };
    const whole = completenessOf({ sources: [log], gaps: [] });
    expect(whole).toMatchObject({ complete: true, quarantined: 0 });
    expect(completenessOf({ sources: [log, sourceOf('refused', junk)], gaps: [] })).toEqual(whole);
    expect(completenessOf({ sources: [log, sourceOf('complete', junk)], gaps: [] })).toMatchObject({
      complete: false,
      quarantined: 4,
    });
  });
});

function sourceOf(state: Source['state'], ledger: Source['ledger']): Source {
  return {
    id: state,
    name: `${state}.log`,
    kind: 'upload',
    state,
    cluster: '',
    formats: {},
    kinds: {},
    startedAt: '2026-03-14T09:00:00Z',
    finishedAt: null,
    bytesReceived: 400,
    bytesExpected: 400,
    sha256: null,
    members: [],
    ledger,
    firstTime: null,
    lastTime: null,
    gaps: [],
    note: '',
  };
}

describe('the gaps of an answer', () => {
  it('are as many as the reports of a loss that are drawn, without the end of a throttling', () => {
    const gaps = [
      { ...report, kind: 'rate_limit', count: 4 },
      { ...report, kind: 'rate_limit', count: 5 },
      { ...report, kind: 'throttle_start', detail: '/kubepods/a' },
      { ...report, kind: 'throttle_stop', detail: '/kubepods/a' },
    ] as const;
    const drawn = gapItems(gaps).filter(({ kind }) => kind !== 'throttle_stop');
    expect(completenessOf({ sources: [], gaps }).gaps).toBe(drawn.length);
    expect(drawn).toHaveLength(2);
  });

  it('leave an answer incomplete when only the end of a loss was heard', () => {
    const gaps = [{ ...report, kind: 'throttle_stop' }] as const;
    expect(completenessOf({ sources: [], gaps })).toMatchObject({
      complete: false,
      gaps: 0,
      agentLoss: 'reported',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { nanos } from '../event/time.ts';
import { completenessOf, gapItems } from './completeness.ts';

const at = nanos(1_770_000_000_000_000_000n);
const report = { cluster: 'c1', node: 'n1', time: at };

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

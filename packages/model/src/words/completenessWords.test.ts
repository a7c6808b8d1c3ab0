import { describe, expect, it } from 'vitest';
import { completenessWords } from './completenessWords.ts';

const whole = { complete: true, gaps: 0, quarantined: 0, shardsMissing: 0 } as const;

describe('what an answer says of its completeness', () => {
  it('never calls a file complete without saying what is known of the agent', () => {
    const words = (['not monitored', 'none reported', 'reported'] as const).map((agentLoss) =>
      completenessWords({ ...whole, agentLoss }, String),
    );
    expect(words).toEqual([
      'file complete · agent loss not monitored',
      'file complete · no agent loss reported',
      'file complete · agent reported loss',
    ]);
  });

  it('says of an answer so far that it is one', () => {
    const soFar = { ...whole, complete: false, derived: { parts: 3, of: 21 } };
    expect(completenessWords({ ...soFar, agentLoss: 'not monitored' }, String)).toBe(
      'gathering: 3 of 21 parts so far · agent loss not monitored',
    );
  });

  it('counts everything that it lacks', () => {
    const lacking = { complete: false, gaps: 1, quarantined: 2, shardsMissing: 3 };
    expect(completenessWords({ ...lacking, agentLoss: 'not monitored' }, String)).toBe(
      'not complete · 2 records not understood · 1 gap · 3 shards missing · agent loss not monitored',
    );
  });
});

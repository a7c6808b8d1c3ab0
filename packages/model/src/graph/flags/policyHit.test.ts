import { describe, expect, it } from 'vitest';
import { eventKinds } from '../../event/event.ts';
import { factsOf, keyOf, storyOf } from '../testing/told.ts';
import { child, main, shim } from '../testing/webPod.ts';

function flagsWith(...kinds: (typeof eventKinds)[number][]) {
  const bits = kinds.reduce((sum, kind) => sum | (1 << eventKinds.indexOf(kind)), 0);
  const counted = { exec: 0, network: 0, dns: 0, file: 0, other: kinds.length, kinds: bits };
  const facts = {
    ...factsOf([shim, main, child()]),
    counts: [{ process: keyOf('x'), ...counted }],
  };
  return storyOf(facts).card('x');
}

describe('a process that a policy of the agent reported', () => {
  it('is flagged with the kinds of those events, and is not loud for it', () => {
    const quiet = flagsWith('exec', 'file', 'connect');
    expect(quiet.flags.map(({ code }) => code)).not.toContain('policy_hit');
    const hit = flagsWith('exec', 'lsm', 'kprobe');
    expect(hit.flags.find(({ code }) => code === 'policy_hit')?.inputs).toEqual({
      kinds: 'kprobe, lsm',
    });
    expect(hit.loud).toBe(quiet.loud);
  });
});

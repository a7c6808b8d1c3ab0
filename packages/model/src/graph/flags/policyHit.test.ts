import { describe, expect, it } from 'vitest';
import { eventKinds } from '../../event/event.ts';
import type { PolicyHits } from '../../event/facts.ts';
import { factsOf, keyOf, storyOf } from '../testing/told.ts';
import { child, main, shim } from '../testing/webPod.ts';

function flagsWith(
  kinds: readonly (typeof eventKinds)[number][],
  policies: readonly PolicyHits[] = [],
) {
  const bits = kinds.reduce((sum, kind) => sum | (1 << eventKinds.indexOf(kind)), 0);
  const counted = {
    exec: 0,
    network: 0,
    dns: 0,
    file: 0,
    other: kinds.length,
    kinds: bits,
    policies,
  };
  const facts = {
    ...factsOf([shim, main, child()]),
    counts: [{ process: keyOf('x'), ...counted }],
  };
  return storyOf(facts).card('x');
}

describe('a process that a policy of the agent reported', () => {
  it('is flagged with the kinds of those events, and is not loud for it', () => {
    const quiet = flagsWith(['exec', 'file', 'connect']);
    expect(quiet.flags.map(({ code }) => code)).not.toContain('policy_hit');
    const hit = flagsWith(['exec', 'lsm', 'kprobe']);
    expect(hit.flags.find(({ code }) => code === 'policy_hit')?.inputs).toEqual({
      kinds: 'kprobe, lsm',
    });
    expect(hit.loud).toBe(quiet.loud);
  });

  it('is flagged with the names of policies where events have them, those about files, too', () => {
    const reported = flagsWith(
      ['exec', 'file'],
      [
        { policy: 'file-monitoring', hits: 2 },
        { policy: 'service-account-tokens', hits: 1 },
      ],
    );
    expect(reported.flags.find(({ code }) => code === 'policy_hit')).toMatchObject({
      reason:
        'Policies of the agent reported what it did: file-monitoring (2), service-account-tokens (1).',
      inputs: { policies: 'file-monitoring, service-account-tokens', hits: 3 },
    });
  });
});

import { describe, expect, it } from 'vitest';
import type { EventItem } from '../../api/answers.ts';
import { countPolicyHits, mayHavePolicies } from './policyHits.ts';

const hit = (policy: string | null, ref: string, over: Partial<EventItem> = {}): EventItem => ({
  id: 'e1',
  time: null,
  kind: 'kprobe',
  label: 'process_kprobe',
  process: { ref, binary: `/bin/${ref}`, arguments: '', pid: 7 },
  pod: { namespace: 'shop', name: 'web-0' },
  node: 'n1',
  summary: '',
  source: 's1',
  policy,
  sameAs: false,
  ...over,
});

describe('hits of policies', () => {
  it('are counted by policy and by process, the most first', () => {
    const [first, second] = countPolicyHits([
      hit('egress', 'curl'),
      hit('setns', 'nsenter'),
      hit('setns', 'sh'),
      hit('setns', 'nsenter'),
    ]);
    expect(first).toMatchObject({ policy: 'setns', hits: 3 });
    expect(first?.processes.map(({ ref, hits }) => [ref, hits])).toEqual([
      ['nsenter', 2],
      ['sh', 1],
    ]);
    expect(second).toMatchObject({ policy: 'egress', hits: 1 });
  });

  it('leave out what names no policy and what says the same again', () => {
    expect(countPolicyHits([hit(null, 'a'), hit('p', 'a', { sameAs: true })])).toEqual([]);
  });

  it('are asked for only where a source has events of policies', () => {
    expect(mayHavePolicies([{ kinds: { process_exec: 4 } }])).toBe(false);
    expect(mayHavePolicies([{ kinds: { process_exec: 4, process_lsm: 1 } }])).toBe(true);
  });
});

import { describe, expect, it } from 'vitest';
import { destinations, pods } from '../../testing/fakeData.ts';
import { externalNames, portsWords, randomNames, standoutOf } from './standout.ts';

describe('what stands out', () => {
  it('names pods with late and new processes in the order of the answer, the gravest first', () => {
    const { loud, lateNew } = standoutOf(pods);
    expect(loud.map((pod) => pod.workload)).toEqual(['crawler', 'batch']);
    expect(lateNew).toBe(10);
    const noisier = pods.map((pod) => (pod.workload === 'batch' ? { ...pod, lateNew: 108 } : pod));
    expect(standoutOf(noisier).loud.map((pod) => pod.workload)).toEqual(['crawler', 'batch']);
  });

  it('counts pods and hosts apart', () => {
    expect(standoutOf(pods)).toMatchObject({ pods: 8, hosts: 2 });
  });

  it('is nothing for nothing', () => {
    expect(standoutOf([])).toMatchObject({ loud: [], lateNew: 0, pods: 0, processes: 0 });
  });
});

describe('what stands out beside time and place', () => {
  it('is one line for each reason over all pods, gravest first, the pod with most first', () => {
    const [one, other] = pods;
    if (one === undefined || other === undefined) throw new Error('no pods');
    const mark = (code: string, processes: number) => ({
      code,
      processes,
      first: { ref: code, binary: '/bin/sh', arguments: '', pid: 1 },
    });
    const { marks } = standoutOf([
      { ...one, marks: [mark('raised_to_root', 1), mark('injected', 1)] },
      { ...other, marks: [mark('policy_hit', 4), mark('injected', 2)] },
    ]);
    expect(marks.map(({ code, processes }) => [code, processes])).toEqual([
      ['raised_to_root', 1],
      ['policy_hit', 4],
      ['injected', 3],
    ]);
    expect(marks.at(-1)?.pods.map(({ count }) => count)).toEqual([2, 1]);
  });

  it('names every policy that reported anything, the rarest first, and the pods it reported, the most first', () => {
    const [one, other] = pods;
    if (one === undefined || other === undefined) throw new Error('no pods');
    const hits = (policy: string, count: number, processes: number) => ({
      policy,
      hits: count,
      processes,
      first: { ref: policy, binary: '/bin/cat', arguments: '', pid: 1 },
    });
    const { policies } = standoutOf([
      { ...one, policies: [hits('file-monitoring', 40, 9), hits('tokens', 1, 1)] },
      { ...other, policies: [hits('file-monitoring', 8_000, 700)] },
    ]);
    expect(policies.map((each) => [each.policy, each.hits, each.processes])).toEqual([
      ['tokens', 1, 1],
      ['file-monitoring', 8_040, 709],
    ]);
    expect(policies.at(-1)?.pods.map(({ count }) => count)).toEqual([8_000, 40]);
  });
});

describe('random-looking names', () => {
  it('are said once, whatever the ports, as they were called first', () => {
    const [random] = destinations;
    if (random === undefined) throw new Error('no destination');
    const later = { ...random, port: 8443, firstSeen: '2026-03-14T09:00:00Z' };
    const inside = { ...random, name: 'q7x9k2.cluster.local', external: false };
    expect(randomNames([later, random, inside])).toEqual([random]);
  });

  it('come by who called them and by what left, not by their letters', () => {
    const [random] = destinations;
    const [caller] = random?.processes ?? [];
    if (random === undefined || caller === undefined) throw new Error('no destination');
    const named = (name: string, sent: string | null, lateNew: boolean, port = 443) => ({
      ...random,
      name,
      port,
      bytesSent: sent,
      processes: [{ ...caller, lateNew, outOfPlace: [] }],
    });
    const order = randomNames([
      named('a1', '900', false),
      named('b2', null, false),
      named('c3', '10', true),
      named('d4', '4', true, 443),
      named('d4', '7', false, 8443),
    ]);
    expect(order.map(({ name }) => name)).toEqual(['d4', 'c3', 'a1', 'b2']);
  });
});

describe('external names', () => {
  const [random] = destinations;
  if (random === undefined) throw new Error('no destination');
  const inside = { ...random, name: 'q7x9k2.cluster.local', external: false };

  it('are counted as the sentence counts the random ones among them: once, whatever the ports', () => {
    const all = [random, { ...random, port: 8443 }, inside];
    expect(externalNames(all, false)).toEqual({
      names: 1,
      addresses: 0,
      destinations: 2,
      isPart: false,
    });
    expect(externalNames(all, false).names).toBe(randomNames(all).length);
  });

  it('are names alone: an address that nobody knows by one is counted beside them', () => {
    const bare = externalNames([random, { ...random, name: null, ip: '198.51.100.66' }], false);
    expect(bare).toMatchObject({ names: 1, addresses: 1, destinations: 2 });
    expect(portsWords(bare, false)).toBe('and 1 bare address, 2 with ports');
  });

  it('are said to be those that match where a filter stands, which pods are not counted by', () => {
    const all = externalNames([random, { ...random, port: 8443 }], false);
    expect(portsWords(all, false)).toBe('2 with ports');
    expect(portsWords(all, true)).toBe('2 with ports, matching only');
  });

  it('are a part only when the list goes on behind external ones', () => {
    expect(externalNames([random], true).isPart).toBe(true);
    expect(externalNames([random, inside], true).isPart).toBe(false);
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nanos } from '../event/time.ts';
import { derive } from '../graph/derive.ts';
import { factsOfAgent } from '../graph/facts/agentFacts.ts';
import { externalKeys } from './destinationKey.ts';
import { wholePart } from './part.ts';
import { hostItems, hostTallies, podItems } from './podItems.ts';
import { byInterest } from './podOrder.ts';
import { incidentContext } from './testing/incidentContext.ts';
import { labContext } from './testing/labContext.ts';
import { timeTextOf } from './timeText.ts';

const { derived, truth } = labContext();

const compareNanos = (a: bigint, b: bigint) => (a < b ? -1 : 1);

describe('a process that left its container', () => {
  it('is counted with the pod that it left, as what it is, and not as late', () => {
    const at = derived.processes.findIndex(
      ({ pod, parent }) =>
        derived.pods[pod ?? -1]?.fact.name === truth.pod && derived.processes[parent]?.pod === pod,
    );
    expect(at).toBeGreaterThan(0);
    const below = derived.processes.findIndex(({ parent }) => parent === at);
    const astray = derived.processes.map((process, index) =>
      index === at || index === below
        ? {
            ...process,
            pod: undefined,
            container: undefined,
            role: '' as const,
            loud: true,
            late: false,
            flags: [{ code: 'left_container' as const, reason: '', inputs: {} }],
          }
        : process,
    );
    const itemOf = (processes: typeof derived.processes) =>
      podItems({ ...derived, processes }).find(({ pod }) => pod === truth.pod);
    const [before, after] = [itemOf(derived.processes), itemOf(astray)];
    expect(before?.leftContainer).toBe(0);
    expect(after?.leftContainer).toBe(below < 0 ? 1 : 2);
    expect(after?.processes).toBe(before?.processes);
    expect(after?.lateNew).toBeLessThanOrEqual(before?.lateNew ?? -1);
  });
});

describe('the times of a host', () => {
  it('are the start of its earliest process, which may lie before the log, and its first event', () => {
    const [host] = podItems(derived).filter(({ kind }) => kind === 'host');
    const own = derived.processes.filter(({ role }) => role === 'host');
    const started = own.flatMap(({ startTime }) => startTime ?? []).sort(compareNanos)[0];
    const first = own.flatMap(({ firstSeen }) => firstSeen ?? []).sort(compareNanos)[0];
    expect(started).toBeLessThan(first ?? 0n);
    expect([host?.started, host?.firstSeen]).toEqual([timeTextOf(started), timeTextOf(first)]);
  });
});

describe('what stands out beside time and place', () => {
  const items = podItems(derived);
  const crawler = items.find(({ pod }) => pod === truth.pod);
  const marksOf = (item: (typeof items)[number] | undefined) =>
    item?.marks.map(({ code, processes }) => [code, processes]);

  it('is counted with its pod, gravest first, and names the process that began first', () => {
    expect(marksOf(crawler)).toEqual([
      ['raised_to_root', 1],
      ['policy_hit', 1],
    ]);
    const [raised] = crawler?.marks ?? [];
    expect(raised?.first).toMatchObject({
      binary: '/opt/chromium/sandbox-helper',
      arguments: '--ns /bin/cat /etc/shadow',
    });
  });

  it('says which policies reported how many events, and the first process that each reported', () => {
    const named = items.filter(({ policies }) => policies.length > 0);
    expect(named.map(({ pod }) => pod)).toEqual([truth.pod]);
    expect(crawler?.policies).toMatchObject([
      {
        policy: 'service-account-tokens',
        hits: 1,
        processes: 1,
        first: { binary: '/bin/cat' },
      },
    ]);
  });

  it('comes before pods that are only late or call outside', () => {
    const [quiet] = items.filter(({ marks }) => marks.length === 0);
    if (crawler === undefined || quiet === undefined) throw new Error('no such pods');
    const late = { ...quiet, lateNew: 0, late: 9, externalDestinations: 9 };
    const marked = { ...crawler, lateNew: 0, late: 0, externalDestinations: 0 };
    expect([late, marked].toSorted(byInterest)).toEqual([marked, late]);
  });

  it('puts a pod with different grave signs before any number of processes that are late and new', () => {
    const [quiet] = items.filter(({ grave }) => grave.length === 0);
    if (crawler === undefined || quiet === undefined) throw new Error('no such pods');
    expect(crawler.grave).toEqual(['raised_to_root', 'random_name']);
    const noisy = { ...quiet, lateNew: 108, late: 300, externalDestinations: 9 };
    const odd = { ...noisy, lateNew: 200, grave: ['random_name'] };
    expect([odd, noisy, crawler].toSorted(byInterest)).toEqual([crawler, odd, noisy]);
    const noisier = { ...noisy, lateNew: 109 };
    expect([noisy, noisier].toSorted(byInterest)).toEqual([noisier, noisy]);
  });

  it('takes a random-looking name, an entry or a nameless binary for grave only of what is late and new', () => {
    const early = derived.processes.map((process) => ({ ...process, loud: false, late: false }));
    const [item] = podItems({ ...derived, processes: early }).filter(
      ({ pod }) => pod === truth.pod,
    );
    expect(item?.grave).toEqual(['raised_to_root']);
  });

  it('adds up over the parts of a host in any order', () => {
    const [tally] = hostTallies(wholePart(derived));
    const [process] = derived.processes;
    if (tally === undefined || process === undefined) throw new Error('no host');
    const part = (ref: string, startTime: bigint) => ({
      ...tally,
      tally: {
        ...tally.tally,
        grave: new Set([ref === 'a' ? ('injected' as const) : ('raised_to_root' as const)]),
        marks: new Map([
          [
            'injected' as const,
            { processes: 1, first: { ...process, ref, startTime: nanos(startTime) } },
          ],
        ]),
        policies: new Map([
          ['p', { hits: 2, processes: 1, first: { ...process, ref, startTime: nanos(startTime) } }],
        ]),
      },
    });
    const parts = [part('b', 5n), part('a', 5n), part('c', 9n)];
    for (const order of [parts, parts.toReversed()]) {
      const [host] = hostItems(order);
      expect(host?.marks).toMatchObject([{ processes: 3, first: { ref: 'a' } }]);
      expect(host?.policies).toMatchObject([{ hits: 6, processes: 3, first: { ref: 'a' } }]);
      expect(host?.grave).toEqual(['raised_to_root', 'injected']);
    }
  });
});

describe('a pod of whose connections no process is known', () => {
  it('counts the external destinations that it called', () => {
    const { facts } = incidentContext();
    const ofZeek = derive(factsOfAgent(facts, 'zeek'), {
      lateLimitMs: 60_000,
      sha256: (name) => new Uint8Array(createHash('sha256').update(name).digest()),
    });
    const items = podItems(ofZeek);
    expect(items.reduce((sum, { processes }) => sum + processes, 0)).toBe(0);
    for (const place of ofZeek.loose) {
      const called = new Set(externalKeys(place.connections));
      const pod = ofZeek.pods[place.pod ?? -1]?.fact;
      const item = items.find((one) => one.pod === pod?.name && one.uid === pod.uid);
      expect(item?.externalDestinations).toBe(called.size);
    }
    expect(items.some(({ externalDestinations }) => externalDestinations > 0)).toBe(true);
  });
});

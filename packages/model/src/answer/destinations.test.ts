import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { derive } from '../graph/derive.ts';
import { factsOfAgent } from '../graph/facts/agentFacts.ts';
import { parseFilter } from '../query/parseFilter.ts';
import { destinationItem } from '../wire/network.ts';
import { callsOf, DestinationSums, describeDestination } from './destinations.ts';
import { wholePart } from './part.ts';
import { keepsLeaf, keepsPlaceLeaf } from './subjects.ts';
import { incidentContext } from './testing/incidentContext.ts';

const { facts, derived } = incidentContext();

const ofZeek = derive(factsOfAgent(facts, 'zeek'), {
  lateLimitMs: 60_000,
  sha256: (name) => new Uint8Array(createHash('sha256').update(name).digest()),
});

function destinationsOf(filter: string, forest = derived) {
  const parsed = parseFilter(filter);
  if (!parsed.ok) throw new Error(parsed.message);
  const calls = callsOf(
    wholePart(forest),
    (process, leaf) => keepsLeaf(parsed.filter, forest, process, leaf),
    (place, leaf) => keepsPlaceLeaf(parsed.filter, forest, place, leaf),
  );
  const sums = new DestinationSums();
  sums.add(calls, 0);
  return sums.ordered().map((sum) =>
    destinationItem.parse(
      describeDestination(
        sum,
        calls.filter(({ key }) => key === sum.key),
      ),
    ),
  );
}

describe('what was judged of the connections to a destination', () => {
  const items = destinationsOf('');

  it('is told with the gravest judgement, and each with its count', () => {
    const judged = items.filter(({ verdict }) => verdict !== '');
    expect(new Set(judged.map(({ verdict }) => verdict)).size).toBeGreaterThan(1);
    for (const { verdict, verdicts, connections } of items) {
      expect(verdicts[0]?.verdict ?? '').toBe(verdict);
      const counts = verdicts.reduce((sum, { count }) => sum + count, 0);
      expect(counts).toBeLessThanOrEqual(connections);
    }
  });

  it('can be asked for', () => {
    const stopped = items.filter(({ verdict }) => verdict === 'DROPPED' || verdict === 'BLOCKED');
    const asked = ['DROPPED', 'BLOCKED'].flatMap((one) => destinationsOf(`fd.verdict = ${one}`));
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.map(({ ip, port }) => `${ip}:${port}`).sort()).toEqual(
      stopped.map(({ ip, port }) => `${ip}:${port}`).sort(),
    );
  });
});

describe('destinations of which no calling process is known', () => {
  const items = destinationsOf('', ofZeek);

  it('are told of the pod that called, with all figures', () => {
    expect(ofZeek.processes).toEqual([]);
    const leaves = ofZeek.loose.flatMap(({ connections }) =>
      connections.filter(({ direction }) => direction === 'outbound'),
    );
    expect(leaves.length).toBeGreaterThan(0);
    const sum = (counts: readonly number[]) => counts.reduce((all, count) => all + count, 0);
    expect(sum(items.map(({ connections }) => connections))).toBe(
      sum(leaves.map(({ count }) => count)),
    );
    expect(items[0]).toMatchObject({ external: true, randomName: true });
    expect(Number(items[0]?.bytesSent)).toBeGreaterThan(10_000);
    for (const { processes } of items) {
      expect(processes.length).toBeGreaterThan(0);
      for (const caller of processes)
        expect(caller).toMatchObject({ ref: null, binary: '', pid: null, place: '' });
    }
  });

  it('can be asked for by the pod', () => {
    const pod = items[0]?.processes[0]?.pod ?? '';
    const asked = destinationsOf(`k8s.pod.name = "${pod}"`, ofZeek);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.length).toBeLessThan(items.length);
    for (const { processes } of asked) expect(processes.map((caller) => caller.pod)).toEqual([pod]);
    expect(destinationsOf('proc.name = curl', ofZeek)).toEqual([]);
  });

  it('are one row with those that processes called, each caller once', () => {
    const [place] = ofZeek.loose.filter(({ connections }) =>
      connections.some(({ direction }) => direction === 'outbound'),
    );
    const [leaf] = (place?.connections ?? []).filter(({ direction }) => direction === 'outbound');
    const process = derived.processes.find(({ connections }) => connections.length > 0);
    if (place === undefined || leaf === undefined || process === undefined)
      throw new Error('both call somebody');
    const nowhere = { ...place, pod: undefined, node: 'n1', address: '' };
    const [item, ...others] = destinationsOf('', {
      ...derived,
      processes: [{ ...process, parent: -1, connections: [leaf] }],
      loose: [
        { ...place, connections: [leaf] },
        { ...nowhere, connections: [leaf] },
      ],
    });
    expect(others).toEqual([]);
    expect(item?.connections).toBe(leaf.count * 3);
    expect(item?.processes.map(({ ref, place: told }) => [ref, told])).toEqual([
      [null, 'n1'],
      [null, ''],
      [process.ref, ''],
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { podTree } from '../graph/tree/podTree.ts';
import { parseFilter } from '../query/parseFilter.ts';
import { podItem } from '../wire/inventory.ts';
import { destinationItem, hopItem } from '../wire/network.ts';
import {
  treeColumns as columnsSchema,
  treeObjects as objectsSchema,
  processAnswer as processSchema,
} from '../wire/tree.ts';
import { callsOf, DestinationSums, describeDestination } from './destinations.ts';
import { hopItems } from './hops.ts';
import { wholePart } from './part.ts';
import { podItems } from './podItems.ts';
import { byInterest } from './podOrder.ts';
import { processAnswer } from './processAnswer.ts';
import { keepsProcess } from './subjects.ts';
import { labContext } from './testing/labContext.ts';
import { treeColumns } from './treeColumns.ts';
import { treeObjects } from './treeObjects.ts';

const lab = labContext();
const { derived, truth } = lab;
const pods = podItems(derived).sort(byInterest);
const podIndex = derived.pods.findIndex(({ fact }) => fact.name === truth.pod);
const crawler = pods.find(({ pod }) => pod === truth.pod);
const selection = () => {
  if (crawler === undefined) throw new Error('the lab has its crawler');
  return { indexes: podTree(derived, podIndex), pod: crawler, alternatives: [], podIndex };
};
const shellIndex = derived.processes.findIndex(({ execId }) => execId === truth.lateShellExecId);

describe('the list of pods', () => {
  it('puts the pod with the most late and new processes first and hosts last', () => {
    expect(pods[0]?.pod).toBe(truth.pod);
    expect(pods.at(-1)?.kind).toBe('host');
    for (const item of pods) podItem.parse(item);
  });

  it('counts the external destinations and tells when the first loud process started', () => {
    expect(crawler?.externalDestinations).toBeGreaterThan(0);
    expect(crawler?.firstLoudMs).toBeCloseTo(truth.lateByMs, 0);
  });
});

describe('the tree as columns', () => {
  const tree = columnsSchema.parse(treeColumns(lab, selection()));

  it('has parents before children and one value per node in every column', () => {
    const { count, events, ...columns } = tree.nodes;
    for (const column of [...Object.values(columns), ...Object.values(events)])
      expect(column).toHaveLength(count);
    for (const [row, parent] of tree.nodes.parent.entries()) expect(parent).toBeLessThan(row);
  });

  it('sums each subtree', () => {
    const children = (row: number) =>
      tree.nodes.parent.flatMap((parent, index) => (parent === row ? [index] : []));
    for (let row = 0; row < tree.nodes.count; row += 1) {
      const below = children(row).reduce(
        (sum, child) => sum + 1 + (tree.nodes.descendants[child] ?? 0),
        0,
      );
      expect(tree.nodes.descendants[row]).toBe(below);
    }
  });

  it('names the late shell, how late it is and whom it reached', () => {
    const row = tree.nodes.execId.findIndex((id) => tree.strings[id] === truth.lateShellExecId);
    expect(tree.nodes.loud[row]).toBe(1);
    expect(tree.nodes.lateByMs[row]).toBeCloseTo(truth.lateByMs, 3);
    expect(tree.connections.name.map((name) => tree.strings[name])).toContain(truth.domain);
  });

  it('keeps nanoseconds beside microseconds', () => {
    const index =
      selection().indexes.find(
        (candidate) => derived.processes[candidate]?.startTime !== undefined,
      ) ?? 0;
    const row = selection().indexes.indexOf(index);
    const us = BigInt(tree.nodes.startTimeUs[row] ?? 0);
    expect(us * 1000n + BigInt(tree.nodes.startTimeNs[row] ?? 0)).toBe(
      derived.processes[index]?.startTime,
    );
  });
});

describe('the tree as objects', () => {
  it('says the same as the columns', () => {
    const columns = treeColumns(lab, selection());
    const objects = objectsSchema.parse(treeObjects(lab, selection()));
    expect(objects.nodes.map(({ ref }) => ref)).toEqual(columns.nodes.ref);
    expect(objects.nodes.map(({ parentRef }) => parentRef)).toEqual(
      columns.nodes.parent.map((parent) => (parent < 0 ? null : columns.nodes.ref[parent])),
    );
  });
});

describe('one process', () => {
  it('tells its parent, its ancestors to the root, and why it is marked', () => {
    const answer = processSchema.parse(processAnswer(lab, shellIndex));
    expect(answer.parent?.binary).toBe('/usr/local/bin/node');
    expect(answer.ancestors.at(-1)?.pod).toBeNull();
    expect(answer.flags.map(({ code }) => code)).toContain('late_new');
    expect(answer.container?.name).toBe('crawler');
  });

  it('is undefined for an index that is none', () => {
    expect(processAnswer(lab, derived.processes.length)).toBeUndefined();
  });
});

describe('destinations', () => {
  const calls = callsOf(wholePart(derived));
  const sums = new DestinationSums();
  sums.add(calls, 0);
  const items = sums.ordered().map((sum) =>
    describeDestination(
      sum,
      calls.filter(({ key }) => key === sum.key),
    ),
  );

  it('answers which container, PID and binary called Elasticsearch', () => {
    const elastic = items.find(
      ({ port, name }) => port === 9200 && name?.includes('elasticsearch'),
    );
    for (const caller of truth.callersOfElasticsearch) {
      expect(elastic?.processes).toContainEqual(
        expect.objectContaining({ pid: caller.pid, binary: caller.binary, pod: caller.pod }),
      );
    }
  });

  it('puts the random external domain first, with the bytes that left', () => {
    expect(items[0]).toMatchObject({ external: true, randomName: true, name: truth.domain });
    for (const item of items) destinationItem.parse(item);
  });

  it('has callers, connections and bytes of what a filter keeps, and nothing else', () => {
    const busy = items.find(({ processes }) => processes.length > 1);
    const one = busy?.processes[0];
    const asked = callsOf(wholePart(derived), (process) => process.ref === one?.ref);
    const kept = new DestinationSums();
    kept.add(asked, 0);
    const sum = kept.ordered().find(({ first }) => first.leaf.port === busy?.port);
    if (sum === undefined) throw new Error('the caller called it');
    const item = describeDestination(
      sum,
      asked.filter(({ key }) => key === sum.key),
    );
    expect(item.processes.map(({ ref }) => ref)).toEqual([one?.ref]);
    expect(item.connections).toBe(one?.connections);
    expect(item.bytesSent).toBe(one?.bytesSent);
  });

  it('has one item per name, port and protocol', () => {
    const keys = items.map(({ name, ip, port, protocol }) => `${name ?? ip} ${port} ${protocol}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('splits the bytes among the callers', () => {
    for (const { processes, bytesSent, connections } of items) {
      expect(String(processes.reduce((sum, one) => sum + BigInt(one.bytesSent ?? '0'), 0n))).toBe(
        bytesSent,
      );
      expect(processes.reduce((sum, one) => sum + one.connections, 0)).toBe(connections);
    }
  });
});

describe('hops', () => {
  it('hold the movement from the crawler into Elasticsearch', () => {
    const items = hopItems(wholePart(derived));
    for (const item of items) hopItem.parse(item);
    const moved = items.filter(
      ({ from, to, port }) =>
        from.pod === truth.hop.from.pod && to.pod === truth.hop.to.pod && port === truth.hop.port,
    );
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.every(({ from }) => from.lateNew && from.pid !== null)).toBe(true);
  });

  it('are kept by a filter when one end and the connection between them match', () => {
    const asked = (text: string) => {
      const parsed = parseFilter(text);
      if (!parsed.ok) throw new Error(parsed.message);
      return hopItems(wholePart(derived), parsed.filter);
    };
    const { from, to, port } = truth.hop;
    const all = hopItems(wholePart(derived));
    const byCaller = asked(`k8s.pod.name = ${from.pod} and fd.sport = ${port}`);
    expect(byCaller.length).toBeGreaterThan(0);
    expect(byCaller.length).toBeLessThan(all.length);
    expect(byCaller).toEqual(
      all.filter((hop) => [hop.from.pod, hop.to.pod].includes(from.pod) && hop.port === port),
    );
    expect(asked(`k8s.pod.name = ${to.pod}`)).toEqual(
      all.filter((hop) => [hop.from.pod, hop.to.pod].includes(to.pod)),
    );
    expect(asked('fd.sport = 1')).toEqual([]);
  });

  it('are all named on the leaf that accepted them, each caller with its part of the bytes', () => {
    const callers = hopItems(wholePart(derived)).filter(
      ({ from, to }) => from.pod === truth.hop.from.pod && to.pod === truth.hop.to.pod,
    );
    const accepting = derived.processes.findIndex(({ ref }) => ref === callers[0]?.to.ref);
    const leaves = processSchema.parse(processAnswer(lab, accepting)).connections;
    const leaf = leaves.find(({ peer }) => peer?.pod === truth.hop.from.pod);
    expect(leaf?.peerCount).toBeGreaterThan(1);
    expect(leaf?.peers[0]?.ref).toBe(leaf?.peer?.ref);
    expect(leaf?.peers.map(({ ref }) => ref).sort()).toEqual(callers.map((h) => h.from.ref).sort());
    const sent = (leaf?.peers ?? []).reduce((sum, peer) => sum + BigInt(peer.bytesSent ?? '0'), 0n);
    expect(String(sent)).toBe(leaf?.bytesSent);
  });
});

describe('a filter on processes', () => {
  const kept = (text: string) => {
    const parsed = parseFilter(text);
    if (!parsed.ok) throw new Error(parsed.message);
    return derived.processes.filter((process) => keepsProcess(parsed.filter, derived, process));
  };

  it('finds by name of a destination and by port of the same connection only', () => {
    expect(kept(`fd.sip.name = ${truth.domain} and fd.sport = 443`).length).toBeGreaterThan(0);
    expect(kept(`fd.sip.name = ${truth.domain} and fd.sport = 9200`)).toEqual([]);
  });

  it('finds what ran on one machine', () => {
    expect(kept(`evt.hostname = ${truth.node}`)).toHaveLength(derived.processes.length);
    expect(kept('evt.hostname = another-node')).toEqual([]);
  });

  it('finds an image that an exec in place replaced', () => {
    expect(kept('proc.name = docker-entrypoint.sh').map(({ binary }) => binary)).toContain(
      '/usr/local/bin/node',
    );
  });

  it('searches free text in arguments and pods', () => {
    expect(kept('mkfifo').length).toBeGreaterThan(0);
    expect(kept(truth.pod).length).toBeGreaterThan(1);
  });
});

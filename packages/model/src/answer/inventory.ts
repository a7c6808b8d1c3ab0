import { type Dialect, dialectOf, dialects } from '../event/dialects.ts';
import type { GapFact, NodeFact } from '../event/facts.ts';
import { millisBetween } from '../event/time.ts';
import { Places } from '../graph/identity/places.ts';
import { compareText, earlier, later } from '../graph/order.ts';
import type { ClustersAnswer, NamespacesAnswer, NodeItem, PodItem } from '../wire/inventory.ts';
import type { Completeness } from '../wire/primitives.ts';
import { gapItems } from './completeness.ts';
import { timeTextOf } from './timeText.ts';

/** The nodes of a case, by cluster and name. Nodes that several sources name differently are one after resolution. */
export function nodeItems(nodes: readonly NodeFact[], gaps: readonly GapFact[]): NodeItem[] {
  const places = new Places({ nodes, processes: [] });
  const merged = new Map<
    string,
    { cluster: string; node: string; facts: NodeFact[]; gaps: GapFact[] }
  >();
  const rowOf = (cluster: string, node: string) => {
    const place = places.place(cluster, node);
    const key = `${place.cluster}\0${place.node}`;
    let row = merged.get(key);
    if (row === undefined) {
      row = { ...place, facts: [], gaps: [] };
      merged.set(key, row);
    }
    return row;
  };
  for (const fact of nodes) rowOf(fact.cluster, fact.node).facts.push(fact);
  for (const gap of gaps) rowOf(gap.cluster, gap.node).gaps.push(gap);
  return [...merged.values()]
    .map((row) => nodeItem(row.cluster, row.node, row.facts, row.gaps))
    .sort((a, b) => compareText(a.cluster, b.cluster) || compareText(a.node, b.node));
}

function nodeItem(
  cluster: string,
  node: string,
  facts: readonly NodeFact[],
  gaps: readonly GapFact[],
): NodeItem {
  const kinds = new Map<string, number>();
  let first: NodeFact['firstTime'];
  let last: NodeFact['lastTime'];
  let events = 0;
  for (const fact of facts) {
    first = earlier(first, fact.firstTime);
    last = later(last, fact.lastTime);
    for (const [kind, count] of fact.kinds) {
      kinds.set(kind, (kinds.get(kind) ?? 0) + count);
      events += count;
    }
  }
  const seconds = first === undefined || last === undefined ? 0 : millisBetween(first, last) / 1000;
  return {
    cluster,
    node,
    agents: agentsOf(kinds.keys()),
    kinds: Object.fromEntries([...kinds].sort(([a], [b]) => compareText(a, b))),
    events,
    rate: seconds > 0 ? events / seconds : 0,
    firstEvent: timeTextOf(first),
    lastEvent: timeTextOf(last),
    gaps: gapItems(gaps),
  };
}

/** The dialects of labels, in their own order. */
function agentsOf(labels: Iterable<string>): Dialect[] {
  const found = new Set(Array.from(labels, dialectOf));
  return dialects.filter((dialect) => found.has(dialect));
}

/** The clusters that nodes and pods name; where none does, that of the records. */
export function clustersAnswer(
  nodes: readonly NodeItem[],
  pods: readonly PodItem[],
  completeness: Completeness,
): ClustersAnswer {
  const rows = new Map<
    string,
    { nodes: number; namespaces: Set<string>; pods: number; events: number }
  >();
  const rowOf = (cluster: string) => {
    let row = rows.get(cluster);
    if (row === undefined) {
      row = { nodes: 0, namespaces: new Set(), pods: 0, events: 0 };
      rows.set(cluster, row);
    }
    return row;
  };
  for (const node of nodes) {
    const row = rowOf(node.cluster);
    // Records that name no node are counted, and are no node unless they name processes.
    if (node.node !== '') row.nodes += 1;
    row.events += node.events;
  }
  for (const pod of pods) {
    const row = rowOf(pod.cluster);
    if (pod.kind === 'host' && pod.node === '') row.nodes += 1;
    if (pod.kind !== 'pod') continue;
    row.pods += 1;
    row.namespaces.add(pod.namespace);
  }
  const named = [...rows].filter(([, row]) => row.nodes > 0 || row.pods > 0);
  const items = (named.length > 0 ? named : [...rows])
    .sort(([a], [b]) => compareText(a, b))
    .map(([cluster, row]) => ({
      cluster,
      nodes: row.nodes,
      namespaces: row.namespaces.size,
      pods: row.pods,
      events: row.events,
    }));
  return { items, nextCursor: null, total: items.length, completeness };
}

/** The namespaces that have pods, with the pods' own processes. */
export function namespacesAnswer(
  pods: readonly PodItem[],
  completeness: Completeness,
): NamespacesAnswer {
  const rows = new Map<string, NamespacesAnswer['items'][number]>();
  for (const pod of pods) {
    if (pod.kind !== 'pod') continue;
    const key = `${pod.cluster}\0${pod.namespace}`;
    const known = rows.get(key);
    if (known === undefined) {
      const { cluster, namespace, processes } = pod;
      rows.set(key, { cluster, namespace, pods: 1, processes });
    } else {
      known.pods += 1;
      known.processes += pod.processes;
    }
  }
  const items = [...rows.values()].sort(
    (a, b) => compareText(a.cluster, b.cluster) || compareText(a.namespace, b.namespace),
  );
  return { items, nextCursor: null, total: items.length, completeness };
}

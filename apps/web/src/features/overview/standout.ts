import { standsOut } from '@forebear/model/answer/standing';
import { agentList } from '@forebear/model/words/agentWords';
import { countAstray } from '@forebear/model/words/flagMark';
import { markRank } from '@forebear/model/words/markWords';
import type { DestinationItem, PodItem, PodMark } from '../../api/answers.ts';
import { formatCount, formatNoun } from '../../kit/format.ts';

/** What stands out in a case, as counts: the sentence of the overview is only these, in words. */
export interface Standout {
  /** Pods with processes that are late and new, in the order of the answer: the gravest first. */
  readonly loud: readonly PodItem[];
  /** Pods with processes that left their container, or a container that came late, in the same order. */
  readonly astray: readonly PodItem[];
  /** What else processes stand out for, gravest first. */
  readonly marks: readonly MarkedPods[];
  /** What the agent's policies reported, the rarest first: what happened once says more than what happens all the time. */
  readonly policies: readonly ReportedPods[];
  readonly lateNew: number;
  readonly late: number;
  readonly restarts: number;
  readonly pods: number;
  readonly hosts: number;
  readonly processes: number;
  /** Programs that they were: a process that became another program was several. */
  readonly executions: number;
  /** Those of the processes that belong to hosts. */
  readonly hostProcesses: number;
}

/** The processes of a pod that have something in common: how often, and one to look at. */
export interface PodShare {
  readonly pod: PodItem;
  readonly count: number;
  readonly first: PodMark['first'];
}

/** One reason beside time and place, and where it holds. */
export interface MarkedPods {
  readonly code: string;
  readonly processes: number;
  /** The most first. */
  readonly pods: readonly PodShare[];
}

/** One policy of the agent, and whom it reported. */
export interface ReportedPods {
  readonly policy: string;
  readonly hits: number;
  readonly processes: number;
  /** By hits, the most first. */
  readonly pods: readonly PodShare[];
}

function policiesOf(items: readonly PodItem[]): readonly ReportedPods[] {
  const policies = new Map<string, { hits: number; processes: number; pods: PodShare[] }>();
  for (const pod of items) {
    for (const { policy, hits, processes, first } of pod.policies) {
      const known = policies.get(policy) ?? { hits: 0, processes: 0, pods: [] };
      policies.set(policy, known);
      known.hits += hits;
      known.processes += processes;
      known.pods.push({ pod, count: hits, first });
    }
  }
  return [...policies]
    .map(([policy, { hits, processes, pods }]) => ({
      policy,
      hits,
      processes,
      pods: pods.toSorted((a, b) => b.count - a.count),
    }))
    .toSorted((a, b) => a.hits - b.hits);
}

/** The marks of all pods by reason, gravest first. */
function marksOf(items: readonly PodItem[]): readonly MarkedPods[] {
  const codes = [...new Set(items.flatMap(({ marks }) => marks.map(({ code }) => code)))].toSorted(
    (a, b) => markRank(a) - markRank(b),
  );
  return codes.map((code) => {
    const pods = items.flatMap((pod) =>
      pod.marks
        .filter((mark) => mark.code === code)
        .map(({ processes, first }) => ({ pod, count: processes, first })),
    );
    return {
      code,
      processes: pods.reduce((sum, { count }) => sum + count, 0),
      pods: pods.toSorted((a, b) => b.count - a.count),
    };
  });
}

/** Counts what stands out in pods as an answer lists them. */
export function standoutOf(items: readonly PodItem[]): Standout {
  const sum = (of: (item: PodItem) => number) => items.reduce((total, item) => total + of(item), 0);
  return {
    astray: items.filter((item) => countAstray(item) > 0),
    loud: items.filter((item) => item.lateNew > 0),
    marks: marksOf(items),
    policies: policiesOf(items),
    lateNew: sum((item) => item.lateNew),
    late: sum((item) => item.late),
    restarts: sum((item) => item.restarts),
    pods: items.filter((item) => item.kind === 'pod').length,
    hosts: items.filter((item) => item.kind === 'host').length,
    processes: sum((item) => item.processes),
    executions: sum((item) => item.executions),
    hostProcesses: sum((item) => (item.kind === 'host' ? item.processes : 0)),
  };
}

/** What the tile of external names says. */
export interface ExternalNames {
  /** Names: each once, whoever called it and on whatever port, as the sentence counts them. */
  readonly names: number;
  /** Addresses that nobody knows by a name, each once. */
  readonly addresses: number;
  /** Names and such addresses with their ports, as the list of destinations counts them. */
  readonly destinations: number;
  /** There may be more than these. */
  readonly isPart: boolean;
}

/** Counts external destinations out of the first pages of a list that has them first; `hasMore`: it goes on. */
export function externalNames(items: readonly DestinationItem[], hasMore: boolean): ExternalNames {
  const external = items.filter((item) => item.external);
  return {
    names: new Set(external.flatMap(({ name }) => name ?? [])).size,
    addresses: new Set(external.flatMap(({ name, ip }) => (name === null ? ip : []))).size,
    destinations: external.length,
    isPart: hasMore && external.length === items.length,
  };
}

/**
 * How many destinations they are on the page of those. Under a filter they are the ones whose connections match, fewer
 * than the pods of the table call.
 */
export function portsWords(
  { addresses, destinations, isPart }: ExternalNames,
  isFiltered: boolean,
): string {
  const bare =
    addresses === 0 ? '' : `and ${formatNoun(addresses, 'bare address', 'bare addresses')}, `;
  const count = `${bare}${isPart ? 'at least ' : ''}${formatCount(destinations)} with ports`;
  return isFiltered ? `${count}, matching only` : count;
}

/** Of what the figures of a filtered overview are. */
export const filteredScopeWords =
  'External and random names are those of connections that match. The other figures are those of the pods in which something matches, not of the case.';

/**
 * External destinations whose names look random: each name once, as it was called first, whatever the port. First those that
 * a process which stands out called, then those to which most bytes went, then by name.
 */
export function randomNames(items: readonly DestinationItem[]): readonly DestinationItem[] {
  const byName = new Map<string, RandomName>();
  for (const item of items) {
    if (!item.external || !item.randomName) continue;
    const key = item.name ?? item.ip;
    const known = byName.get(key);
    const isLoud = item.processes.some(standsOut);
    const sent = Number(item.bytesSent ?? 0);
    if (known === undefined) {
      byName.set(key, { item, isLoud, sent });
      continue;
    }
    const before = known.item.firstSeen ?? undefined;
    if (before === undefined || (item.firstSeen ?? '9') < before) known.item = item;
    known.isLoud ||= isLoud;
    known.sent += sent;
  }
  return [...byName.entries()]
    .toSorted(
      ([aName, a], [bName, b]) =>
        Number(b.isLoud) - Number(a.isLoud) || b.sent - a.sent || (aName < bName ? -1 : 1),
    )
    .map(([, { item }]) => item);
}

interface RandomName {
  item: DestinationItem;
  /** Whether a process that stands out called it. */
  isLoud: boolean;
  sent: number;
}

/** Behind `No`: that no process is known, and which agents name none (empty: not said). */
export function untoldProcessesWords(agents: readonly string[]): string {
  const who =
    agents.length === 0
      ? ''
      : ` (${agentList(agents, 'and')} ${agents.length === 1 ? 'names' : 'name'} none)`;
  return `process was reported${who}: what started late cannot be told.`;
}

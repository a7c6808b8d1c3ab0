import type { AlertFact } from '../event/facts.ts';
import { type Severity, severityNumber } from '../event/severity.ts';
import type { Nanos } from '../event/time.ts';
import type { Derived, DerivedContainer, DerivedLoose, DerivedProcess } from '../graph/derived.ts';
import { compareText, earlier, later } from '../graph/order.ts';
import type { PodItem, PodPolicy, SomeProcesses } from '../wire/inventory.ts';
import { destinationKey } from './destinationKey.ts';
import { type GraveSign, graveSigns, graveSignsOf, isGraveAlert } from './gravity.ts';
import { homePods } from './homePods.ts';
import { type Part, wholePart } from './part.ts';
import { isLateNew, type QuietMark, quietMarks, quietMarksOf } from './standing.ts';
import { isStillRunning } from './stillRunning.ts';
import { timeTextOf } from './timeText.ts';
import { graverSeverity, maxSeverityOf } from './toldAlerts.ts';

/** How many processes have something in common, and which of them began first. */
interface SomeTally {
  processes: number;
  first: DerivedProcess;
}

interface PolicyTally extends SomeTally {
  hits: number;
}

interface Tally {
  processes: number;
  executions: number;
  late: number;
  lateNew: number;
  leftContainer: number;
  lateContainer: number;
  readonly marks: Map<QuietMark, SomeTally>;
  readonly policies: Map<string, PolicyTally>;
  readonly grave: Set<GraveSign>;
  stillRuns: SomeTally | undefined;
  alerts: number;
  maxSeverity: Severity | undefined;
  firstLoudMs: number | undefined;
  /** The earliest start, or event where no start is told. */
  started: Nanos | undefined;
  firstSeen: Nanos | undefined;
  lastSeen: Nanos | undefined;
  readonly external: Set<string>;
  node: string;
}

/** What a part of a case knows of one node's processes outside of every container; several parts add up. */
export interface HostTally {
  readonly cluster: string;
  readonly node: string;
  readonly tally: Tally;
}

/**
 * The list of pods and hosts: one item per pod of the forest, and one per node that has processes outside of
 * every container. Counts are of the pod's own processes and of those that left its containers, not of the host ancestors
 * drawn above them; alerts also of the pod itself, where they name no process. Unsorted.
 * `keep`: pod indexes to answer for; absent: all, and the hosts.
 */
export function podItems(derived: Derived, keep?: ReadonlySet<number>): PodItem[] {
  if (keep !== undefined) return itemsOfPods(derived, (index) => keep.has(index));
  const part = wholePart(derived);
  return [...itemsOfPods(derived, part.ownsPod), ...hostItems(hostTallies(part))];
}

/** The items of the forest's pods that `keep` keeps, by index. */
export function itemsOfPods(derived: Derived, keep: (index: number) => boolean): PodItem[] {
  const tallies = derived.pods.map((_pod, index) => (keep(index) ? newTally() : undefined));
  for (const [index, pod] of homePods(derived).entries()) {
    const tally = tallies[pod];
    const process = derived.processes[index];
    if (tally !== undefined && process !== undefined) count(tally, process, derived);
  }
  for (const place of derived.loose) {
    const tally = place.pod === undefined ? undefined : tallies[place.pod];
    if (tally !== undefined) countLoose(tally, place);
  }
  const containersOf = new Map<number, DerivedContainer[]>();
  for (const container of derived.containers) {
    const known = containersOf.get(container.pod);
    if (known === undefined) containersOf.set(container.pod, [container]);
    else known.push(container);
  }
  const items: PodItem[] = [];
  for (const [index, pod] of derived.pods.entries()) {
    const tally = tallies[index];
    if (tally === undefined) continue;
    const containers = containersOf.get(index) ?? [];
    items.push({
      ...tallied(tally),
      kind: 'pod',
      cluster: pod.cluster,
      namespace: pod.fact.namespace,
      pod: pod.fact.name,
      uid: pod.fact.uid,
      workload: pod.fact.workload ?? '',
      node: pod.node === '' ? tally.node : pod.node,
      labels: [...pod.fact.labels],
      containers: containers.map(({ fact }) => ({
        id: fact.id,
        name: fact.name,
        image: fact.imageName ?? '',
      })),
      restarts: containers.filter(({ kind }) => kind === 'restart').length,
    });
  }
  return items;
}

/** The host processes of a part, by node. */
export function hostTallies({ derived, ownsProcess }: Part): HostTally[] {
  const hosts = new Map<string, HostTally>();
  for (const [index, process] of derived.processes.entries()) {
    if (process.pod !== undefined || process.role !== 'host' || !ownsProcess(index)) continue;
    const { cluster, node } = process;
    const key = `${cluster}\0${node}`;
    let host = hosts.get(key);
    if (host === undefined) {
      host = { cluster, node, tally: newTally() };
      hosts.set(key, host);
    }
    count(host.tally, process, derived);
  }
  return [...hosts.values()];
}

/** One item per node out of what the parts know. */
export function hostItems(tallies: Iterable<HostTally>): PodItem[] {
  const hosts = new Map<string, HostTally>();
  for (const { cluster, node, tally } of tallies) {
    const key = `${cluster}\0${node}`;
    let host = hosts.get(key);
    if (host === undefined) {
      host = { cluster, node, tally: newTally() };
      hosts.set(key, host);
    }
    addTally(host.tally, tally);
  }
  return [...hosts.values()].map((host) => hostItem(host.cluster, host.node, host.tally));
}

/** The item of one node's host tree, also when none of its processes is a host process. */
export function hostItemOf(derived: Derived, cluster: string, node: string): PodItem {
  const tally = newTally();
  for (const process of derived.processes) {
    if (process.role === 'host' && process.node === node && process.cluster === cluster)
      count(tally, process, derived);
  }
  return hostItem(cluster, node, tally);
}

/**
 * The API's default order: how many different grave signs, then lateNew, what left or came late, the other marks from the gravest on, the
 * gravest alert, alerts, externalDestinations, late (each most first), then name; hosts last. Signs go first because they are rare: in a noisy log
 * nearly every pod has processes that are late and new, and the pod that was broken into need not have the most.
 */
export function byInterest(a: PodItem, b: PodItem): number {
  return (
    Number(a.kind === 'host') - Number(b.kind === 'host') ||
    b.grave.length - a.grave.length ||
    b.lateNew - a.lateNew ||
    b.leftContainer + b.lateContainer - (a.leftContainer + a.lateContainer) ||
    byMarks(a, b) ||
    byAlerts(a, b) ||
    b.externalDestinations - a.externalDestinations ||
    b.late - a.late ||
    byName(a, b)
  );
}

/** The gravest alert first, then most alerts. */
export function byAlerts(a: PodItem, b: PodItem): number {
  return gravityOf(a) - gravityOf(b) || b.alerts - a.alerts;
}

function gravityOf({ maxSeverity }: PodItem): number {
  return maxSeverity === null ? Number.MAX_SAFE_INTEGER : severityNumber(maxSeverity);
}

function byMarks(a: PodItem, b: PodItem): number {
  for (const mark of quietMarks) {
    const more = markedBy(b, mark) - markedBy(a, mark);
    if (more !== 0) return more;
  }
  return 0;
}

function markedBy({ marks }: PodItem, mark: QuietMark): number {
  return marks.find(({ code }) => code === mark)?.processes ?? 0;
}

/** Namespace, then pod, then cluster and uid, by code unit. */
export function byName(a: PodItem, b: PodItem): number {
  return (
    compareText(a.namespace, b.namespace) ||
    compareText(a.pod, b.pod) ||
    compareText(a.cluster, b.cluster) ||
    compareText(a.uid, b.uid)
  );
}

function hostItem(cluster: string, node: string, tally: Tally): PodItem {
  return {
    ...tallied(tally),
    kind: 'host',
    cluster,
    namespace: '',
    pod: node,
    uid: '',
    workload: '',
    node,
    labels: [],
    containers: [],
    restarts: 0,
  };
}

function newTally(): Tally {
  return {
    processes: 0,
    executions: 0,
    late: 0,
    lateNew: 0,
    leftContainer: 0,
    lateContainer: 0,
    marks: new Map(),
    policies: new Map(),
    grave: new Set(),
    stillRuns: undefined,
    alerts: 0,
    maxSeverity: undefined,
    firstLoudMs: undefined,
    started: undefined,
    firstSeen: undefined,
    lastSeen: undefined,
    external: new Set(),
    node: '',
  };
}

function count(tally: Tally, process: DerivedProcess, derived: Derived): void {
  tally.processes += 1;
  tally.executions += process.images.length;
  tally.node = process.node;
  const isPrevented = process.flags.some(({ code }) => code === 'blocked');
  if (process.late && !isPrevented) tally.late += 1;
  for (const { code } of process.flags) {
    if (code === 'left_container') tally.leftContainer += 1;
    if (code === 'late_container') tally.lateContainer += 1;
  }
  for (const mark of quietMarksOf(process)) addMark(tally, mark, { processes: 1, first: process });
  for (const { policy, hits } of process.counts.policies)
    addPolicy(tally, policy, { hits, processes: 1, first: process });
  for (const sign of graveSignsOf(process)) tally.grave.add(sign);
  if (isStillRunning(derived, process))
    tally.stillRuns = withSome(tally.stillRuns, { processes: 1, first: process });
  countAlerts(tally, process.alerts);
  // What was prevented has a mark of its own: it never started.
  if (isLateNew(process) && !isPrevented) {
    tally.lateNew += 1;
    const { lateByMs } = process;
    if (lateByMs !== undefined && (tally.firstLoudMs === undefined || lateByMs < tally.firstLoudMs))
      tally.firstLoudMs = lateByMs;
  }
  for (const leaf of process.connections) {
    if (leaf.external && leaf.direction === 'outbound') tally.external.add(destinationKey(leaf));
  }
  tally.started = earlier(tally.started, earlier(process.firstSeen, process.startTime));
  tally.firstSeen = earlier(tally.firstSeen, process.firstSeen);
  tally.lastSeen = later(tally.lastSeen, process.lastSeen);
}

/** Of a pod without processes the times are those of what was seen of itself. */
function countLoose(tally: Tally, { alerts, connections }: DerivedLoose): void {
  countAlerts(tally, alerts);
  if (tally.processes > 0) return;
  for (const { time } of alerts) {
    tally.firstSeen = earlier(tally.firstSeen, time);
    tally.lastSeen = later(tally.lastSeen, time);
  }
  for (const { firstSeen, lastSeen } of connections) {
    tally.firstSeen = earlier(tally.firstSeen, firstSeen);
    tally.lastSeen = later(tally.lastSeen, lastSeen);
  }
  tally.started = tally.firstSeen;
}

function countAlerts(tally: Tally, alerts: readonly AlertFact[]): void {
  if (alerts.length === 0) return;
  tally.alerts += alerts.length;
  tally.maxSeverity = graverSeverity(tally.maxSeverity, maxSeverityOf(alerts));
  if (alerts.some(isGraveAlert)) tally.grave.add('grave_alert');
}

function addMark(tally: Tally, mark: QuietMark, more: SomeTally): void {
  const known = tally.marks.get(mark);
  if (known === undefined) tally.marks.set(mark, { ...more });
  else addSome(known, more);
}

function addPolicy(tally: Tally, policy: string, more: PolicyTally): void {
  const known = tally.policies.get(policy);
  if (known === undefined) {
    tally.policies.set(policy, { ...more });
    return;
  }
  known.hits += more.hits;
  addSome(known, more);
}

function addSome(known: SomeTally, { processes, first }: SomeTally): void {
  known.processes += processes;
  if (beganBefore(first, known.first)) known.first = first;
}

function withSome(known: SomeTally | undefined, more: SomeTally): SomeTally {
  if (known === undefined) return { ...more };
  addSome(known, more);
  return known;
}

/** A start that nobody knows is after all others; refs decide between equal ones, so that order cannot matter. */
function beganBefore(a: DerivedProcess, b: DerivedProcess): boolean {
  if (a.startTime === b.startTime) return a.ref < b.ref;
  if (a.startTime === undefined || b.startTime === undefined) return b.startTime === undefined;
  return a.startTime < b.startTime;
}

const maxArguments = 120;

function someProcesses({ processes, first }: SomeTally): SomeProcesses {
  return {
    processes,
    first: {
      ref: first.ref,
      binary: first.binary,
      arguments: first.arguments.slice(0, maxArguments),
      pid: first.pid ?? null,
    },
  };
}

function addTally(to: Tally, from: Tally): void {
  to.processes += from.processes;
  to.executions += from.executions;
  to.late += from.late;
  to.lateNew += from.lateNew;
  to.leftContainer += from.leftContainer;
  to.lateContainer += from.lateContainer;
  for (const [mark, known] of from.marks) addMark(to, mark, known);
  for (const [policy, known] of from.policies) addPolicy(to, policy, known);
  for (const sign of from.grave) to.grave.add(sign);
  if (from.stillRuns !== undefined) to.stillRuns = withSome(to.stillRuns, from.stillRuns);
  to.alerts += from.alerts;
  to.maxSeverity = graverSeverity(to.maxSeverity, from.maxSeverity);
  const { firstLoudMs } = from;
  if (firstLoudMs !== undefined && (to.firstLoudMs === undefined || firstLoudMs < to.firstLoudMs))
    to.firstLoudMs = firstLoudMs;
  to.started = earlier(to.started, from.started);
  to.firstSeen = earlier(to.firstSeen, from.firstSeen);
  to.lastSeen = later(to.lastSeen, from.lastSeen);
  for (const key of from.external) to.external.add(key);
  to.node = from.node;
}

function policiesOf({ policies }: Tally): PodPolicy[] {
  return [...policies]
    .map(([policy, known]) => ({ policy, hits: known.hits, ...someProcesses(known) }))
    .sort((a, b) => compareText(a.policy, b.policy));
}

function tallied(tally: Tally) {
  return {
    processes: tally.processes,
    executions: tally.executions,
    late: tally.late,
    lateNew: tally.lateNew,
    leftContainer: tally.leftContainer,
    lateContainer: tally.lateContainer,
    marks: quietMarks.flatMap((mark) => {
      const known = tally.marks.get(mark);
      return known === undefined ? [] : [{ code: mark, ...someProcesses(known) }];
    }),
    policies: policiesOf(tally),
    grave: graveSigns.filter((sign) => tally.grave.has(sign)),
    stillRuns: tally.stillRuns === undefined ? null : someProcesses(tally.stillRuns),
    alerts: tally.alerts,
    maxSeverity: tally.maxSeverity ?? null,
    externalDestinations: tally.external.size,
    started: timeTextOf(tally.started),
    firstSeen: timeTextOf(tally.firstSeen),
    lastSeen: timeTextOf(tally.lastSeen),
    firstLoudMs: tally.firstLoudMs ?? null,
  };
}

import type { AlertFact } from '../event/facts.ts';
import type { Severity } from '../event/severity.ts';
import type { Nanos } from '../event/time.ts';
import type { Derived, DerivedLoose, DerivedProcess } from '../graph/derived.ts';
import { compareText, earlier, later } from '../graph/order.ts';
import type { PodPolicy, SomeProcesses } from '../wire/inventory.ts';
import { externalKeys } from './destinationKey.ts';
import { type GraveSign, graveSigns, graveSignsOf, isGraveAlert } from './gravity.ts';
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

/** What a pod's or a node's processes add up to. */
export interface Tally {
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

/** Nothing counted yet. */
export function newTally(): Tally {
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

/** Adds a process. */
export function count(tally: Tally, process: DerivedProcess, derived: Derived): void {
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
  for (const key of externalKeys(process.connections)) tally.external.add(key);
  tally.started = earlier(tally.started, earlier(process.firstSeen, process.startTime));
  tally.firstSeen = earlier(tally.firstSeen, process.firstSeen);
  tally.lastSeen = later(tally.lastSeen, process.lastSeen);
}

/** Of a pod without processes the times are those of what was seen of itself. */
export function countLoose(tally: Tally, { alerts, connections }: DerivedLoose): void {
  countAlerts(tally, alerts);
  for (const key of externalKeys(connections)) tally.external.add(key);
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

/** Adds what another part counted. */
export function addTally(to: Tally, from: Tally): void {
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

/** The fields of an item that are counts. */
export function tallied(tally: Tally) {
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

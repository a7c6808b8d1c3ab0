import type { TreeColumns } from '@forebear/model/wire/tree';
import { verdictMark } from '@forebear/model/words/verdictWords';
import { gravityOf } from './severities.ts';

type Told = TreeColumns['loose']['alerts'][number];

/** Alerts of one rule that name no process, as one. */
export interface LooseRule {
  readonly source: string;
  readonly rule: string;
  readonly severity: string;
  readonly blocked: boolean;
  /** In the order of the answer. */
  readonly alerts: readonly Told[];
}

/** What happened to the pod or host, and to no process that is known. */
export interface Loose {
  /** Rows of `columns.connections` of the model, what was hindered first, then what leads outside. */
  readonly leaves: Int32Array;
  /** The gravest first. */
  readonly rules: readonly LooseRule[];
  readonly alertCount: number;
  /** `gravityOf` the gravest of them. */
  readonly gravity: number;
  /** How many connections there are in all: the answer holds the first of them. */
  readonly connectionCount: number;
  readonly lookupCount: number;
}

/** Whether there is anything to draw. */
export function hasLoose({ connectionCount, alertCount, lookupCount }: Loose): boolean {
  return connectionCount + alertCount + lookupCount > 0;
}

/**
 * The answer with the connections that have no process behind those that have one, as rows with process -1: then all that is
 * known of drawing a connection holds for them, too. An answer without them is itself.
 */
export function withLooseLeaves(columns: TreeColumns): {
  readonly columns: TreeColumns;
  readonly loose: Loose;
} {
  const { loose } = columns;
  const found = (leaves: Int32Array): Loose => ({
    leaves,
    rules: rulesOf(loose.alerts),
    alertCount: loose.alertCount,
    gravity: loose.alertCount === 0 ? 0 : gravityOf(loose.maxSeverity),
    connectionCount: loose.connectionCount,
    lookupCount: loose.lookupCount,
  });
  if (loose.connections.length === 0) return { columns, loose: found(new Int32Array(0)) };
  const ordered = loose.connections.toSorted((a, b) => rankOf(a) - rankOf(b));
  const strings = [...columns.strings];
  const dict = (text: string): number => (text === '' ? 0 : strings.push(text) - 1);
  const before = columns.connections;
  const add = <Field>(all: readonly Field[], of: (leaf: (typeof ordered)[number]) => Field) => [
    ...all,
    ...ordered.map(of),
  ];
  const connections: TreeColumns['connections'] = {
    count: before.count + ordered.length,
    process: add(before.process, () => -1),
    direction: add(before.direction, (leaf) => leaf.direction),
    protocol: add(before.protocol, (leaf) => dict(leaf.protocol)),
    name: add(before.name, (leaf) => dict(leaf.name ?? '')),
    nameEvidence: add(before.nameEvidence, (leaf) => dict(leaf.nameEvidence)),
    nameDetail: add(before.nameDetail, (leaf) => dict(leaf.nameDetail)),
    ip: add(before.ip, (leaf) => dict(leaf.ip)),
    port: add(before.port, (leaf) => leaf.port),
    scope: add(before.scope, (leaf) => leaf.scope),
    randomName: add(before.randomName, (leaf) => (leaf.randomName ? 1 : 0)),
    times: add(before.times, (leaf) => leaf.count),
    firstSeenUs: add(before.firstSeenUs, (leaf) => microsOf(leaf.firstSeen)),
    lastSeenUs: add(before.lastSeenUs, (leaf) => microsOf(leaf.lastSeen)),
    bytesSent: add(before.bytesSent, (leaf) => leaf.bytesSent),
    bytesReceived: add(before.bytesReceived, (leaf) => leaf.bytesReceived),
    verdict: add(before.verdict, (leaf) => dict(leaf.verdict ?? '')),
    verdictReason: add(before.verdictReason, (leaf) => dict(leaf.verdictReason)),
    peer: add(before.peer, (leaf) => leaf.peer?.ref ?? null),
    peerPod: add(before.peerPod, ({ peer }) =>
      dict(peer === null || peer.pod === '' ? '' : `${peer.namespace}/${peer.pod}`),
    ),
    peerConfidence: add(before.peerConfidence, (leaf) => leaf.peers[0]?.confidence ?? null),
    peers: add(before.peers, (leaf) => leaf.peerCount),
  };
  const leaves = Int32Array.from(ordered, (_, at) => before.count + at);
  return { columns: { ...columns, strings, connections }, loose: found(leaves) };
}

/** What was hindered before what came about, what leads outside before what stays inside. */
function rankOf({ verdict, external }: TreeColumns['loose']['connections'][number]): number {
  return (verdictMark(verdict) === '' ? 2 : 0) + (external ? 0 : 1);
}

function microsOf(time: string | null): number | null {
  const ms = time === null ? Number.NaN : Date.parse(time);
  return Number.isNaN(ms) ? null : ms * 1000;
}

function rulesOf(alerts: readonly Told[]): readonly LooseRule[] {
  const found = new Map<string, { readonly rule: LooseRule; readonly alerts: Told[] }>();
  for (const alert of alerts) {
    const { source, rule, severity, blocked } = alert;
    const key = JSON.stringify([source, rule, severity, blocked]);
    const before = found.get(key);
    if (before !== undefined) {
      before.alerts.push(alert);
      continue;
    }
    const own = [alert];
    found.set(key, { rule: { source, rule, severity, blocked, alerts: own }, alerts: own });
  }
  return [...found.values()]
    .map(({ rule }) => rule)
    .toSorted((a, b) => gravityOf(b.severity) - gravityOf(a.severity));
}

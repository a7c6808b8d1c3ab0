import type { Nanos } from '../event/time.ts';
import type { Author, DerivedProcess, Image, Leaf } from '../graph/derived.ts';
import type { PodItem } from '../wire/inventory.ts';
import type { TreeColumns } from '../wire/tree.ts';
import { idsOf, wireAuthor } from './agentIds.ts';
import { type AnswerContext, endOf, podNameOf } from './context.ts';
import { Dictionary } from './dictionary.ts';
import { microsOf, nanosOf, timeTextOf } from './timeText.ts';
import { maxSeverityOf } from './toldAlerts.ts';
import { ToldRules } from './toldRules.ts';
import { treeAgents } from './treeAgents.ts';
import { treeLoose } from './treeLoose.ts';

/** Which part of a forest to answer with, and whose it is. */
export interface TreeSelection {
  /** Indexes into `derived.processes`, parents before children. */
  readonly indexes: readonly number[];
  /** Processes of the tree before it was cut to a container or a time; absent: it was not. */
  readonly all?: number;
  /** Row of each row's parent, -1 for a root; absent: the process's own parent, as far as it is selected. */
  readonly parents?: readonly number[];
  /** Processes that each row stands for; absent: 1 (a node's tree shows a container as one row). */
  readonly counts?: readonly number[];
  readonly pod: PodItem;
  readonly alternatives: TreeColumns['alternatives'];
  /** Index into `derived.pods`; undefined for a node's tree. */
  readonly podIndex: number | undefined;
  /** [from, to) that it was cut to; absent: all times. */
  readonly range?: { readonly from?: Nanos | undefined; readonly to?: Nanos | undefined };
}

/** Encodes a tree as columns (`format=columns`). Linear in its processes and leaves. */
export function treeColumns(context: AnswerContext, selection: TreeSelection): TreeColumns {
  const { derived } = context;
  const strings = new Dictionary();
  const rows = new Map<number, number>(selection.indexes.map((index, row) => [index, row]));
  const rowOf = (index: number | undefined) => (index === undefined ? -1 : (rows.get(index) ?? -1));
  const containers = derived.containers.flatMap((container, index) =>
    container.pod === selection.podIndex ? [{ container, index }] : [],
  );
  const containerRows = new Map(containers.map(({ index }, row) => [index, row]));
  const nodes = emptyNodes(selection.indexes.length);
  const connections = emptyConnections();
  const images = emptyImages();
  const rules = new ToldRules();
  const authors: Author[] = [];
  const authorRows = new Map<Author, number>();

  for (const [row, index] of selection.indexes.entries()) {
    const process = derived.processes[index];
    if (process === undefined) continue;
    pushNode(process, row);
    for (const leaf of process.connections) pushLeaf(leaf, row);
  }
  addSubtreeCounts(nodes);
  return {
    pod: selection.pod,
    alternatives: selection.alternatives,
    containers: containers.map(({ container }) => ({
      id: container.fact.id,
      name: container.fact.name,
      image: container.fact.imageName ?? '',
      imageId: container.fact.imageId ?? '',
      startTime: timeTextOf(container.fact.startTime),
      kind: container.kind,
      main: rowOf(container.main),
    })),
    strings: strings.texts(),
    nodes,
    connections,
    images,
    authors: authors.map(wireAuthor),
    rules: rules.rules(),
    agents: treeAgents(derived, selection),
    loose: treeLoose(derived, selection),
    totals: {
      all: selection.all ?? nodes.count,
      matched: nodes.count,
      returned: nodes.count,
      ghosts: nodes.kind.filter((kind) => kind === 'ghost').length,
      hidden: 0,
    },
    completeness: context.completeness,
  };

  function pushNode(process: DerivedProcess, row: number): void {
    const pod = podNameOf(derived, process);
    nodes.ref.push(process.ref);
    nodes.execId.push(strings.indexOf(process.execId));
    nodes.dialect.push(strings.indexOf(process.dialect));
    nodes.parent.push(selection.parents?.[row] ?? rowOf(process.parent));
    nodes.kind.push(process.kind);
    nodes.binary.push(strings.indexOf(process.binary));
    nodes.arguments.push(strings.indexOf(process.arguments));
    nodes.cwd.push(strings.indexOf(process.cwd));
    nodes.pid.push(process.pid ?? null);
    nodes.nsPid.push(process.nsPid ?? null);
    nodes.uid.push(process.uid ?? null);
    nodes.auid.push(process.auid ?? null);
    nodes.user.push(strings.indexOf(process.user));
    nodes.startTimeUs.push(microsOf(process.startTime));
    nodes.startTimeNs.push(nanosOf(process.startTime));
    nodes.endTimeUs.push(microsOf(process.endTime));
    nodes.endTimeNs.push(nanosOf(process.endTime));
    nodes.end.push(endOf(context, process));
    nodes.exitCode.push(process.exitCode ?? null);
    nodes.signal.push(strings.indexOf(process.exitSignal));
    nodes.container.push(
      process.container === undefined ? -1 : (containerRows.get(process.container) ?? -1),
    );
    nodes.pod.push(pod === undefined ? 0 : strings.indexOf(`${pod.namespace}/${pod.name}`));
    nodes.role.push(process.role);
    nodes.lateByMs.push(process.lateByMs ?? null);
    nodes.lateBase.push(process.lateBase ?? null);
    nodes.isNew.push(triState(process.isNew));
    nodes.loud.push(process.loud ? 1 : 0);
    nodes.linkMethod.push(process.linkMethod);
    nodes.linkReason.push(strings.indexOf(process.suspect));
    nodes.images.push(process.images.length > 1 ? process.images.map(pushImage) : null);
    nodes.ids.push(
      process.ids.length === 0
        ? null
        : idsOf(process).map(({ dialect, id }) => [dialect, strings.indexOf(id)]),
    );
    nodes.author.push(process.author === undefined ? null : authorRow(process.author));
    nodes.flags.push(process.flags.map(({ code }) => code));
    nodes.policies.push(
      strings.indexOf(process.counts.policies.map(({ policy }) => policy).join(', ')),
    );
    nodes.events.exec.push(process.counts.exec);
    nodes.events.network.push(process.counts.network);
    nodes.events.dns.push(process.counts.dns);
    nodes.events.file.push(process.counts.file);
    nodes.events.other.push(process.counts.other);
    nodes.alerts.push(process.alerts.length);
    nodes.maxSeverity.push(maxSeverityOf(process.alerts) ?? null);
    nodes.rules.push(rules.rowsOf(process.alerts));
    nodes.descendants[row] = (selection.counts?.[row] ?? 1) - 1;
    nodes.loudBelow[row] = 0;
  }

  function authorRow(author: Author): number {
    const known = authorRows.get(author);
    if (known !== undefined) return known;
    authorRows.set(author, authors.length);
    return authors.push(author) - 1;
  }

  function pushImage(image: Image): number {
    images.execId.push(strings.indexOf(image.execId));
    images.binary.push(strings.indexOf(image.binary));
    images.arguments.push(strings.indexOf(image.arguments));
    images.startTimeUs.push(microsOf(image.startTime));
    images.startTimeNs.push(nanosOf(image.startTime));
    images.lateByMs.push(image.lateByMs ?? null);
    images.isNew.push(triState(image.isNew));
    images.alerts.push(image.alerts);
    images.count += 1;
    return images.count - 1;
  }

  function pushLeaf(leaf: Leaf, row: number): void {
    const peer = leaf.peer === undefined ? undefined : derived.processes[leaf.peer];
    const peerPod = peer === undefined ? undefined : podNameOf(derived, peer);
    connections.count += 1;
    connections.process.push(row);
    connections.direction.push(leaf.direction);
    connections.protocol.push(strings.indexOf(leaf.protocol));
    connections.name.push(strings.indexOf(leaf.name ?? ''));
    connections.nameEvidence.push(strings.indexOf(leaf.nameEvidence));
    connections.nameDetail.push(strings.indexOf(leaf.nameDetail));
    connections.ip.push(strings.indexOf(leaf.ip));
    connections.port.push(leaf.port);
    connections.scope.push(leaf.scope);
    connections.randomName.push(leaf.randomName ? 1 : 0);
    connections.times.push(leaf.count);
    connections.firstSeenUs.push(microsOf(leaf.firstSeen));
    connections.lastSeenUs.push(microsOf(leaf.lastSeen));
    connections.bytesSent.push(leaf.bytesSent?.toString() ?? null);
    connections.bytesReceived.push(leaf.bytesReceived?.toString() ?? null);
    connections.verdict.push(strings.indexOf(leaf.verdict));
    connections.verdictReason.push(strings.indexOf(leaf.verdictReason));
    connections.peer.push(peer?.ref ?? null);
    connections.peerPod.push(
      peerPod === undefined ? 0 : strings.indexOf(`${peerPod.namespace}/${peerPod.name}`),
    );
    connections.peerConfidence.push(leaf.peers[0]?.confidence ?? null);
    connections.peers.push(leaf.peers.length);
  }
}

function triState(value: boolean | undefined): 0 | 1 | null {
  if (value === undefined) return null;
  return value ? 1 : 0;
}

/** Parents stand before children, so one backward pass sums every subtree. */
function addSubtreeCounts(nodes: TreeColumns['nodes']): void {
  for (let row = nodes.count - 1; row >= 0; row -= 1) {
    const parent = nodes.parent[row] ?? -1;
    if (parent < 0) continue;
    nodes.descendants[parent] =
      (nodes.descendants[parent] ?? 0) + (nodes.descendants[row] ?? 0) + 1;
    nodes.loudBelow[parent] =
      (nodes.loudBelow[parent] ?? 0) + (nodes.loudBelow[row] ?? 0) + (nodes.loud[row] ?? 0);
  }
}

function emptyNodes(count: number): TreeColumns['nodes'] {
  return {
    count,
    ref: [],
    execId: [],
    dialect: [],
    parent: [],
    kind: [],
    binary: [],
    arguments: [],
    cwd: [],
    pid: [],
    nsPid: [],
    uid: [],
    auid: [],
    user: [],
    startTimeUs: [],
    startTimeNs: [],
    endTimeUs: [],
    endTimeNs: [],
    end: [],
    exitCode: [],
    signal: [],
    container: [],
    pod: [],
    role: [],
    lateByMs: [],
    lateBase: [],
    isNew: [],
    loud: [],
    linkMethod: [],
    linkReason: [],
    images: [],
    ids: [],
    author: [],
    flags: [],
    policies: [],
    events: { exec: [], network: [], dns: [], file: [], other: [] },
    descendants: [],
    loudBelow: [],
    alerts: [],
    maxSeverity: [],
    rules: [],
  };
}

function emptyConnections(): TreeColumns['connections'] {
  return {
    count: 0,
    process: [],
    direction: [],
    protocol: [],
    name: [],
    nameEvidence: [],
    nameDetail: [],
    ip: [],
    port: [],
    scope: [],
    randomName: [],
    times: [],
    firstSeenUs: [],
    lastSeenUs: [],
    bytesSent: [],
    bytesReceived: [],
    verdict: [],
    verdictReason: [],
    peer: [],
    peerPod: [],
    peerConfidence: [],
    peers: [],
  };
}

function emptyImages(): TreeColumns['images'] {
  return {
    count: 0,
    execId: [],
    binary: [],
    arguments: [],
    startTimeUs: [],
    startTimeNs: [],
    lateByMs: [],
    isNew: [],
    alerts: [],
  };
}

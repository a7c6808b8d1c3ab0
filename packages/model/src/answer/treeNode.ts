import type { Derived, DerivedProcess, Leaf, LeafPeer, Lookup } from '../graph/derived.ts';
import type { WireConnection } from '../wire/connections.ts';
import type { TreeNode } from '../wire/tree.ts';
import { idsOf, wireAuthor } from './agentIds.ts';
import { type AnswerContext, endOf, podNameOf } from './context.ts';
import { processName } from './processName.ts';
import { rcodeName } from './rcodeName.ts';
import { timeTextOf } from './timeText.ts';
import { maxSeverityOf, toldAlerts } from './toldAlerts.ts';

/** Of one process in a tree; the process's own answer has more. */
const treeAlerts = 100;

/** One process as an object, as the flat tree and the command line show it. `depth` is the caller's; `mostAlerts`: the gravest so many. */
export function treeNode(
  context: AnswerContext,
  process: DerivedProcess,
  depth: number,
  parentRef: string | undefined,
  mostAlerts = treeAlerts,
): TreeNode {
  const { derived } = context;
  const container =
    process.container === undefined ? undefined : derived.containers[process.container];
  const exited = process.exitCode !== undefined || process.exitSignal !== '';
  return {
    ref: process.ref,
    parentRef: parentRef ?? null,
    depth,
    execId: process.execId,
    dialect: process.dialect,
    kind: process.kind,
    binary: process.binary,
    arguments: process.arguments,
    cwd: process.cwd,
    pid: process.pid ?? null,
    nsPid: process.nsPid ?? null,
    uid: process.uid ?? null,
    auid: process.auid ?? null,
    user: process.user,
    flags: process.flags.map(({ code }) => code),
    policies: [...process.counts.policies],
    startTime: timeTextOf(process.startTime),
    end: endOf(context, process),
    endTime: timeTextOf(process.endTime),
    exit: exited
      ? {
          code: process.exitCode ?? null,
          signal: process.exitSignal === '' ? null : process.exitSignal,
        }
      : null,
    container:
      container === undefined
        ? null
        : {
            id: container.fact.id,
            name: container.fact.name,
            image: container.fact.imageName ?? '',
            imageId: container.fact.imageId ?? '',
            docker: process.docker,
            startTime: timeTextOf(container.fact.startTime),
            pidInside: process.nsPid ?? null,
          },
    pod: podNameOf(derived, process) ?? null,
    role: process.role,
    lateByMs: process.lateByMs ?? null,
    lateBase: process.lateBase ?? null,
    isNew: process.isNew ?? null,
    loud: process.loud,
    linkMethod: process.linkMethod,
    suspect: process.suspect === '' ? null : process.suspect,
    images: process.images.map((image) => ({
      execId: image.execId,
      binary: image.binary,
      arguments: image.arguments,
      startTime: timeTextOf(image.startTime),
      lateByMs: image.lateByMs ?? null,
      isNew: image.isNew ?? null,
      alerts: image.alerts,
    })),
    ids: idsOf(process),
    lookups: process.lookups.map(wireLookup),
    connections: process.connections.map((leaf) => wireConnection(derived, leaf)),
    alerts: toldAlerts(process.alerts, mostAlerts),
    alertCount: process.alerts.length,
    maxSeverity: maxSeverityOf(process.alerts) ?? null,
    author: process.author === undefined ? null : wireAuthor(process.author),
    count: 1,
    members: [],
    periodMs: null,
  };
}

/** Lookups of one name as an object. */
export function wireLookup(lookup: Lookup): TreeNode['lookups'][number] {
  return {
    ...lookup,
    names: [...lookup.names],
    failures: lookup.failures.map((one) => ({ ...one, name: rcodeName(one.rcode) })),
    triesFailed: lookup.triesFailed.map((one) => ({ ...one, name: rcodeName(one.rcode) })),
    addresses: [...lookup.addresses],
  };
}

/** One leaf as an object. */
export function wireConnection(derived: Derived, leaf: Leaf): WireConnection {
  const peer = leaf.peer === undefined ? undefined : derived.processes[leaf.peer];
  const peerPod = peer === undefined ? undefined : podNameOf(derived, peer);
  return {
    name: leaf.name ?? null,
    nameEvidence: leaf.nameEvidence,
    nameDetail: leaf.nameDetail,
    otherNames: [...leaf.otherNames],
    ip: leaf.ip,
    port: leaf.port,
    protocol: leaf.protocol,
    direction: leaf.direction,
    scope: leaf.scope,
    external: leaf.external,
    randomName: leaf.randomName,
    randomDetail: leaf.randomDetail,
    count: leaf.count,
    bytesSent: leaf.bytesSent?.toString() ?? null,
    bytesReceived: leaf.bytesReceived?.toString() ?? null,
    firstSeen: timeTextOf(leaf.firstSeen),
    lastSeen: timeTextOf(leaf.lastSeen),
    verdict: leaf.verdict === '' ? null : leaf.verdict,
    verdictReason: leaf.verdictReason,
    peer:
      peer === undefined
        ? null
        : {
            ref: peer.ref,
            namespace: peerPod?.namespace ?? '',
            pod: peerPod?.name ?? '',
            binary: peer.binary,
            evidence: leaf.peerEvidence,
          },
    peers: leaf.peers.slice(0, listedPeers).flatMap((one) => peerItem(derived, one)),
    peerCount: leaf.peers.length,
  };
}

const listedPeers = 200;

function peerItem(derived: Derived, one: LeafPeer): WireConnection['peers'] {
  const name = processName(derived, one.process);
  if (name === undefined) return [];
  return [
    {
      ...name,
      lateByMs: derived.processes[one.process]?.lateByMs ?? null,
      count: one.count,
      bytesSent: one.bytesSent?.toString() ?? null,
      bytesReceived: one.bytesReceived?.toString() ?? null,
      firstSeen: timeTextOf(one.firstSeen),
      evidence: one.evidence,
      confidence: one.confidence,
    },
  ];
}

import type { FlowDirection } from '../../event/event.ts';
import type { Sighting } from '../../event/sighting.ts';
import { addressIdOf, nodeIdOf, podIdOf } from '../../event/spelledIds.ts';
import { isAddress } from '../address.ts';
import { countOf, enumOf, type JsonObject } from '../read.ts';
import type { FlowEnd, FlowEnds } from './ends.ts';
import { isReserved, podOf } from './pod.ts';

type Side = 'source' | 'destination';

/** Whose event a flow is, and which way it went from there. */
export interface Owner {
  readonly process: Sighting | undefined;
  readonly direction: FlowDirection;
  readonly side: Side;
}

const directions = new Map([
  [1, 'INGRESS'],
  [2, 'EGRESS'],
]);

/**
 * The end at which the agent saw the flow: it says the conversation's direction there, which a reply does not turn round. Without
 * a word the end that is an endpoint of its node, else the source. The other end's pod when that one is none.
 */
export function ownerOf(flow: JsonObject, ends: FlowEnds, node: string): Owner {
  const told = toldSide(flow, ends);
  const first = told ?? localSide(ends) ?? 'source';
  const isDirected = told !== undefined || ends.began;
  for (const side of [first, otherSide(first)]) {
    const process = podSightingOf(ends[side]);
    if (process !== undefined) return { process, direction: wayFrom(side, isDirected), side };
  }
  const process = sightingWithoutPod(ends[first], node);
  return { process, direction: wayFrom(first, isDirected), side: first };
}

/** What stands for one end: its pod, else its address when that may be a pod's, else the node. */
export function sightingOf(end: FlowEnd, node: string): Sighting | undefined {
  return podSightingOf(end) ?? sightingWithoutPod(end, node);
}

function toldSide(flow: JsonObject, { turned }: FlowEnds): Side | undefined {
  const told = enumOf(flow.traffic_direction, directions);
  if (told !== 'EGRESS' && told !== 'INGRESS') return undefined;
  const side = told === 'EGRESS' ? 'source' : 'destination';
  return turned ? otherSide(side) : side;
}

/** Only endpoints of the agent's own node have its number. */
function localSide({ source, destination }: FlowEnds): Side | undefined {
  if (isLocal(source)) return 'source';
  return isLocal(destination) ? 'destination' : undefined;
}

function isLocal({ endpoint }: FlowEnd): boolean {
  return (countOf(endpoint?.ID) ?? 0) > 0 && !isReserved(endpoint);
}

function otherSide(side: Side): Side {
  return side === 'source' ? 'destination' : 'source';
}

function wayFrom(side: Side, isDirected: boolean): FlowDirection {
  if (!isDirected) return 'unknown';
  return side === 'source' ? 'outbound' : 'inbound';
}

function podSightingOf({ endpoint }: FlowEnd): Sighting | undefined {
  const pod = podOf(endpoint);
  if (pod === undefined) return undefined;
  return { rank: 1, id: podIdOf('hubble', pod.namespace, pod.name, ''), traits: 0, pod };
}

function sightingWithoutPod({ ip, endpoint }: FlowEnd, node: string): Sighting | undefined {
  const hasAddress = isAddress(ip);
  if (hasAddress && (node === '' || !isReserved(endpoint))) {
    return { rank: 1, id: addressIdOf('hubble', ip), traits: 0 };
  }
  return node === '' ? undefined : { rank: 1, id: nodeIdOf('hubble', node), traits: 0 };
}

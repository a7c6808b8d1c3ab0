import type { FlowDirection } from '../../event/event.ts';
import type { Sighting } from '../../event/sighting.ts';
import { addressIdOf, nodeIdOf, podIdOf } from '../../event/spelledIds.ts';
import type { JsonObject } from '../read.ts';
import type { ZeekEnds } from './ends.ts';

/** Whom a record is of, and which way its connection went from there. */
export interface Owner {
  readonly process: Sighting | undefined;
  readonly direction: FlowDirection;
}

/**
 * The pod of the file's folder; else the local end's address, the originator's when both are or nothing is told; else the node.
 * Which way it went is known only where exactly one end is local.
 */
export function ownerOf(
  record: JsonObject,
  ends: ZeekEnds | undefined,
  pod: string,
  node: string,
): Owner {
  const direction = directionOf(record);
  if (pod !== '') return { process: podSighting(pod), direction };
  if (ends !== undefined) {
    const address = direction === 'inbound' ? ends.destinationIp : ends.sourceIp;
    return { process: bare(addressIdOf('zeek', address)), direction };
  }
  return { process: node === '' ? undefined : bare(nodeIdOf('zeek', node)), direction };
}

function directionOf({ local_orig: source, local_resp: destination }: JsonObject): FlowDirection {
  if (source === true && destination === false) return 'outbound';
  return source === false && destination === true ? 'inbound' : 'unknown';
}

/** Nothing tells the pod's namespace: sources that do are joined by its name. */
function podSighting(name: string): Sighting {
  return { ...bare(podIdOf('zeek', '', name, '')), pod: { namespace: '', name } };
}

function bare(id: string): Sighting {
  return { rank: 1, id, traits: 0 };
}

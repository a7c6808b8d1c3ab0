import { traitsOfAgent } from '../../event/agentTraits.ts';
import { dialectOf } from '../../event/dialects.ts';
import type { NameEvidence } from '../../event/event.ts';
import type { FlowFact } from '../../event/facts.ts';
import { readAddress } from '../network/address.ts';
import type { JudgedSocket } from '../networkContract.ts';
import type { LoosePlaces } from './places.ts';
import type { PodAddresses } from './podAddresses.ts';

/** A flow as its place sees it: events of a socket, whose process key is that of the place. */
export function* flowSockets(
  flow: FlowFact,
  isOwn: (address: string) => boolean | undefined,
): Iterable<JudgedSocket> {
  const { process, cluster, node, time, end, cookie, protocol, verdict, reason } = flow;
  const outbound = isOutbound(flow, isOwn);
  const ends = {
    sourceIp: flow.sourceIp,
    sourcePort: flow.sourcePort,
    destinationIp: flow.destinationIp,
    destinationPort: flow.destinationPort,
  };
  const [sent, received] = outbound
    ? [flow.bytesSent, flow.bytesReceived]
    : [flow.bytesReceived, flow.bytesSent];
  const peer = outbound ? flow.destinationPod : flow.sourcePod;
  const opening: JudgedSocket = {
    process,
    cluster,
    node,
    kind: outbound ? 'connect' : 'accept',
    ...(time === undefined ? {} : { time }),
    protocol,
    ...ends,
    cookie,
    names: outbound ? flow.names : [],
    ...(outbound && flow.names.length > 0 ? { nameEvidence: evidenceOf(flow) } : {}),
    ...(peer === undefined ? {} : { peerPod: peer }),
    ...(verdict === '' ? {} : { verdict: { verdict, reason } }),
    teller: dialectOf(flow.label),
  };
  yield {
    ...opening,
    ...(sent === undefined ? {} : { bytesSent: sent }),
    ...(received === undefined ? {} : { bytesReceived: received }),
  };
  if (end !== undefined && end !== time) {
    yield {
      ...opening,
      kind: 'close',
      time: end,
      // A closed socket prints its own end first.
      ...(outbound ? ends : turned(ends)),
      ...(sent === undefined ? {} : { bytesSent: sent }),
      ...(received === undefined ? {} : { bytesReceived: received }),
    };
  }
}

function evidenceOf({ label }: FlowFact): NameEvidence {
  return traitsOfAgent(dialectOf(label)).namesOfFlows;
}

function isOutbound(
  { direction, sourceIp, destinationIp }: FlowFact,
  isOwn: (address: string) => boolean | undefined,
): boolean {
  if (direction !== 'unknown') return direction === 'outbound';
  if (isOwn(sourceIp) === true) return true;
  return isOwn(destinationIp) !== true;
}

interface SocketEnds {
  readonly sourceIp: string;
  readonly sourcePort: number;
  readonly destinationIp: string;
  readonly destinationPort: number;
}

function turned(ends: SocketEnds): SocketEnds {
  return {
    sourceIp: ends.destinationIp,
    sourcePort: ends.destinationPort,
    destinationIp: ends.sourceIp,
    destinationPort: ends.sourcePort,
  };
}

/**
 * Which addresses are a place's own: those that the pod is known to have; of a pod whose address nobody tells, the one that stands in
 * most of its flows, for a sniffer beside it sees nothing else.
 */
export class OwnAddresses {
  readonly #places: LoosePlaces;
  readonly #addresses: PodAddresses;
  readonly #counts = new Map<number, Map<string, number>>();
  readonly #commonest = new Map<number, string>();

  constructor(flows: readonly FlowFact[], places: LoosePlaces, addresses: PodAddresses) {
    this.#places = places;
    this.#addresses = addresses;
    for (const { process, sourceIp, destinationIp, direction } of flows) {
      const place = places.placeOf.get(process);
      if (place === undefined || direction !== 'unknown') continue;
      const counts = this.#counts.get(place) ?? new Map<string, number>();
      this.#counts.set(place, counts);
      for (const ip of [sourceIp, destinationIp]) counts.set(ip, (counts.get(ip) ?? 0) + 1);
    }
  }

  /** Undefined: not known. */
  isOwn(process: string, address: string): boolean | undefined {
    const place = this.#places.placeOf.get(process) ?? -1;
    const { pod, cluster, address: own = '' } = this.#places.places[place] ?? {};
    if (own !== '') return readAddress(own).text === readAddress(address).text;
    const holder = cluster === undefined ? undefined : this.#addresses.podOf(cluster, address);
    if (holder !== undefined) return holder === pod;
    return this.#commonestOf(place) === address;
  }

  #commonestOf(place: number): string {
    const known = this.#commonest.get(place);
    if (known !== undefined) return known;
    let best = '';
    let most = 0;
    for (const [ip, count] of this.#counts.get(place) ?? []) {
      if (count > most || (count === most && ip < best)) {
        best = ip;
        most = count;
      }
    }
    this.#commonest.set(place, best);
    return best;
  }
}

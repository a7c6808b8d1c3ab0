import type { SocketDetail } from '../../event/event.ts';
import { addressOf } from '../address.ts';
import { lookupName } from '../names.ts';
import { countOf, isObject, objectOf, portOf, textOf, textsOf } from '../read.ts';
import { type Arguments, unwrapped } from './arguments.ts';

/** One end of a connection. */
export interface End {
  readonly ip: string;
  readonly port: number;
}

const nowhere: End = { ip: '', port: 0 };

const INET = 2;
const INET6 = 10;

/** The end that a socket address says; undefined for one that is not of the internet. */
export function sockAddress(value: unknown): End | undefined {
  if (!isObject(value)) return undefined;
  const family = value.sa_family;
  if (family === 'AF_INET' || family === INET) {
    return { ip: addressOf(value.sin_addr), port: portOf(value.sin_port) ?? 0 };
  }
  if (family === 'AF_INET6' || family === INET6) {
    return { ip: addressOf(value.sin6_addr), port: portOf(value.sin6_port) ?? 0 };
  }
  return undefined;
}

/** The path of a local socket's address. */
export function socketPath(value: unknown): string | undefined {
  return textOf(objectOf(value)?.sun_path);
}

/** The ends of a packet: arguments of their own, or the packet's metadata; undefined when neither names an address. */
export function packetEnds(args: Arguments): { from: End; to: End } | undefined {
  const packet = objectOf(args.get('metadata') ?? args.get('packet_metadata'));
  const from = endOf(
    args.get('src') ?? packet?.src_ip ?? packet?.src,
    args.get('src_port') ?? packet?.src_port,
  );
  const to = endOf(
    args.get('dst') ?? packet?.dst_ip ?? packet?.dst,
    args.get('dst_port') ?? packet?.dst_port,
  );
  return from.ip === '' && to.ip === '' ? undefined : { from, to };
}

/** Tells whether a packet came in, as far as the record says its direction. */
export function isIncoming(args: Arguments): boolean {
  const packet = objectOf(args.get('metadata') ?? args.get('packet_metadata'));
  const direction = packet?.direction ?? args.get('direction');
  return direction === 1 || /^ingress$/i.test(textOf(direction) ?? '');
}

/** A socket between two ends. */
export function socketOf(
  from: End | undefined,
  to: End | undefined,
  protocol: string,
  names: readonly string[] = [],
): SocketDetail {
  return {
    protocol,
    sourceIp: from?.ip ?? nowhere.ip,
    sourcePort: from?.port ?? nowhere.port,
    destinationIp: to?.ip ?? nowhere.ip,
    destinationPort: to?.port ?? nowhere.port,
    cookie: '',
    names,
    ...(names.length === 0 ? {} : { nameEvidence: 'destination_names' as const }),
  };
}

/** The names that a list of texts, or one text, gives a destination. */
export function namesOf(value: unknown): readonly string[] {
  return textsOf(Array.isArray(value) ? value : [value]).map(lookupName);
}

const protocols = new Map([
  [1, 'ICMP'],
  [6, 'TCP'],
  [17, 'UDP'],
  [58, 'ICMPV6'],
]);

/** A protocol by its number or name. */
export function protocolOf(value: unknown): string {
  const number = countOf(unwrapped(value));
  return (number === undefined ? textOf(value)?.toUpperCase() : protocols.get(number)) ?? '';
}

/** What a socket of that type speaks. */
export function protocolOfType(value: unknown): string {
  if (value === 1 || value === 'SOCK_STREAM') return 'TCP';
  return value === 2 || value === 'SOCK_DGRAM' ? 'UDP' : '';
}

/** An end from an address and a port. */
export function endOf(ip: unknown, port: unknown): End {
  return { ip: addressOf(ip), port: portOf(port) ?? 0 };
}

import type { DnsDetail, SocketDetail } from '../../event/event.ts';
import { isAddress } from '../address.ts';
import { lookupName } from '../names.ts';
import { portOf } from '../read.ts';
import { behindCall, callOf, type Pairs, pairsOf } from './pairs.ts';
import type { KubeArmorRecord } from './record.ts';

/** What a network operation was. */
export type NetworkAct =
  | { readonly kind: 'connect' | 'accept'; readonly socket: SocketDetail; readonly words: string }
  | { readonly kind: 'dns'; readonly dns: DnsDetail; readonly words: string }
  /** A socket made, bound or listened on, or one that has no address (unix, netlink). */
  | { readonly kind: 'other'; readonly words: string };

const connects: ReadonlySet<string> = new Set(['connect', 'tcp_connect']);
const accepts: ReadonlySet<string> = new Set(['accept', 'accept4', 'tcp_accept']);
const senders: ReadonlySet<string> = new Set(['udp_sendmsg', 'udp_sendskb', 'socket_sendmsg']);

const DNS_PORT = 53;

/** Reads a record of operation `Network`. */
export function networkActOf(record: KubeArmorRecord): NetworkAct {
  const { call } = record;
  const resourcePairs = pairsOf(record.resource);
  const sources = [resourcePairs, record.dataPairs, record.eventPairs];
  if (senders.has(call)) {
    const dns = questionOf(record, sources);
    if (dns !== undefined) return { kind: 'dns', dns, words: `ask ${dns.names.join(' ')}` };
  }
  const words = wordsOf(record, sources);
  const kind = kindOf(call);
  const end = isLocal(sources) ? undefined : endOf(sources);
  if (kind === undefined || end === undefined) return { kind: 'other', words };
  const protocol = protocolOf(call, sources);
  // Only the remote end is told.
  const ends =
    kind === 'connect'
      ? { sourceIp: '', sourcePort: 0, destinationIp: end.ip, destinationPort: end.port }
      : { sourceIp: end.ip, sourcePort: end.port, destinationIp: '', destinationPort: 0 };
  return { kind, socket: { protocol, ...ends, cookie: '', names: [] }, words };
}

function kindOf(call: string): 'connect' | 'accept' | undefined {
  if (connects.has(call)) return 'connect';
  return accepts.has(call) ? 'accept' : undefined;
}

/** The first of the sources that has one of the keys. */
function find(sources: readonly Pairs[], ...keys: readonly string[]): string | undefined {
  for (const pairs of sources) {
    for (const key of keys) {
      const value = pairs.get(key);
      if (value !== undefined && value !== '') return value;
    }
  }
  return undefined;
}

/** A socket of the machine itself. Its path is text of whoever made it, and may look like an address. */
function isLocal(sources: readonly Pairs[]): boolean {
  const [resource] = sources;
  return resource?.has('sun_path') === true || familyOf(sources) === 'AF_UNIX';
}

function familyOf(sources: readonly Pairs[]): string | undefined {
  const family = find(sources, 'sa_family');
  if (family !== undefined) return family;
  const domain = find(sources, 'domain');
  return domain?.startsWith('AF_') === true ? domain : undefined;
}

function endOf(
  sources: readonly Pairs[],
): { readonly ip: string; readonly port: number } | undefined {
  const ip = find(sources, 'remoteip', 'sin_addr', 'sin6_addr');
  if (ip === undefined || !isAddress(ip)) return undefined;
  return {
    ip: ip.toLowerCase(),
    port: portOf(find(sources, 'port', 'sin_port', 'sin6_port')) ?? 0,
  };
}

function protocolOf(call: string, sources: readonly Pairs[]): string {
  if (call.startsWith('tcp_')) return 'TCP';
  const protocol = find(sources, 'protocol')?.toUpperCase() ?? '';
  return /^[A-Z][A-Z0-9]{1,15}$/.test(protocol) ? protocol : '';
}

/** A lookup: only questions are seen, no answers. The name is asked for by whoever runs there, commas and all. */
function questionOf(record: KubeArmorRecord, sources: readonly Pairs[]): DnsDetail | undefined {
  const { domain, rest } = domainOf(record, sources);
  if (domain === '' || domain.startsWith('AF_')) return undefined;
  const type = rest.get('qtype') ?? '';
  const resolver = rest.get('daddr') ?? '';
  return {
    response: false,
    rcode: 0,
    names: [lookupName(domain)],
    ips: [],
    types: /^[A-Za-z0-9]{1,10}$/.test(type) ? [type.toUpperCase()] : [],
    resolverIp: isAddress(resolver) ? resolver.toLowerCase() : '',
    resolverPort: portOf(find(sources, 'sin_port')) ?? DNS_PORT,
  };
}

/** The name up to the last `daddr`: a name that holds another one cannot put its own in its place. */
function domainOf(
  { data, dataPairs, eventPairs }: KubeArmorRecord,
  sources: readonly Pairs[],
): { readonly domain: string; readonly rest: Pairs } {
  const from = /[ ,]domain=/i.exec(data);
  if (from === null || callOf(dataPairs) === '') {
    return { domain: find(sources, 'domain') ?? '', rest: eventPairs };
  }
  const begin = from.index + from[0].length;
  const cut = Math.max(data.lastIndexOf(',daddr='), data.lastIndexOf(' daddr='));
  const end = cut < begin ? data.length : cut;
  return { domain: data.slice(begin, end), rest: pairsOf(data.slice(end)) };
}

/** `connect 10.0.0.1:443`, `bind /run/x.sock`, `socket AF_UNIX SOCK_STREAM`, else what the agent says. */
function wordsOf(record: KubeArmorRecord, sources: readonly Pairs[]): string {
  const { call, resource } = record;
  const verb = call.replace(/^(?:tcp|socket)_/, '') || 'network';
  const end = isLocal(sources) ? undefined : endOf(sources);
  const words = end === undefined ? unaddressedWords(record, sources) : addressWords(end);
  return [verb, sunPathOf(resource) || words].filter((word) => word !== '').join(' ');
}

function addressWords({ ip, port }: { readonly ip: string; readonly port: number }): string {
  return `${ip.includes(':') ? `[${ip}]` : ip}:${port}`;
}

function unaddressedWords({ resource, data }: KubeArmorRecord, sources: readonly Pairs[]): string {
  const family = familyOf(sources);
  const unreadable = find(sources, 'remoteip', 'sin_addr', 'sin6_addr') !== undefined;
  if (family === undefined || unreadable) return resource || behindCall(data);
  const [type = ''] = (find(sources, 'type') ?? '').split('|');
  return type === '' ? family : `${family} ${type}`;
}

/** The path of a unix socket, spaces and all; its key may stand before or behind the family. */
function sunPathOf(resource: string): string {
  const at = resource.indexOf('sun_path=');
  if (at < 0) return '';
  return resource.slice(at + 'sun_path='.length).replace(/ sa_family=AF_UNIX$/, '');
}

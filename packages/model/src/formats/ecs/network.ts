import type { DnsDetail, ProcessEvent, SocketDetail } from '../../event/event.ts';
import { addressOf, isAddress } from '../address.ts';
import { lookupName } from '../names.ts';
import { type JsonObject, type Precision, portOf, uint64Of } from '../read.ts';
import type { EventBase } from './base.ts';
import { countAt, fieldAt, firstOf, textAt, textsAt } from './fields.ts';
import { actionsOf } from './happening.ts';

const DNS_PORT = 53;

/** A connection that is tried, accepted or gone; its ends as printed. */
export function connectionEvent(
  record: JsonObject,
  base: EventBase,
  kind: 'connect' | 'accept' | 'close',
  precision: Precision,
): ProcessEvent {
  return { ...base, kind, socket: { ...endsOf(record), ...bytesOf(record, precision) } };
}

/** A question to a resolver, or what came back. */
export function lookupEvent(record: JsonObject, base: EventBase): ProcessEvent {
  const ends = endsOf(record);
  const isAsked = ends.destinationPort === DNS_PORT;
  const names = textsAt(record, 'dns.question.name').map(lookupName);
  const [subject] = names;
  const dns: DnsDetail = {
    response: actionsOf(record).includes('lookup_result'),
    rcode: rcodeOf(record),
    names,
    ips: textsAt(record, 'dns.resolved_ip').map((ip) => ip.toLowerCase()),
    types: textsAt(record, 'dns.question.type').map((type) => type.toUpperCase()),
    resolverIp: isAsked ? ends.destinationIp : '',
    resolverPort: isAsked ? ends.destinationPort : 0,
  };
  return { ...base, kind: 'dns', dns, ...(subject === undefined ? {} : { subject }) };
}

const rcodes = new Map([
  ['NOERROR', 0],
  ['FORMERR', 1],
  ['SERVFAIL', 2],
  ['NXDOMAIN', 3],
  ['NOTIMP', 4],
  ['REFUSED', 5],
]);

/** Windows' error numbers of DNS are 9000 and the code. */
const WINDOWS_RCODES = 9_000;

/** The answer's code; 0 where the document has no word of it that we know. */
function rcodeOf(record: JsonObject): number {
  const named = rcodes.get(textAt(record, 'dns.response_code')?.toUpperCase() ?? '');
  if (named !== undefined) return named;
  const status = (countAt(record, 'dns.Ext.status') ?? 0) - WINDOWS_RCODES;
  return status > 0 && status <= 23 ? status : 0;
}

function endsOf(record: JsonObject): SocketDetail {
  const name = nameOf(record);
  return {
    protocol: textAt(record, 'network.transport')?.toUpperCase() ?? '',
    sourceIp: addressAt(record, 'source'),
    sourcePort: portOf(firstOf(fieldAt(record, 'source.port'))) ?? 0,
    destinationIp: addressAt(record, 'destination'),
    destinationPort: portOf(firstOf(fieldAt(record, 'destination.port'))) ?? 0,
    cookie: '',
    names: name === undefined ? [] : [name],
    ...(name === undefined ? {} : { nameEvidence: 'destination_names' as const }),
  };
}

/** `ip`, else `address`, which may be a name. */
function addressAt(record: JsonObject, end: 'source' | 'destination'): string {
  const ip = textAt(record, `${end}.ip`);
  if (ip !== undefined) return addressOf(ip);
  const address = textAt(record, `${end}.address`) ?? '';
  return isAddress(address) ? addressOf(address) : '';
}

function nameOf(record: JsonObject): string | undefined {
  const domain = textAt(record, 'destination.domain');
  if (domain !== undefined) return lookupName(domain);
  const address = textAt(record, 'destination.address') ?? '';
  return address === '' || isAddress(address) ? undefined : lookupName(address);
}

/** What the process sent and received: of a connection that came in the source is the other side. */
function bytesOf(record: JsonObject, precision: Precision) {
  const fromSource = uint64Of(firstOf(fieldAt(record, 'source.bytes')), precision);
  const fromDestination = uint64Of(firstOf(fieldAt(record, 'destination.bytes')), precision);
  const direction = textAt(record, 'network.direction')?.toLowerCase();
  const isIncoming = direction === 'ingress' || direction === 'inbound' || direction === 'incoming';
  const sent = isIncoming ? fromDestination : fromSource;
  const received = isIncoming ? fromSource : fromDestination;
  return {
    ...(sent === undefined ? {} : { bytesSent: sent }),
    ...(received === undefined ? {} : { bytesReceived: received }),
  };
}

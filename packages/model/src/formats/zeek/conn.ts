import type { FlowDetail, ProcessEvent } from '../../event/event.ts';
import { nanos } from '../../event/time.ts';
import { type JsonObject, oneLine, type Precision, textOf, uint64Of } from '../read.ts';
import { type Connection, subjectPart } from './base.ts';
import type { ZeekEnds } from './ends.ts';
import { transportOf } from './streams.ts';
import { intervalOf } from './time.ts';

/** `conn`: a connection with its end, its bytes and how it ended (`conn_state`). */
export function readConn(
  record: JsonObject,
  { base, ends, owner }: Connection,
  precision: Precision,
): ProcessEvent {
  const sent = uint64Of(record.orig_bytes, precision);
  const received = uint64Of(record.resp_bytes, precision);
  const lasted = intervalOf(record.duration);
  const flow: FlowDetail = {
    ...flowOf(ends, protocolOf(record.proto, ends)),
    direction: owner.direction,
    reason: oneLine(textOf(record.conn_state) ?? ''),
    ...(sent === undefined ? {} : { bytesSent: sent }),
    ...(received === undefined ? {} : { bytesReceived: received }),
    ...(lasted === undefined || base.time === undefined ? {} : { end: nanos(base.time + lasted) }),
  };
  return { ...base, kind: 'flow', flow, ...subjectPart(oneLine(textOf(record.service) ?? '')) };
}

/** Any other stream that has a connection's ids: the connection, and the stream's name as what it is about. */
export function readOther(
  record: JsonObject,
  stream: string,
  subject: string,
  { base, ends, owner }: Connection,
): ProcessEvent {
  const protocol = protocolOf(record.proto, ends);
  const flow: FlowDetail = {
    ...flowOf(ends, protocol === '' ? transportOf(stream) : protocol),
    direction: owner.direction,
  };
  return { ...base, kind: 'flow', flow, ...subjectPart(subject) };
}

/** `TCP`, `UDP`, `SCTP`; `ICMPv4` and `ICMPv6`, which Zeek calls by one name. Empty when not told. */
export function protocolOf(value: unknown, { sourceIp }: ZeekEnds): string {
  const name = oneLine(textOf(value) ?? '').toUpperCase();
  if (name === 'ICMP') return sourceIp.includes(':') ? 'ICMPv6' : 'ICMPv4';
  return name === 'UNKNOWN_TRANSPORT' ? '' : name;
}

/** A connection of which nothing but its ends is told. */
export function flowOf(ends: ZeekEnds, protocol: string): FlowDetail {
  // Zeek prints type and code of ICMP where ports stand.
  const hasPorts = !protocol.startsWith('ICMP');
  return {
    direction: 'unknown',
    protocol,
    sourceIp: ends.sourceIp,
    sourcePort: hasPorts ? ends.sourcePort : 0,
    destinationIp: ends.destinationIp,
    destinationPort: hasPorts ? ends.destinationPort : 0,
    cookie: '',
    names: [],
    verdict: '',
    reason: '',
  };
}

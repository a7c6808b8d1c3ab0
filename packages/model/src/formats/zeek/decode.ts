import { labelOf } from '../../event/dialects.ts';
import type { ProcessEvent } from '../../event/event.ts';
import type { Nanos } from '../../event/time.ts';
import type { Decoded, Decoder, Origin } from '../format.ts';
import { isObject, type JsonObject, type Precision } from '../read.ts';
import { type Connection, type EventBase, subjectPart } from './base.ts';
import { captureLossOf } from './captureLoss.ts';
import { isZeekRecord } from './claim.ts';
import { readConn, readOther } from './conn.ts';
import { readDns } from './dns.ts';
import { endsOf } from './ends.ts';
import { readHttp } from './http.ts';
import { type Owner, ownerOf } from './owner.ts';
import { podOfPath } from './podOfPath.ts';
import { plainStream, streamOf } from './streamOf.ts';
import { isExcluded } from './streams.ts';
import { subjectOf } from './subject.ts';
import { zeekTime } from './time.ts';
import { readTls } from './tls.ts';

/** Reads Zeek's records. */
export class ZeekDecoder implements Decoder {
  decode(value: unknown, origin?: Origin): Decoded {
    if (!isObject(value) || !isZeekRecord(value)) {
      return rejected('no_event', 'neither a stream nor a connection');
    }
    const path = origin?.path ?? '';
    const stream = streamOf(value, path);
    if (isExcluded(stream)) return lossOrSkip(value, stream, path, origin);
    const node = origin?.node ?? '';
    const ends = endsOf(value);
    const owner = ownerOf(value, ends, podOfPath(path), node);
    const base = baseOf(value, stream, owner, origin);
    if (ends === undefined) return withoutEnds(value, stream, base);
    const precision: Precision = { lost: false };
    const event = readStream(value, stream, { base, ends, owner }, precision);
    return precision.lost ? { kind: 'imprecise' } : { kind: 'events', events: [event] };
  }
}

function readStream(
  record: JsonObject,
  stream: string,
  connection: Connection,
  precision: Precision,
): ProcessEvent {
  switch (plainStream(stream)) {
    case 'conn':
      return readConn(record, connection, precision);
    case 'dns':
      return readDns(record, connection);
    case 'http':
      return readHttp(record, connection);
    case 'ssl':
      return readTls(record, connection);
    default:
      return readOther(record, stream, subjectOf(record, stream), connection);
  }
}

/** These are nothing without their connection; every other stream has records that are of none. */
const ofConnections = new Set(['conn', 'dns', 'http', 'ssl']);

function withoutEnds(record: JsonObject, stream: string, base: EventBase): Decoded {
  if (ofConnections.has(plainStream(stream))) {
    return rejected('bad_field', `${stream} without the connection's addresses`);
  }
  const event: ProcessEvent = {
    ...base,
    kind: 'other',
    ...subjectPart(subjectOf(record, stream)),
  };
  return { kind: 'events', events: [event] };
}

/** Of the excluded streams one tells of losses: those are gaps. */
function lossOrSkip(
  record: JsonObject,
  stream: string,
  path: string,
  origin: Origin | undefined,
): Decoded {
  const gap = stream === 'capture_loss' ? captureLossOf(record) : undefined;
  if (gap === undefined) return { kind: 'skipped', reason: 'excluded_stream' };
  const owner = ownerOf(record, undefined, podOfPath(path), origin?.node ?? '');
  const base = baseOf(record, stream, owner, origin);
  return {
    kind: 'events',
    events: [{ ...base, kind: 'lost', gap, ...subjectPart(gap.cgroup ?? '') }],
  };
}

function baseOf(
  record: JsonObject,
  stream: string,
  { process }: Owner,
  origin: Origin | undefined,
): EventBase {
  const time = toldTime(record['ts']) ?? toldTime(record['_write_ts']) ?? origin?.time;
  const cluster = origin?.cluster;
  return {
    dialect: 'zeek',
    label: labelOf('zeek', stream === '' ? 'unnamed' : stream),
    node: origin?.node ?? '',
    ancestors: [],
    ...(time === undefined ? {} : { time }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(process === undefined ? {} : { process }),
  };
}

/** Zeek prints 0 before it has seen a packet: no time. */
function toldTime(value: unknown): Nanos | undefined {
  const time = zeekTime(value);
  return time === 0n ? undefined : time;
}

function rejected(reason: 'no_event' | 'bad_field', detail: string): Decoded {
  return { kind: 'rejected', reason, detail };
}

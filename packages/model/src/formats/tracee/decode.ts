import { labelOf } from '../../event/dialects.ts';
import type { ProcessEvent } from '../../event/event.ts';
import type { Decoded, Decoder, Origin } from '../format.ts';
import { clippedLine } from '../logText.ts';
import { isObject, oneLine, type Precision } from '../read.ts';
import { argumentWords } from './arguments.ts';
import type { BodyReader, EventBase } from './base.ts';
import { shapeOf } from './claim.ts';
import { readClassic } from './classic.ts';
import { readDns } from './dns.ts';
import { fileVerbs, readFile, readLibrary } from './files.ts';
import { childOf, exitOf, isWholeExit } from './lives.ts';
import { networkReaders } from './network.ts';
import {
  actingFamily,
  endedFamily,
  executedFamily,
  type Family,
  forkedFamily,
} from './processes.ts';
import type { TraceeRecord } from './record.ts';
import { readV1beta1 } from './v1beta1.ts';

/** Arguments that a subject has room for. */
const MOST_WORDS = 8;

const readers: ReadonlyMap<string, BodyReader> = new Map<string, BodyReader>([
  ...networkReaders,
  ...Array.from(fileVerbs.keys(), (name): [string, BodyReader] => [name, readFile]),
  ['net_packet_dns', readDns],
  ['net_packet_dns_request', readDns],
  ['net_packet_dns_response', readDns],
  ['shared_object_loaded', readLibrary],
]);

/** Reads records of Tracee, one event each. */
export class TraceeDecoder implements Decoder {
  decode(value: unknown, origin?: Origin): Decoded {
    const shape = shapeOf(value);
    if (shape === undefined || !isObject(value)) {
      return { kind: 'rejected', reason: 'no_event', detail: 'no event of Tracee' };
    }
    const precision: Precision = { lost: false };
    const read = shape === 'classic' ? readClassic : readV1beta1;
    const record = read(value, origin, precision);
    if (record.name === '') {
      return { kind: 'rejected', reason: 'bad_field', detail: 'the event has no name' };
    }
    const event = eventOf(record, precision);
    return precision.lost ? { kind: 'imprecise' } : { kind: 'events', events: [event] };
  }
}

function eventOf(record: TraceeRecord, precision: Precision): ProcessEvent {
  const { name, alert } = record;
  if (alert !== undefined) {
    const base = baseOf(record, actingFamily(record));
    return { ...base, kind: 'alert', alert, ...subjectOf(record) };
  }
  switch (name) {
    case 'sched_process_exec':
      return { ...baseOf(record, executedFamily(record)), kind: 'exec' };
    case 'sched_process_fork':
      return forkEvent(record, precision);
    case 'sched_process_exit':
      return exitEvent(record);
    default:
      return plainEvent(record);
  }
}

function forkEvent(record: TraceeRecord, precision: Precision): ProcessEvent {
  const child = childOf(record, precision);
  const family = child === undefined ? actingFamily(record) : forkedFamily(record, child);
  const subject = child === undefined ? 'new thread' : 'fork';
  return { ...baseOf(record, family), kind: 'other', subject };
}

function exitEvent(record: TraceeRecord): ProcessEvent {
  if (!isWholeExit(record)) {
    return { ...baseOf(record, actingFamily(record)), kind: 'other', subject: 'thread exit' };
  }
  return { ...baseOf(record, endedFamily(record)), kind: 'exit', exit: exitOf(record.args) };
}

/** Everything else; what its reader cannot tell is named with its arguments. */
function plainEvent(record: TraceeRecord): ProcessEvent {
  const base = baseOf(record, actingFamily(record));
  const event = readers.get(record.name)?.(record, base);
  return event ?? { ...base, kind: 'other', ...subjectOf(record) };
}

function baseOf(record: TraceeRecord, { process, parent, ancestors }: Family): EventBase {
  const { name, alert, time, node, cluster } = record;
  return {
    dialect: 'tracee',
    label: labelOf('tracee', oneLine(alert?.rule ?? name)),
    node,
    ...(time === undefined ? {} : { time }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(process === undefined ? {} : { process }),
    ...(parent === undefined ? {} : { parent }),
    ancestors,
  };
}

/** `execve /bin/ls ls -l`, and the number of the error when the call failed. */
function subjectOf({ name, args, returned }: TraceeRecord): { readonly subject: string } {
  const words: string[] = [name];
  for (const [key, value] of [...args].slice(0, MOST_WORDS)) {
    const word = isLeftOut(key) ? undefined : argumentWords(value);
    if (word !== undefined) words.push(word);
  }
  if (returned !== undefined && returned < 0) words.push(`= ${returned}`);
  return { subject: clippedLine(words.join(' ')) };
}

/** The environment is long, and secrets stand in it; what the call returned is said at the end. */
function isLeftOut(name: string): boolean {
  return name === 'env' || name === 'envp' || name === 'returnValue';
}

import { labelOf } from '../../event/dialects.ts';
import type { ExitDetail, ProcessEvent } from '../../event/event.ts';
import { Trait } from '../../event/traits.ts';
import type { Decoded, Decoder, Origin } from '../format.ts';
import { clippedLine } from '../logText.ts';
import type { Precision } from '../read.ts';
import { signalName } from '../signalName.ts';
import type { EventBase } from './base.ts';
import type { Call } from './call.ts';
import { fileSubject } from './files.ts';
import { childOf, lineageOf, valueOf } from './info.ts';
import { readLine } from './line.ts';
import { callerOf, executedOf, type Family, forkedOf } from './processes.ts';
import { isSysdigObject, readObject } from './record.ts';
import { socketEvent } from './sockets.ts';

/** Reads sysdig's lines and objects, one event each. */
export class SysdigDecoder implements Decoder {
  decode(value: unknown, origin?: Origin): Decoded {
    if (!isSysdigObject(value)) return rejected('no object of sysdig -j');
    const precision: Precision = { lost: false };
    const call = readObject(value, precision);
    if (precision.lost) return { kind: 'imprecise' };
    return { kind: 'events', events: [eventOf(withOrigin(call, origin), origin)] };
  }

  decodeText(line: string, origin?: Origin): Decoded {
    const call = readLine(line);
    if (call === undefined) return rejected('no line of sysdig in its default format');
    return { kind: 'events', events: [eventOf(withOrigin(call, origin), origin)] };
  }
}

function rejected(detail: string): Decoded {
  return { kind: 'rejected', reason: 'no_event', detail };
}

/** What is known from around the record, where it is silent. */
function withOrigin(call: Call, origin: Origin | undefined): Call {
  if (origin === undefined) return call;
  return {
    ...call,
    time: call.time ?? origin.time,
    pod: call.pod ?? origin.pod,
    container: call.container ?? origin.container,
  };
}

const execs = new Set(['execve', 'execveat']);
const forks = new Set(['clone', 'clone3', 'fork', 'vfork']);

function eventOf(call: Call, origin: Origin | undefined): ProcessEvent {
  const node = origin?.node ?? '';
  const place = { node, cluster: origin?.cluster };
  const hasWorked = call.direction === 'exit' && (call.result ?? -1) >= 0;
  if (hasWorked && execs.has(call.type)) {
    const family = executedOf(call, lineageOf(call.info), node);
    return { ...baseOf(call, family, place), kind: 'exec', ...subjectOf(call, '') };
  }
  if (hasWorked && forks.has(call.type)) {
    const base = baseOf(call, forkFamily(call, node), place);
    return { ...base, kind: 'other', ...subjectOf(call, wordsOf(call)) };
  }
  if (call.type === 'procexit' && (call.tid === undefined || call.pid === call.tid)) {
    const family = callerOf(call, node, Trait.exitSeen | Trait.ownEventSeen);
    const base = baseOf(call, family, place);
    return { ...base, kind: 'exit', exit: exitOf(call.info), ...subjectOf(call, '') };
  }
  const base = baseOf(call, callerOf(call, node), place);
  const socket = socketEvent(call, { ...base, ...subjectOf(call, '') });
  if (socket !== undefined) return socket;
  const file = fileSubject(call);
  if (file !== undefined) return { ...base, kind: 'file', ...subjectOf(call, file) };
  return { ...base, kind: 'other', ...subjectOf(call, wordsOf(call)) };
}

function baseOf(
  { type, time }: Call,
  { process, parent }: Family,
  { node, cluster }: { readonly node: string; readonly cluster: string | undefined },
): EventBase {
  return {
    dialect: 'sysdig',
    label: labelOf('sysdig', type),
    node,
    ...(time === undefined ? {} : { time }),
    ...(cluster === undefined ? {} : { cluster }),
    ...(process === undefined ? {} : { process }),
    ...(parent === undefined ? {} : { parent }),
    ancestors: [],
  };
}

/** Both sides of a fork tell of the child: its own with `res=0`, the other with its pid. A thread is none. */
function forkFamily(call: Call, node: string): Family {
  const lineage = lineageOf(call.info);
  const child = childOf(call.info);
  if (lineage === undefined || child === undefined || isThread(call.info)) {
    return callerOf(call, node);
  }
  if (child.pid === 0) return forkedOf(call, lineage.pid, lineage.parent, node);
  return forkedOf(call, child, lineage.pid, node);
}

function isThread(info: string): boolean {
  return /(?:^| )flags=\S*CLONE_THREAD/.test(info);
}

/** Code and signal where they stand apart, else the kernel's status with both in it. */
function exitOf(info: string): ExitDetail {
  const code = numberOf(info, 'ret');
  const signal = numberOf(info, 'sig');
  const status = numberOf(info, 'status');
  if (signal !== undefined && signal > 0) return { signal: signalName(signal) };
  if (code !== undefined) return { code };
  if (status === undefined || status > 0xffff) return {};
  const killed = status & 0x7f;
  return killed === 0 ? { code: (status >> 8) & 0xff } : { signal: signalName(killed) };
}

function numberOf(info: string, key: string): number | undefined {
  const digits = /^\d{1,10}/.exec(valueOf(info, key) ?? '');
  return digits === null ? undefined : Number(digits[0]);
}

/** `> read fd=3(<f>/x) size=16` when the call begins, `read res=16` when it is over. */
function wordsOf({ direction, type, info }: Call): string {
  const words = direction === 'enter' ? ['>', type] : [type];
  return [...words, ...(info === '' ? [] : [info])].join(' ');
}

/** A line tells no day: its time of day goes before what it is about. */
function subjectOf({ clock }: Call, words: string): { readonly subject?: string } {
  const subject = [clock, words].filter((part) => part !== '').join(' ');
  return subject === '' ? {} : { subject: clippedLine(subject) };
}

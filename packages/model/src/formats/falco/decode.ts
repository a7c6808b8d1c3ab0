import { labelOf } from '../../event/dialects.ts';
import type { AlertDetail, ProcessEvent } from '../../event/event.ts';
import type { Nanos } from '../../event/time.ts';
import type { Decoded, Decoder, Origin } from '../format.ts';
import { type JsonObject, objectOf, type Precision, textOf } from '../read.ts';
import { auditedPod, auditedSubject, isAudited } from './audited.ts';
import { isFalcoRecord } from './claim.ts';
import { type Fields, fieldsOf, textField } from './fields.ts';
import { type Happening, happeningOf, isFailed } from './happening.ts';
import { INTERNAL, selfReportOf } from './losses.ts';
import { processesOf, type Role } from './process.ts';
import { alertOf, isLog, ruleName, tellsExec } from './rule.ts';
import { whenOf } from './when.ts';

/** Sources of events that processes cause; others are plugins. Falcosidekick says `syscalls` where Falco said nothing. */
const processSources: ReadonlySet<string> = new Set(['syscall', 'syscalls']);

/** Reads Falco's and Falcosidekick's records, one at a time; it remembers nothing. */
export class FalcoDecoder implements Decoder {
  decode(value: unknown, origin?: Origin): Decoded {
    const record = objectOf(value);
    if (record === undefined || !isFalcoRecord(record)) {
      return rejected('no_event', 'the record is no alert of Falco');
    }
    const precision: Precision = { lost: false };
    const decoded = decodeRecord(record, origin, precision);
    return precision.lost ? { kind: 'imprecise' } : decoded;
  }
}

/** A record as its events need it. */
interface Subject {
  readonly record: JsonObject;
  readonly fields: Fields;
  readonly base: Base;
  readonly precision: Precision;
}

type Base = Pick<ProcessEvent, 'dialect' | 'label' | 'node'> & {
  readonly time?: Nanos;
  readonly cluster?: string;
};

function decodeRecord(
  record: JsonObject,
  origin: Origin | undefined,
  precision: Precision,
): Decoded {
  const fields = fieldsOf(record.output_fields);
  const rule = textOf(record.rule);
  if (rule === undefined) return rejected('bad_field', 'an alert of Falco names its rule');
  if (isTestOfSidekick(rule, fields)) return skipped('sidekick_test');
  const when = whenOf(record, fields, origin, precision);
  if (when === 'unreadable')
    return rejected('bad_field', 'the time of the alert is no time in RFC 3339');
  const base: Base = {
    dialect: 'falco',
    label: labelOf('falco', ruleName(rule)),
    ...when,
    ...placeOf(record, fields, origin),
  };
  if (rule.startsWith(INTERNAL)) {
    const report = selfReportOf(rule, fields, record.output);
    if (report.kind === 'skipped') return report;
    return eventOf({ ...base, kind: 'lost', gap: report.gap, ancestors: [] });
  }
  const alert = alertOf(record, rule, fields);
  if (alert === undefined) return rejected('bad_field', priorityFault(record.priority));
  const subject: Subject = { record, fields, base, precision };
  const source = textOf(record.source);
  if (isAudited(source, fields)) return decodeAudited(subject, alert);
  if (source !== undefined && !processSources.has(source) && !namesProcess(fields)) {
    return eventOf({ ...base, kind: 'alert', alert, ancestors: [] });
  }
  return decodeSyscall(subject, alert);
}

/** An alert about what a process did, or an exec that a rule wrote down. */
function decodeSyscall({ fields, base, precision }: Subject, alert: AlertDetail): Decoded {
  const isExec = tellsExec(alert, fields);
  const isOnlyLog = isLog(alert, fields);
  // Its process still has the image that called exec; the other half follows.
  if (isExec && textField(fields, 'evt.dir') === '>') return skipped('enter_event');
  const hasFailed = isExec && isFailed(fields);
  if (hasFailed && isOnlyLog) return skipped('failed_exec');
  const happening = happenedIn(fields, isExec, hasFailed);
  const moment = { node: base.node, time: base.time, precision };
  const processes = processesOf(fields, roleOf(happening), moment);
  const event = { ...base, ...processes, ...happening };
  if (event.kind === 'alert') return eventOf({ ...event, alert });
  return eventOf(isOnlyLog ? event : { ...event, alert });
}

function happenedIn(fields: Fields, isExec: boolean, hasFailed: boolean): Happening {
  if (!isExec) return happeningOf(fields);
  return hasFailed ? { kind: 'alert', subject: 'execve' } : { kind: 'exec' };
}

function roleOf({ kind }: Happening): Role {
  return kind === 'exec' || kind === 'exit' ? kind : 'seen';
}

/** The host that a plugin's record names is where Falco runs, which is not where the pod does. */
function decodeAudited({ fields, base }: Subject, alert: AlertDetail): Decoded {
  const process = auditedPod(fields);
  const subject = auditedSubject(fields);
  return eventOf({
    ...base,
    ...(process === undefined ? {} : { node: '', process }),
    ...(subject === undefined ? {} : { subject }),
    kind: 'alert',
    alert,
    ancestors: [],
  });
}

function namesProcess(fields: Fields): boolean {
  return (
    textField(fields, 'proc.pid') !== undefined || textField(fields, 'proc.name') !== undefined
  );
}

/** What Falcosidekick sends when it is asked to test its outputs. */
function isTestOfSidekick(rule: string, fields: Fields): boolean {
  return rule === 'Test rule' && textField(fields, 'proc.name') === 'falcosidekick';
}

/** The host, without a cluster's name before it. */
function placeOf(
  record: JsonObject,
  fields: Fields,
  origin: Origin | undefined,
): { readonly node: string; readonly cluster?: string } {
  const name = textOf(record.hostname) ?? textField(fields, 'evt.hostname');
  const slash = name?.lastIndexOf('/') ?? -1;
  const node = name?.slice(slash + 1) ?? origin?.node ?? '';
  const cluster = slash > 0 ? name?.slice(0, slash) : origin?.cluster;
  return cluster === undefined ? { node } : { node, cluster };
}

function priorityFault(priority: unknown): string {
  if (textOf(priority) === undefined) return 'an alert of Falco has a priority';
  return "the priority is none of Falco's eight, Emergency to Debug";
}

function eventOf(event: ProcessEvent): Decoded {
  return { kind: 'events', events: [event] };
}

function skipped(reason: string): Decoded {
  return { kind: 'skipped', reason };
}

function rejected(reason: 'no_event' | 'bad_field', detail: string): Decoded {
  return { kind: 'rejected', reason, detail };
}

import { labelOf } from '../../event/dialects.ts';
import type { AlertDetail, ProcessEvent } from '../../event/event.ts';
import type { Decoded, Decoder, Origin, RejectionReason } from '../format.ts';
import { isObject, type Precision } from '../read.ts';
import { alertOf, failureOf, wasPrevented } from './alert.ts';
import { isKubeArmorRecord } from './claim.ts';
import { fileSubjectOf } from './files.ts';
import { genericSubjectOf } from './generic.ts';
import { type NetworkAct, networkActOf } from './network.ts';
import { type Place, placeOf } from './place.ts';
import { actorOf, executedOf, type Family, failedOf, placeholderOf } from './processes.ts';
import { type KubeArmorRecord, recordOf } from './record.ts';

/** The hooks of an exec; a record of operation `Process` that names no hook is one, too. */
const execCalls: ReadonlySet<string> = new Set([
  '',
  'execve',
  'execveat',
  'security_bprm_check',
  'bprm_check_security',
]);

/** Reads one record at a time and remembers nothing. */
export class KubeArmorDecoder implements Decoder {
  decode(value: unknown, origin?: Origin): Decoded {
    if (!isObject(value) || !isKubeArmorRecord(value)) {
      return rejected('no_event', 'not a record of KubeArmor');
    }
    const precision: Precision = { lost: false };
    const record = recordOf(value, precision);
    if (record.type === 'Message') return { kind: 'skipped', reason: 'message' };
    if (precision.lost) return { kind: 'imprecise' };
    if (record.operation === '') return rejected('no_event', 'the record names no operation');
    return { kind: 'events', events: [eventOf(record, placeOf(record, origin))] };
  }
}

function rejected(reason: RejectionReason, detail: string): Decoded {
  return { kind: 'rejected', reason, detail };
}

function eventOf(record: KubeArmorRecord, place: Place): ProcessEvent {
  if (record.operation === 'AlertThreshold') return lossOf(record, place);
  if (record.operation === 'Process' && execCalls.has(record.call)) return execOf(record, place);
  const base = { ...commonOf(record, place), ...whoOf(actorOf(record, place), place) };
  if (record.operation === 'File') {
    const subject = fileSubjectOf(record);
    if (subject !== undefined)
      return { ...base, kind: 'file', subject: told(record, base, subject) };
  }
  if (record.operation === 'Network') return networkEventOf(record, base, networkActOf(record));
  return generic(record, base, genericSubjectOf(record));
}

type Base = Pick<
  ProcessEvent,
  'dialect' | 'label' | 'time' | 'cluster' | 'node' | 'process' | 'parent' | 'ancestors'
> & { readonly alert?: AlertDetail };

/** What an event has whoever did it. */
function commonOf(record: KubeArmorRecord, place: Place): Base {
  const alert = alertOf(record);
  const { time, cluster, node } = place;
  return {
    dialect: 'kubearmor',
    label: labelOf('kubearmor', record.operation),
    ...(time === undefined ? {} : { time }),
    ...(cluster === undefined ? {} : { cluster }),
    node,
    ancestors: [],
    ...(alert === undefined ? {} : { alert }),
  };
}

function whoOf(family: Family | undefined, place: Place): Pick<ProcessEvent, 'process' | 'parent'> {
  if (family !== undefined) return family;
  const process = placeholderOf(place);
  return process === undefined ? {} : { process };
}

/** An exec that took place, or was refused: then its image never ran. One that failed otherwise is the deed of the image before. */
function execOf(record: KubeArmorRecord, place: Place): ProcessEvent {
  const common = commonOf(record, place);
  const subject = `exec ${record.resource || record.processName}`.trimEnd();
  const prevented = wasPrevented(record);
  if (!prevented && failureOf(record) !== '') {
    const base = { ...common, ...whoOf(failedOf(record, place), place) };
    return { ...base, kind: 'other', subject: `${subject} (${record.result})` };
  }
  const family = executedOf(record, place, !prevented);
  if (family === undefined)
    return generic(record, { ...common, ...whoOf(undefined, place) }, subject);
  return { ...common, ...family, kind: 'exec' };
}

/** A connection that was refused is drawn as blocked where an alert says so; without one it is no connection. */
function networkEventOf(record: KubeArmorRecord, base: Base, act: NetworkAct): ProcessEvent {
  const refused = wasPrevented(record) && base.alert === undefined;
  if (act.kind === 'other' || refused) return generic(record, base, act.words);
  if (act.kind === 'dns') {
    const [subject] = act.dns.names;
    return { ...base, kind: 'dns', dns: act.dns, ...(subject === undefined ? {} : { subject }) };
  }
  const failed = failureOf(record) !== '' && base.alert === undefined;
  const subject = failed ? { subject: told(record, base, act.words) } : {};
  return { ...base, kind: act.kind, socket: act.socket, ...subject };
}

/** An event without a word of its own; nothing but an alert where no process is known. */
function generic(record: KubeArmorRecord, base: Base, subject: string | undefined): ProcessEvent {
  const acted = subject === undefined ? {} : { subject: told(record, base, subject) };
  if (base.alert !== undefined && base.process?.pid === undefined) {
    return { ...base, ...acted, kind: 'alert', alert: base.alert };
  }
  return { ...base, ...acted, kind: 'other' };
}

/** Telemetry has no other place for a failure than the subject; an alert has its result. */
function told(record: KubeArmorRecord, { alert }: Base, subject: string): string {
  const failure = failureOf(record);
  return failure === '' || alert !== undefined ? subject : `${subject} (${failure})`;
}

/** The agent stops telling a container's alerts for a while when there are too many a second. How many it dropped it does not count. */
function lossOf(record: KubeArmorRecord, place: Place): ProcessEvent {
  const { maxAlertsPerSec, droppingInterval } = record;
  const process = placeholderOf(place);
  const where = place.container?.name ?? place.pod?.name ?? place.container?.id ?? '';
  const words = [
    'alerts dropped',
    ...(where === '' ? [] : [`of ${where}`]),
    ...(maxAlertsPerSec === undefined ? [] : [`above ${maxAlertsPerSec} a second`]),
    ...(droppingInterval === undefined ? [] : [`for ${droppingInterval} s`]),
  ];
  return {
    ...commonOf(record, place),
    ...(process === undefined ? {} : { process }),
    kind: 'lost',
    gap: { gap: 'lost_events', cgroup: words.join(' ').replaceAll('\n', '␊') },
  };
}

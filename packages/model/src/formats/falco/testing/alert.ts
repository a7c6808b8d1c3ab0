import type { ProcessEvent } from '../../../event/event.ts';
import type { Sighting } from '../../../event/sighting.ts';
import type { Decoded, Origin } from '../../format.ts';
import { FalcoDecoder } from '../decode.ts';

/** When all of them happened. */
const time = '2024-05-07T18:54:19.341081180Z';
/** The same in nanoseconds. */
export const ns = 1_715_108_059_341_081_180n;

/** What the decoder makes of a record. */
export function decode(record: unknown, origin?: Origin): Decoded {
  return new FalcoDecoder().decode(record, origin);
}

/** An alert of a rule, as Falco prints it. */
export function alert(
  fields: Record<string, unknown>,
  rest: Record<string, unknown> = {},
): unknown {
  return {
    rule: 'A rule',
    priority: 'Warning',
    output: 'said',
    hostname: 'quay-7',
    source: 'syscall',
    time,
    output_fields: fields,
    ...rest,
  };
}

/** The one event of a record; throws where there is none. */
export function eventOf(decoded: Decoded): ProcessEvent {
  if (decoded.kind !== 'events') throw new Error(JSON.stringify(decoded));
  const [first] = decoded.events;
  if (first === undefined) throw new Error('no event');
  return first;
}

/** The event of an alert with these fields. */
export function event(
  fields: Record<string, unknown>,
  rest?: Record<string, unknown>,
): ProcessEvent {
  return eventOf(decode(alert(fields, rest)));
}

/** Its process. */
export function processOf(fields: Record<string, unknown>): Sighting | undefined {
  return event(fields).process;
}

/** The fields of an exec. */
export const exec = { 'evt.type': 'execve', 'proc.pid': 7, 'proc.ppid': 6, 'proc.name': 'sh' };

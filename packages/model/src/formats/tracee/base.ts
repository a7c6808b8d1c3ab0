import type { ProcessEvent } from '../../event/event.ts';
import type { TraceeRecord } from './record.ts';

/** What every event has, whatever its kind. */
export type EventBase = Omit<Extract<ProcessEvent, { kind: 'dns' }>, 'kind' | 'dns'>;

/** Reads a record onto its base; undefined when it lacks what its kind says. */
export type BodyReader = (record: TraceeRecord, base: EventBase) => ProcessEvent | undefined;

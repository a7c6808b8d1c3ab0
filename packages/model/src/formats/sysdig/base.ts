import type { ProcessEvent } from '../../event/event.ts';

/** What every event has, whatever its kind. */
export type EventBase = Omit<Extract<ProcessEvent, { kind: 'dns' }>, 'kind' | 'dns'>;

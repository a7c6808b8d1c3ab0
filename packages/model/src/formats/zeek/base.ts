import type { ProcessEvent } from '../../event/event.ts';
import type { ZeekEnds } from './ends.ts';
import type { Owner } from './owner.ts';

/** What every event has, whatever its stream. */
export type EventBase = Omit<Extract<ProcessEvent, { kind: 'dns' }>, 'kind' | 'dns'>;

/** A record of a connection, as its reader gets it. */
export interface Connection {
  readonly base: EventBase;
  readonly ends: ZeekEnds;
  readonly owner: Owner;
}

/** What the event acted on, when there is something to say. */
export function subjectPart(subject: string): { readonly subject?: string } {
  return subject === '' ? {} : { subject };
}

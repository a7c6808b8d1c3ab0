import type { FactBatch } from '@forebear/model/event/factBatch';

/** The batch with a text that no database takes, met late: the last event's subject. */
export function poisoned(batch: FactBatch): FactBatch {
  const strings: string[] = [...batch.strings];
  const poison: unknown = Symbol('no text');
  Reflect.set(strings, strings.length, poison);
  const subject = batch.events.subject.slice();
  subject[batch.events.count - 1] = strings.length - 1;
  return { ...batch, strings, events: { ...batch.events, subject } };
}

import type { ProcessEvent } from '../../event/event.ts';
import { FactBatchBuilder } from '../../event/factBatchBuilder.ts';
import type { Facts } from '../../event/facts.ts';
import { FactSet } from '../facts/factSet.ts';
import { type Story, storyOf } from './told.ts';

/** What follows from events as decoders give them; `cluster` is the source's. */
export function eventStory(events: readonly ProcessEvent[], cluster = ''): Story {
  return storyOf(eventFacts(events, cluster));
}

/** The facts of events as decoders give them. */
export function eventFacts(events: readonly ProcessEvent[], cluster = ''): Facts {
  const builder = new FactBatchBuilder(cluster);
  for (const [index, event] of events.entries()) {
    const bytes = new Uint8Array([index & 255]);
    builder.addDecoded({ bytes, offset: index, line: index, member: 0, hash: BigInt(index) }, [
      event,
    ]);
  }
  const set = new FactSet();
  set.add(builder.finish());
  return set.facts();
}

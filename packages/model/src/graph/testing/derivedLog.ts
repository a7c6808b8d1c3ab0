import { hash64 } from '../../event/sense.ts';
import { createIngest } from '../../ingest/ingest.ts';
import { FactSet } from '../facts/factSet.ts';
import { type Story, storyOf } from './told.ts';

/** What follows from the text of a log, read the way every log is. */
export function derivedLog(text: string): Story {
  const ingest = createIngest({
    cluster: '',
    hash: (bytes) => hash64(new TextDecoder().decode(bytes)),
  });
  const set = new FactSet();
  const bytes = new TextEncoder().encode(text);
  for (const batch of [...ingest.push(bytes), ...ingest.end()]) set.add(batch);
  return storyOf(set.facts());
}

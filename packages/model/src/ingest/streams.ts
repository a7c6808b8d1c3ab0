import { ArenaShelf } from '../arena/arenaShelf.ts';
import { createIngest, type Ingest } from './ingest.ts';
import type { IngestOptions } from './ingestOptions.ts';

/** Arenas that wait for the next stream: most streams of a thread come one after the other. */
const MOST_WAITING = 1;

/** The streams of one thread, which hand on to one another what they read in. Close each: what is not closed is not handed on. */
export class Streams {
  readonly #arenas = new ArenaShelf(MOST_WAITING);

  /** `createIngest` with a shelf of arenas. */
  open(options: Omit<IngestOptions, 'arenas'>): Ingest {
    return createIngest({ ...options, arenas: this.#arenas });
  }
}

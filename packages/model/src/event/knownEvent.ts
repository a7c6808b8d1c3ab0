import type { ProcessEvent } from './event.ts';
import type { PackNotes } from './packNotes.ts';
import type { Rank, Sighting } from './sighting.ts';

/** What a record says of a process, before its part in the record gives it a rank. */
export type Words = Omit<Sighting, 'rank'>;

/** A process in words that its decoder has met before. */
export interface KnownProcess {
  readonly words: Words;
  readonly notes: PackNotes;
}

/**
 * An event that names its processes by what is known of them, so that neither a sighting nor a lookup is made for what a
 * log repeats.
 */
export interface KnownEvent {
  /** What it says beside its processes: `process`, `parent` and `ancestors` in it do not count. */
  readonly event: ProcessEvent;
  readonly process: KnownProcess;
  /** Of its sighting of the process, the part in the record included. */
  readonly rank: Rank;
  readonly traits: number;
  /** Embedded beside the process; undefined: there is none. */
  readonly parent: KnownProcess | undefined;
  /** What the parent names of its own parent: all that the event has for ancestors. */
  readonly ancestry: readonly Sighting[];
}

/** The event as any other, with a sighting of each of its processes. */
export function wholeEvent(known: KnownEvent): ProcessEvent {
  const { event, process, rank, traits, parent, ancestry } = known;
  return {
    ...event,
    process: { ...process.words, rank, traits },
    ...(parent === undefined ? {} : { parent: { ...parent.words, rank: 2 } }),
    ancestors: ancestry,
  };
}

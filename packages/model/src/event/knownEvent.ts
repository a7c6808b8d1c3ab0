import type { ProcessEvent } from './event.ts';
import type { EventHead, KnownBody } from './knownBody.ts';
import type { KnownProcesses } from './knownProcesses.ts';
import type { Rank, Sighting } from './sighting.ts';

/**
 * An event that names its processes by their slots, so that neither a sighting nor a lookup is made for what a log repeats.
 * The ids of both have numbers in the stream's batch. It holds until the stream's next record.
 */
export type KnownEvent = KnownFamily & (ParsedBody | ReadBody);

/** Its processes. */
export interface KnownFamily {
  readonly processes: KnownProcesses;
  /** The slot of the process, and of the parent embedded beside it. */
  readonly process: number;
  readonly parent: number;
  /** Of its sighting of the process, the part in the record included. */
  readonly rank: Rank;
  readonly traits: number;
  /** Equal for events of one node and cluster in the stream. */
  readonly where: number;
  /** What is inferred of a process of which only the id is known: all that the event has for ancestors is its parent's parent. */
  readonly infer: (id: string) => Sighting;
}

interface ParsedBody {
  /** What it says beside its processes: `process`, `parent` and `ancestors` in it do not count. */
  readonly event: ProcessEvent;
  readonly body?: undefined;
}

interface ReadBody {
  readonly event: EventHead;
  /** The rest of what it says, which compiled code has read. */
  readonly body: KnownBody;
}

/** The event as any other, with a sighting of each of its processes. */
export function wholeEvent(known: KnownEvent): ProcessEvent {
  const { processes, rank, traits } = known;
  const parent = processes.wordsOf(known.parent);
  return {
    ...(known.body === undefined ? known.event : known.body.eventOf(known.event)),
    process: { ...processes.wordsOf(known.process), rank, traits },
    parent: { ...parent, rank: 2 },
    ancestors: parent.parentId === undefined ? [] : [known.infer(parent.parentId)],
  };
}

import type { EventKind } from '../event/event.ts';
import type { AlertFact, ExitFact, FlowFact, LookupFact, SocketFact } from '../event/facts.ts';
import type { Nanos } from '../event/time.ts';
import type { Derived, DerivedProcess, Image } from '../graph/derived.ts';

/** One stored event with what its kind carries, as a store hands it to an answer. */
export interface EventView {
  /** Opaque, stable within a case. */
  readonly id: string;
  readonly kind: EventKind;
  /** The log's own name of it. */
  readonly label: string;
  readonly time: Nanos | undefined;
  readonly node: string;
  /** `processKey`; empty: no process. */
  readonly process: string;
  /** What it acted on. */
  readonly subject: string;
  /** Id of its source. */
  readonly source: string;
  readonly sameAs: boolean;
  readonly socket: SocketFact | undefined;
  readonly lookup: LookupFact | undefined;
  readonly exit: ExitFact | undefined;
  /** What a flow tells, and what was said of the event by a rule; absent as undefined. */
  readonly flow?: FlowFact | undefined;
  readonly alert?: AlertFact | undefined;
}

/** The card and the image that an event happened to. */
export interface EventOwner {
  readonly index: number;
  readonly process: DerivedProcess;
  readonly image: Image | undefined;
}

/** Finds the card of an event: of several boots of one id the one that had begun by then. */
export function ownerOf(
  derived: Derived,
  event: Pick<EventView, 'process' | 'time'>,
): EventOwner | undefined {
  const indexes = derived.byKey.get(event.process) ?? [];
  const key = derived.meant.get(event.process) ?? event.process;
  let found: EventOwner | undefined;
  for (const index of indexes) {
    const process = derived.processes[index];
    if (process === undefined) continue;
    const candidate = { index, process, image: imageOf(process, key) };
    if (found === undefined || isBetter(candidate, found, event.time)) found = candidate;
  }
  return found;
}

function imageOf(process: DerivedProcess, key: string): Image | undefined {
  const execId = key.slice(key.lastIndexOf('\0') + 1);
  return process.images.findLast((image) => image.execId === execId);
}

function isBetter(a: EventOwner, b: EventOwner, time: Nanos | undefined): boolean {
  const startA = startOf(a);
  const startB = startOf(b);
  if (time === undefined || startA === undefined || startB === undefined) return false;
  if (startA > time) return startB > time && startA < startB;
  return startB > time || startA > startB;
}

function startOf({ image, process }: EventOwner): Nanos | undefined {
  return image?.startTime ?? process.startTime;
}

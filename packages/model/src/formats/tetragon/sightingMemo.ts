import { nowhere, type Placement, type Words } from '../../event/knownProcesses.ts';
import type { Sighting } from '../../event/sighting.ts';
import { SlotCache } from '../../event/slotCache.ts';
import { isObject, type JsonObject, objectOf, textOf } from '../read.ts';
import {
  inferredSightingOf,
  placementOf,
  processWordsOf,
  type Role,
  sightingIn,
} from './process.ts';
import { isSamePod } from './samePod.ts';
import { isSameProcess, type ProcessWords, wordsOf } from './sameProcess.ts';

/** A `Process` message as read, and its sightings by the part in which it stood. */
interface ReadProcess {
  readonly words: Words;
  exec: Sighting | undefined;
  exit: Sighting | undefined;
  own: Sighting | undefined;
  embedded: Sighting | undefined;
}

interface KnownMessage {
  readonly words: ProcessWords;
  readonly placement: Placement;
  readonly process: ReadProcess;
}

interface KnownPod {
  readonly raw: JsonObject;
  readonly placement: Placement;
}

/**
 * Sightings already read in this stream. A process stands in each of its events and in those of its children with the
 * same words, so that reading it once is most of the speed of the plain road; and the same words give the same object.
 * A process that says something else under the same id is read anew: what comes out never depends on what was kept.
 * Bounded; kept are the words, not the parsed records (records beyond a size never come here, see ingest).
 */
export class SightingMemo {
  readonly #processes = new SlotCache<KnownMessage>(14);
  readonly #inferred = new SlotCache<Sighting>(14);
  readonly #pods = new SlotCache<KnownPod>(11);

  /** The sighting of a `Process` message; undefined when it names none. */
  read(raw: JsonObject, role: Role, node: string): Sighting | undefined {
    const known = this.#know(raw);
    if (known !== undefined) {
      known[role] ??= sightingIn(role, known.words);
      return known[role];
    }
    const words = processWordsOf(raw, this.place(raw.pod), node);
    return words === undefined ? undefined : sightingIn(role, words);
  }

  /** What a `Process` message says whatever its part in the record; undefined when it has no id. */
  wordsOf(raw: JsonObject): Words | undefined {
    return this.#know(raw)?.words;
  }

  /** The same of a message whose pod has been read apart: only what is the process's own has to stand in `raw`. */
  wordsAt(raw: JsonObject, placement: Placement): Words | undefined {
    if (textOf(raw.exec_id ?? raw.execId) === undefined) return undefined;
    // The node is only for the id of a message that has none.
    return processWordsOf(raw, placement, '');
  }

  #know(raw: JsonObject): ReadProcess | undefined {
    const id = textOf(raw.exec_id ?? raw.execId);
    if (id === undefined) return undefined;
    const placement = this.place(raw.pod);
    const found = this.#processes.find(id);
    if (found !== undefined && found.placement === placement && isSameProcess(found.words, raw)) {
      return found.process;
    }
    const words = this.wordsAt(raw, placement);
    if (words === undefined) return undefined;
    const process: ReadProcess = {
      words,
      exec: undefined,
      exit: undefined,
      own: undefined,
      embedded: undefined,
    };
    this.#processes.keep(id, { words: wordsOf(raw), placement, process });
    return process;
  }

  /** The sighting of a process of which only the id is known. */
  infer(id: string): Sighting {
    const known = this.#inferred.find(id);
    if (known !== undefined) return known;
    const sighting = inferredSightingOf(id);
    this.#inferred.keep(id, sighting);
    return sighting;
  }

  /** The pod and container of a `Pod` message; the same object for the same words. */
  place(raw: unknown): Placement {
    if (!isObject(raw)) return nowhere;
    const container = objectOf(raw.container);
    const key = textOf(container?.id) ?? textOf(raw.name);
    if (key === undefined) return placementOf(raw);
    const known = this.#pods.find(key);
    if (known !== undefined && isSamePod(known.raw, raw)) return known.placement;
    const placement = placementOf(raw);
    this.#pods.keep(key, { raw, placement });
    return placement;
  }
}

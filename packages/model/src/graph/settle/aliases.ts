import { type Dialect, dialectOf } from '../../event/dialects.ts';
import { processKey } from '../../event/facts.ts';
import { nanos } from '../../event/time.ts';
import type { Place } from '../identity/places.ts';
import type { SettledImage } from './images.ts';
import type { KnownImage, KnownImages } from './knownImages.ts';
import type { Pair } from './pairs.ts';
import type { PidColumn } from './pidColumns.ts';
import type { SpelledGroup, SpelledProcess } from './spelledGroup.ts';

/** What an agent calls a process that another one names, too, and how we know. */
export interface AgentId {
  readonly dialect: Dialect;
  readonly id: string;
  /** One sentence. */
  readonly evidence: string;
}

const SECOND = 1_000_000_000n;

/** Which id stands for which. */
export class Aliases {
  /** `processKey`s by `processKey`. */
  readonly meant = new Map<string, string>();
  readonly ids = new Map<string, AgentId[]>();
  /** Ids by id, for each place; there is one object of each. */
  readonly #idFor = new Map<Place, Map<string, string>>();

  /** The id that stands for one; itself when none does. */
  idFor(id: string, place: Place): string {
    return this.#idFor.get(place)?.get(id) ?? id;
  }

  /** All groups of an image are its head. */
  standFor({ head, groups }: SettledImage): void {
    for (const group of groups) this.#alias(group, head.id, head.place);
  }

  /** All groups of an image are the image of another agent. */
  pair({ head, groups, isExec }: SettledImage, { known, apart }: Pair): void {
    for (const group of groups) this.#alias(group, known.id, known.place);
    if (!isExec) return;
    const { dialect } = head.spelled;
    const evidence = `Same node, pid and image; the two starts are ${Number(apart) / 1e6} ms apart.`;
    this.#addId(known, { dialect, id: head.id, evidence });
  }

  /** A sighting that means the image of another agent that had the pid then. Says whether there is one. */
  meanKnown(
    { pid, place }: PidColumn,
    group: SpelledGroup<SpelledProcess>,
    known: KnownImages,
  ): boolean {
    const { time, binary, form } = group.spelled;
    if (pid === undefined || time === undefined || form !== 'at') return false;
    const image = known.aliveAt(place, pid, binary, time, nanos(time + SECOND));
    if (image === undefined) return false;
    this.#alias(group, image.id, image.place);
    return true;
  }

  #alias({ keys, id, place }: SpelledGroup, target: string, at: Place): void {
    const meant = keyOf(target, at);
    const own = keyOf(id, place);
    if (own !== meant) this.meant.set(own, meant);
    for (const key of keys) if (key !== meant && key !== own) this.meant.set(key, meant);
    if (id === target) return;
    const known = this.#idFor.get(place);
    if (known === undefined) this.#idFor.set(place, new Map([[id, target]]));
    else known.set(id, target);
  }

  #addId(known: KnownImage, id: AgentId): void {
    const key = keyOf(known.id, known.place);
    const list = this.ids.get(key);
    if (list === undefined) this.ids.set(key, [id]);
    else list.push(id);
  }
}

function keyOf(id: string, { cluster }: Place): string {
  return processKey({ dialect: dialectOf(id), cluster, id });
}

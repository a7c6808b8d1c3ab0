import type { Sighting } from '../../event/sighting.ts';
import { type JsonObject, textOf } from '../read.ts';
import { inferredSightingOf, type Role, sightingOf } from './process.ts';
import { isSameProcess } from './sameProcess.ts';

interface Known {
  readonly raw: JsonObject;
  readonly sightings: Partial<Record<Role, Sighting>>;
}

const CAPACITY = 4096;

/**
 * Sightings already read in this stream. A process stands in each of its events and in those of its children with the
 * same words, so that reading it once is most of the speed of the plain road; the answer is the very object given
 * before, by which a batch builder knows it. Bounded: two generations of `CAPACITY`.
 */
export class SightingMemo {
  #young = new Map<string, Known>();
  #old = new Map<string, Known>();
  #youngInferred = new Map<string, Sighting>();
  #oldInferred = new Map<string, Sighting>();

  /** What `sightingOf` says. */
  read(raw: JsonObject, role: Role, node: string): Sighting | undefined {
    const id = textOf(raw.exec_id ?? raw.execId);
    if (id === undefined) return sightingOf(raw, role, node);
    const young = this.#young.get(id);
    let known = young ?? this.#old.get(id);
    if (known === undefined || !isSameProcess(known.raw, raw)) known = { raw, sightings: {} };
    if (known !== young) this.#keep(id, known);
    const seen = known.sightings[role];
    if (seen !== undefined) return seen;
    const sighting = sightingOf(raw, role, node);
    if (sighting !== undefined) known.sightings[role] = sighting;
    return sighting;
  }

  /** What `inferredSightingOf` says. */
  infer(id: string): Sighting {
    const young = this.#youngInferred.get(id);
    if (young !== undefined) return young;
    const sighting = this.#oldInferred.get(id) ?? inferredSightingOf(id);
    if (this.#youngInferred.size >= CAPACITY) {
      this.#oldInferred = this.#youngInferred;
      this.#youngInferred = new Map();
    }
    this.#youngInferred.set(id, sighting);
    return sighting;
  }

  #keep(id: string, known: Known): void {
    if (this.#young.size >= CAPACITY) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(id, known);
  }
}

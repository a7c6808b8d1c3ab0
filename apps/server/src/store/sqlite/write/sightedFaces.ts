import { type FactBatch, noTime, type SightingColumns } from '@forebear/model/event/factBatch';
import { BatchHabitats } from './batchHabitats.ts';
import type { BatchStrings } from './batchStrings.ts';
import { type Face, type Faces, type KnownHabitat, noFloor, ranksOfOne } from './face.ts';
import type { HabitatTable } from './habitatTable.ts';

/**
 * The sightings of a batch as faces, straight from its columns. A sighting of a face that is known mostly repeats what is:
 * that is seen without making anything of it.
 */
export class SightedFaces {
  readonly #columns: SightingColumns;
  readonly #strings: BatchStrings;
  readonly #habitats: BatchHabitats;

  constructor(batch: FactBatch, strings: BatchStrings, habitats: HabitatTable) {
    this.#columns = batch.sightings;
    this.#strings = strings;
    this.#habitats = new BatchHabitats(batch, strings, habitats);
  }

  /** Where the process runs, as the sighting says. */
  habitatAt(row: number): KnownHabitat {
    return this.#habitats.at(row);
  }

  /** The face that it shows, if it is among these; of what only an id says, any that says as much. */
  faceIn(faces: Faces, row: number, habitat: KnownHabitat): Face | undefined {
    let face = faces.first;
    while (face !== undefined && !this.#isOfFace(face, row, habitat)) face = face.next;
    if (face !== undefined || this.rankAt(row) > 1) return face;
    face = faces.first;
    while (face !== undefined && !this.#isCovered(face, row, habitat)) face = face.next;
    return face;
  }

  /**
   * Whether an inferred sighting says nothing of the process that a face with evidence does not (a rule of its rank:
   * `inferredSightingOf`): joined with it, it would change nothing, and it need not be kept beside it.
   */
  #isCovered(face: Face, row: number, habitat: KnownHabitat): boolean {
    const { pid, startTime, binary } = this.#columns;
    return (
      face.rank > 1 &&
      face.habitat.node === habitat.node &&
      isOfKey(face, habitat) &&
      isRepeated(face.pid, numberAt(pid, row)) &&
      isRepeated(face.startTime, timeAt(startTime, row)) &&
      this.#isRepeated(face.binary, binary, row) &&
      (this.traitsAt(row) & ~face.traits) === 0 &&
      this.repeats(face, row, habitat, null)
    );
  }

  /** The same as equal `faceKey`s, without making the texts. */
  #isOfFace(face: Face, row: number, habitat: KnownHabitat): boolean {
    const { pid, startTime, binary } = this.#columns;
    return (
      face.pid === numberAt(pid, row) &&
      face.startTime === timeAt(startTime, row) &&
      face.binary === this.#textAt(binary, row) &&
      (face.habitat === habitat || (face.habitat.node === habitat.node && isOfKey(face, habitat)))
    );
  }

  /** Whether it says nothing of the face beyond traits and a better rank: every field is absent, or there with no worse evidence. */
  repeats(face: Face, row: number, habitat: KnownHabitat, podId: number | null): boolean {
    const columns = this.#columns;
    return (
      (columns.rank[row] ?? 0) <= face.floor &&
      isRepeated(face.ktime, timeAt(columns.ktime, row)) &&
      isRepeated(face.nsPid, numberAt(columns.nsPid, row)) &&
      isRepeated(face.podId, podId) &&
      this.#isRepeated(face.parentId, columns.parentId, row) &&
      this.#isRepeated(face.arguments, columns.arguments, row) &&
      (face.habitat === habitat || isWithin(habitat, face.habitat))
    );
  }

  traitsAt(row: number): number {
    return this.#columns.traits[row] ?? 0;
  }

  rankAt(row: number): number {
    return this.#columns.rank[row] ?? 0;
  }

  /** The sighting as a face of its own. */
  faceAt(
    row: number,
    numbers: { readonly id: number; readonly key: number },
    habitat: KnownHabitat,
    podId: number | null,
  ): Face {
    const columns = this.#columns;
    const rank = columns.rank[row] ?? 0;
    const face: Face = {
      id: numbers.id,
      key: numbers.key,
      execId: this.#strings.text(columns.id[row]),
      pid: numberAt(columns.pid, row),
      startTime: timeAt(columns.startTime, row),
      binary: this.#textAt(columns.binary, row),
      parentId: this.#textAt(columns.parentId, row),
      ktime: timeAt(columns.ktime, row),
      nsPid: numberAt(columns.nsPid, row),
      arguments: this.#textAt(columns.arguments, row),
      podId,
      habitat,
      traits: columns.traits[row] ?? 0,
      ranks: 0,
      rank,
      floor: noFloor,
      change: 'none',
      next: undefined,
    };
    const present = presentIn(face);
    face.ranks = ranksOfOne(present, rank);
    if (present !== 0) face.floor = rank;
    return face;
  }

  #textAt(column: Uint32Array, row: number): string | null {
    const index = column[row] ?? 0;
    return index === 0 ? null : this.#strings.text(index);
  }

  #isRepeated(known: string | null, column: Uint32Array, row: number): boolean {
    const index = column[row] ?? 0;
    return index === 0 || known === this.#strings.text(index);
  }
}

/** The number of the process key that a habitat's process is of, if one of these faces is of it; the ids are the same. */
export function keyIn(faces: Faces, habitat: KnownHabitat): number | undefined {
  let face = faces.first;
  while (face !== undefined && !isOfKey(face, habitat)) face = face.next;
  return face?.key;
}

/** Whether a process of the habitat is that process, by cluster and dialect. */
function isOfKey({ habitat }: Face, other: KnownHabitat): boolean {
  return habitat.cluster === other.cluster && habitat.dialect === other.dialect;
}

/** Whether all that one says of where a process runs is said by the other; they are of one node. */
function isWithin(said: KnownHabitat, known: KnownHabitat): boolean {
  return (
    isRepeated(known.uid, said.uid) &&
    isRepeated(known.auid, said.auid) &&
    isRepeated(known.user, said.user) &&
    isRepeated(known.cwd, said.cwd) &&
    isRepeated(known.flags, said.flags) &&
    isRepeated(known.containerId, said.containerId) &&
    isRepeated(known.docker, said.docker) &&
    isRepeated(known.capabilities, said.capabilities)
  );
}

/** A bit per ranked field that is there, in the order of `rankedFields`. */
function presentIn({ parentId, nsPid, arguments: words, podId, habitat }: Face): number {
  return (
    (parentId === null ? 0 : 1) |
    (nsPid === null ? 0 : 2) |
    (habitat.uid === null ? 0 : 4) |
    (habitat.auid === null ? 0 : 8) |
    (habitat.user === null ? 0 : 16) |
    (habitat.cwd === null ? 0 : 32) |
    (words === null ? 0 : 64) |
    (habitat.flags === null ? 0 : 128) |
    (podId === null ? 0 : 256) |
    (habitat.containerId === null ? 0 : 512) |
    (habitat.docker === null ? 0 : 1024) |
    (habitat.capabilities === null ? 0 : 2048)
  );
}

function isRepeated<T>(known: T | null, said: T | null): boolean {
  return said === null || said === known;
}

function numberAt(column: Float64Array, row: number): number | null {
  const value = column[row] ?? Number.NaN;
  return Number.isNaN(value) ? null : value;
}

function timeAt(column: BigInt64Array, row: number): bigint | null {
  const value = column[row] ?? noTime;
  return value === noTime ? null : value;
}

import { type FactBatch, noTime, type SightingColumns } from '@forebear/model/event/factBatch';
import type { ProcessId } from '@forebear/model/event/facts';
import type { BatchStrings } from './batchStrings.ts';
import { type Face, type Faces, noFloor, ranksOfOne } from './face.ts';

/**
 * The sightings of a batch as faces, straight from its columns. A sighting of a face that is known mostly repeats what is:
 * that is seen without making anything of it.
 */
export class SightedFaces {
  readonly #columns: SightingColumns;
  readonly #containerIds: Uint32Array;
  readonly #strings: BatchStrings;
  readonly #dialect: ProcessId['dialect'];

  constructor(
    { sightings, containers }: FactBatch,
    strings: BatchStrings,
    dialect: ProcessId['dialect'],
  ) {
    this.#columns = sightings;
    this.#containerIds = containers.id;
    this.#strings = strings;
    this.#dialect = dialect;
  }

  /** Whether the sighting is of that process, by cluster and dialect; the ids are the same. */
  #isOfKey(face: Face, row: number): boolean {
    return (
      face.cluster === this.#strings.text(this.#columns.cluster[row]) &&
      face.dialect === this.#dialect
    );
  }

  /** The face that it shows, if it is among these. */
  faceIn(faces: Faces, row: number): Face | undefined {
    let face = faces.first;
    while (face !== undefined && !this.#isOfFace(face, row)) face = face.next;
    return face;
  }

  /** The number of the process key that it is of, if one of these faces is of it. */
  keyIn(faces: Faces, row: number): number | undefined {
    let face = faces.first;
    while (face !== undefined && !this.#isOfKey(face, row)) face = face.next;
    return face?.key;
  }

  /** The same as equal `faceKey`s, without making the texts. */
  #isOfFace(face: Face, row: number): boolean {
    const { pid, startTime, binary, node } = this.#columns;
    return (
      face.pid === numberAt(pid, row) &&
      face.startTime === timeAt(startTime, row) &&
      face.binary === this.#textAt(binary, row) &&
      face.node === this.#strings.text(node[row]) &&
      this.#isOfKey(face, row)
    );
  }

  /** Whether it says nothing of the face beyond traits and a better rank: every field is absent, or there with no worse evidence. */
  repeats(face: Face, row: number, podId: number | null): boolean {
    const columns = this.#columns;
    return (
      (columns.rank[row] ?? 0) <= face.floor &&
      isRepeated(face.ktime, timeAt(columns.ktime, row)) &&
      isRepeated(face.nsPid, numberAt(columns.nsPid, row)) &&
      isRepeated(face.uid, numberAt(columns.uid, row)) &&
      isRepeated(face.auid, numberAt(columns.auid, row)) &&
      isRepeated(face.podId, podId) &&
      this.#isRepeated(face.parentId, columns.parentId, row) &&
      this.#isRepeated(face.user, columns.user, row) &&
      this.#isRepeated(face.cwd, columns.cwd, row) &&
      this.#isRepeated(face.arguments, columns.arguments, row) &&
      this.#isRepeated(face.flags, columns.flags, row) &&
      this.#isRepeated(face.docker, columns.docker, row) &&
      this.#isRepeated(face.capabilities, columns.capabilities, row) &&
      isRepeated(face.containerId, this.#containerAt(row))
    );
  }

  traitsAt(row: number): number {
    return this.#columns.traits[row] ?? 0;
  }

  rankAt(row: number): number {
    return this.#columns.rank[row] ?? 0;
  }

  /** The sighting as a face of its own. */
  faceAt(row: number, id: number, key: number, podId: number | null): Face {
    const columns = this.#columns;
    const rank = columns.rank[row] ?? 0;
    const face: Face = {
      id,
      key,
      dialect: this.#dialect,
      cluster: this.#strings.text(columns.cluster[row]),
      execId: this.#strings.text(columns.id[row]),
      node: this.#strings.text(columns.node[row]),
      pid: numberAt(columns.pid, row),
      startTime: timeAt(columns.startTime, row),
      binary: this.#textAt(columns.binary, row),
      parentId: this.#textAt(columns.parentId, row),
      ktime: timeAt(columns.ktime, row),
      nsPid: numberAt(columns.nsPid, row),
      uid: numberAt(columns.uid, row),
      auid: numberAt(columns.auid, row),
      user: this.#textAt(columns.user, row),
      cwd: this.#textAt(columns.cwd, row),
      arguments: this.#textAt(columns.arguments, row),
      flags: this.#textAt(columns.flags, row),
      podId,
      containerId: this.#containerAt(row),
      docker: this.#textAt(columns.docker, row),
      capabilities: this.#textAt(columns.capabilities, row),
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

  #containerAt(row: number): string | null {
    const container = this.#columns.container[row] ?? -1;
    return container < 0 ? null : this.#strings.text(this.#containerIds[container]);
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

/** A bit per ranked field that is there, in the order of `rankedFields`. */
function presentIn(face: Face): number {
  return (
    (face.parentId === null ? 0 : 1) |
    (face.nsPid === null ? 0 : 2) |
    (face.uid === null ? 0 : 4) |
    (face.auid === null ? 0 : 8) |
    (face.user === null ? 0 : 16) |
    (face.cwd === null ? 0 : 32) |
    (face.arguments === null ? 0 : 64) |
    (face.flags === null ? 0 : 128) |
    (face.podId === null ? 0 : 256) |
    (face.containerId === null ? 0 : 512) |
    (face.docker === null ? 0 : 1024) |
    (face.capabilities === null ? 0 : 2048)
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

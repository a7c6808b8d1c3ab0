import { type ProcessFact, type RankedField, rankedFields } from '@forebear/model/event/facts';
import type { Rank } from '@forebear/model/event/sighting';
import { mergeProcessFact } from '@forebear/model/graph/facts/mergeFacts';
import type { Habitat } from '../layout/habitat.ts';
import { factOfRow, type ProcessRow } from '../layout/processRow.ts';

/** How much of a stored face has changed since it was written: `marks` are traits and a better rank alone. */
export type FaceChange = 'none' | 'marks' | 'row';

/**
 * A face of a process as the writer holds it: the row as it is bound, null where a column is. One shape whatever is known:
 * most are written as they come and never joined with anything.
 */
export interface Face {
  readonly id: number;
  /** The number of its process key: that of the key's first face. */
  readonly key: number;
  readonly execId: string;
  readonly pid: number | null;
  readonly startTime: bigint | null;
  readonly binary: string | null;
  parentId: string | null;
  ktime: bigint | null;
  nsPid: number | null;
  arguments: string | null;
  podId: number | null;
  habitat: KnownHabitat;
  traits: number;
  /** Three bits per ranked field, first field lowest. */
  ranks: number;
  rank: number;
  /** The rank of the weakest of its fields' evidence; above all ranks when it has no field. */
  floor: number;
  change: FaceChange;
  /** Another face of the same id. */
  next: Face | undefined;
}

/** The faces of one id in the order of their numbers: linked, because there are one or two, and an array has room for seventeen. */
export interface Faces {
  first: Face | undefined;
}

/** Adds a face behind the others. */
export function addFace(faces: Faces, face: Face): void {
  let last = faces.first;
  if (last === undefined) {
    faces.first = face;
    return;
  }
  while (last.next !== undefined) last = last.next;
  last.next = face;
}

/** Rows of pods by key and keys by row. */
export interface PodRows {
  /** The row of a `podKey`, made when missing. */
  idOf(podKey: string): number;
  readonly keys: ReadonlyMap<number, string>;
}

/** A habitat and its row. */
export interface KnownHabitat extends Habitat {
  readonly id: number;
}

/** Rows of habitats by what they say. */
export interface HabitatRows {
  /** Made when it is not remembered. */
  of(habitat: Habitat): KnownHabitat;
}

/** Above every rank. */
export const noFloor = 7;

/** A stored row as a face. */
export function faceOfRow(row: ProcessRow, habitat: KnownHabitat): Face {
  const ranks = Number(row.ranks);
  return {
    id: Number(row.id),
    key: Number(row.key),
    execId: row.exec_id,
    pid: numberOrNull(row.pid),
    startTime: row.start_time,
    binary: row.binary,
    parentId: row.parent_exec_id,
    ktime: row.ktime,
    nsPid: numberOrNull(row.ns_pid),
    arguments: row.arguments,
    podId: numberOrNull(row.pod_id),
    habitat,
    traits: Number(row.traits),
    ranks,
    rank: Number(row.rank),
    floor: floorOf(ranks),
    change: 'none',
    next: undefined,
  };
}

/** A face that says nothing but that the process exists. */
export function bareFace(
  execId: string,
  habitat: KnownHabitat,
  numbers: { readonly id: number; readonly key: number; readonly rank: Rank },
): Face {
  return {
    id: numbers.id,
    key: numbers.key,
    execId,
    pid: null,
    startTime: null,
    binary: null,
    parentId: null,
    ktime: null,
    nsPid: null,
    arguments: null,
    podId: null,
    habitat,
    traits: 0,
    ranks: 0,
    rank: numbers.rank,
    floor: noFloor,
    change: 'none',
    next: undefined,
  };
}

/** Joins what another sighting of the same face says, by the model's own join. Answers how much of it that changed. */
export function joinFace(
  face: Face,
  other: Face,
  pods: PodRows,
  habitats: HabitatRows,
): FaceChange {
  const before = factOfFace(face, pods);
  const after = mergeProcessFact(before, factOfFace(other, pods));
  if (after === before) return 'none';
  const isMore = saysMore(before, after);
  face.parentId = after.parentId ?? null;
  face.ktime = after.ktime ?? null;
  face.nsPid = after.nsPid ?? null;
  face.arguments = after.arguments ?? null;
  face.podId = after.pod === undefined ? null : pods.idOf(after.pod);
  face.habitat = habitats.of(habitatOf(after));
  face.traits = after.traits;
  face.ranks = packRanks(after.ranks);
  face.rank = after.rank;
  face.floor = floorOf(face.ranks);
  return isMore ? 'row' : 'marks';
}

/** The ranks of a face all of whose fields come from one sighting. `present`: a bit per ranked field. */
export function ranksOfOne(present: number, rank: number): number {
  return (oneInEach[present] ?? 0) * rank;
}

/** By bits of ranked fields: a one in the three bits of each. */
const oneInEach = Float64Array.from({ length: 1 << rankedFields.length }, (_, present) =>
  packRanks(rankedFields.map((_field, index) => (present >> index) & 1)),
);

function factOfFace(face: Face, { keys }: PodRows): ProcessFact {
  return factOfRow(
    {
      id: BigInt(face.id),
      key: BigInt(face.key),
      exec_id: face.execId,
      parent_exec_id: face.parentId,
      pid: bigintOrNull(face.pid),
      start_time: face.startTime,
      binary: face.binary,
      arguments: face.arguments,
      ktime: face.ktime,
      ns_pid: bigintOrNull(face.nsPid),
      pod_id: bigintOrNull(face.podId),
      traits: BigInt(face.traits),
      ranks: BigInt(face.ranks),
      rank: BigInt(face.rank),
    },
    face.habitat,
    keys,
  );
}

function habitatOf(fact: ProcessFact): Habitat {
  return {
    dialect: fact.dialect,
    cluster: fact.cluster,
    node: fact.node,
    uid: fact.uid ?? null,
    auid: fact.auid ?? null,
    user: fact.user ?? null,
    cwd: fact.cwd ?? null,
    flags: fact.flags ?? null,
    containerId: fact.containerId ?? null,
    docker: fact.docker ?? null,
    capabilities: fact.capabilities ?? null,
  };
}

/** Whether a join brought anything but traits and a better rank. */
function saysMore(before: ProcessFact, after: ProcessFact): boolean {
  return (
    before.ktime !== after.ktime ||
    rankedFields.some((field: RankedField) => before[field] !== after[field]) ||
    before.ranks.some((rank, index) => rank !== after.ranks[index])
  );
}

function packRanks(ranks: readonly number[]): number {
  let packed = 0;
  for (let index = ranks.length - 1; index >= 0; index -= 1)
    packed = packed * 8 + (ranks[index] ?? 0);
  return packed;
}

function floorOf(ranks: number): number {
  let floor = noFloor;
  for (let rest = ranks; rest > 0; rest = Math.floor(rest / 8))
    if (rest % 8 > 0) floor = Math.min(floor, rest % 8);
  return floor;
}

function numberOrNull(value: bigint | null): number | null {
  return value === null ? null : Number(value);
}

function bigintOrNull(value: number | null): bigint | null {
  return value === null ? null : BigInt(value);
}

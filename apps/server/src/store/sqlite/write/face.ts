import {
  type ProcessFact,
  type ProcessId,
  type RankedField,
  rankedFields,
} from '@forebear/model/event/facts';
import type { Rank } from '@forebear/model/event/sighting';
import { mergeProcessFact } from '@forebear/model/graph/facts/mergeFacts';
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
  readonly dialect: ProcessId['dialect'];
  readonly cluster: string;
  readonly execId: string;
  readonly node: string;
  readonly pid: number | null;
  readonly startTime: bigint | null;
  readonly binary: string | null;
  parentId: string | null;
  ktime: bigint | null;
  nsPid: number | null;
  uid: number | null;
  auid: number | null;
  user: string | null;
  cwd: string | null;
  arguments: string | null;
  flags: string | null;
  podId: number | null;
  containerId: string | null;
  docker: string | null;
  capabilities: string | null;
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

/** Above every rank. */
export const noFloor = 7;

/** A stored row as a face. */
export function faceOfRow(row: ProcessRow): Face {
  const ranks = Number(row.ranks);
  return {
    id: Number(row.id),
    key: Number(row.key),
    dialect: row.dialect,
    cluster: row.cluster,
    execId: row.exec_id,
    node: row.node,
    pid: numberOrNull(row.pid),
    startTime: row.start_time,
    binary: row.binary,
    parentId: row.parent_exec_id,
    ktime: row.ktime,
    nsPid: numberOrNull(row.ns_pid),
    uid: numberOrNull(row.uid),
    auid: numberOrNull(row.auid),
    user: row.user,
    cwd: row.cwd,
    arguments: row.arguments,
    flags: row.flags,
    podId: numberOrNull(row.pod_id),
    containerId: row.container_id,
    docker: row.docker,
    capabilities: row.capabilities,
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
  process: ProcessId & { readonly node: string },
  numbers: { readonly id: number; readonly key: number; readonly rank: Rank },
): Face {
  return {
    id: numbers.id,
    key: numbers.key,
    dialect: process.dialect,
    cluster: process.cluster,
    execId: process.id,
    node: process.node,
    pid: null,
    startTime: null,
    binary: null,
    parentId: null,
    ktime: null,
    nsPid: null,
    uid: null,
    auid: null,
    user: null,
    cwd: null,
    arguments: null,
    flags: null,
    podId: null,
    containerId: null,
    docker: null,
    capabilities: null,
    traits: 0,
    ranks: 0,
    rank: numbers.rank,
    floor: noFloor,
    change: 'none',
    next: undefined,
  };
}

/** Joins what another sighting of the same face says, by the model's own join. Answers how much of it that changed. */
export function joinFace(face: Face, other: Face, pods: PodRows): FaceChange {
  const before = factOfFace(face, pods);
  const after = mergeProcessFact(before, factOfFace(other, pods));
  if (after === before) return 'none';
  const isMore = saysMore(before, after);
  face.parentId = after.parentId ?? null;
  face.ktime = after.ktime ?? null;
  face.nsPid = after.nsPid ?? null;
  face.uid = after.uid ?? null;
  face.auid = after.auid ?? null;
  face.user = after.user ?? null;
  face.cwd = after.cwd ?? null;
  face.arguments = after.arguments ?? null;
  face.flags = after.flags ?? null;
  face.podId = after.pod === undefined ? null : pods.idOf(after.pod);
  face.containerId = after.containerId ?? null;
  face.docker = after.docker ?? null;
  face.capabilities = after.capabilities ?? null;
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
      dialect: face.dialect,
      cluster: face.cluster,
      exec_id: face.execId,
      parent_exec_id: face.parentId,
      node: face.node,
      pid: bigintOrNull(face.pid),
      start_time: face.startTime,
      binary: face.binary,
      arguments: face.arguments,
      ktime: face.ktime,
      ns_pid: bigintOrNull(face.nsPid),
      uid: bigintOrNull(face.uid),
      auid: bigintOrNull(face.auid),
      user: face.user,
      cwd: face.cwd,
      flags: face.flags,
      pod_id: bigintOrNull(face.podId),
      container_id: face.containerId,
      docker: face.docker,
      capabilities: face.capabilities,
      traits: BigInt(face.traits),
      ranks: BigInt(face.ranks),
      rank: BigInt(face.rank),
    },
    keys,
  );
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

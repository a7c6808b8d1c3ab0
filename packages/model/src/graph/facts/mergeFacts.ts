import {
  type ContainerFact,
  type EventCounts,
  type NodeFact,
  type PodFact,
  type PolicyHits,
  type ProcessFact,
  type RankedField,
  rankedFields,
} from '../../event/facts.ts';
import { LabelCounts } from '../../event/labelCounts.ts';
import type { Rank } from '../../event/sighting.ts';
import { compareText, earlier, larger, later } from '../order.ts';
import { BootSeconds } from './bootSeconds.ts';

export type MutableProcessFact = { -readonly [Key in keyof ProcessFact]: ProcessFact[Key] };

/**
 * The join of two facts of one face: per field the better rank, then the larger value; absent never overwrites.
 * Associative, commutative, idempotent (semantics, "Facts first"). Answers `a` itself when `b` adds nothing, so that
 * a store can tell by identity whether to write.
 */
export function mergeProcessFact(a: ProcessFact, b: ProcessFact): ProcessFact {
  if (a === b || addsNothing(a, b)) return a;
  const merged: MutableProcessFact = { ...a };
  mergeRanked(merged, b);
  mergeUnranked(merged, b);
  return merged;
}

/**
 * The join of the facts of one process that show different faces (compatible ones: the caller has decided), one after the
 * other: pid, start and binary come from the better face, then from the larger value. Undefined: there are none.
 */
export function mergeFaces(faces: readonly ProcessFact[]): ProcessFact | undefined {
  const [first] = faces;
  if (first === undefined || faces.length === 1) return first;
  const merged: MutableProcessFact = { ...first };
  for (let index = 1; index < faces.length; index += 1) {
    const face = faces[index];
    if (face === undefined) continue;
    const pid = pickOfFace(merged.pid, merged.rank, face.pid, face.rank);
    const startTime = pickOfFace(merged.startTime, merged.rank, face.startTime, face.rank);
    const binary = pickOfFace(merged.binary, merged.rank, face.binary, face.rank);
    mergeRanked(merged, face);
    mergeUnranked(merged, face);
    if (pid !== undefined) merged.pid = pid;
    if (startTime !== undefined) merged.startTime = startTime;
    if (binary !== undefined) merged.binary = binary;
  }
  return merged;
}

/** The join of two facts of one pod. Labels are united: a pod may be relabelled while it lives. */
export function mergePodFact(a: PodFact, b: PodFact): PodFact {
  const workload = larger(a.workload, b.workload);
  const workloadKind = larger(a.workloadKind, b.workloadKind);
  return {
    cluster: a.cluster,
    namespace: a.namespace,
    name: a.name,
    uid: larger(a.uid, b.uid) ?? '',
    labels: unite(a.labels, b.labels),
    ...(workload === undefined ? {} : { workload }),
    ...(workloadKind === undefined ? {} : { workloadKind }),
  };
}

/** The join of two facts of one container instance. */
export function mergeContainerFact(a: ContainerFact, b: ContainerFact): ContainerFact {
  const imageId = larger(a.imageId, b.imageId);
  const imageName = larger(a.imageName, b.imageName);
  const startTime = later(a.startTime, b.startTime);
  const isPrivileged = a.privileged === true || b.privileged === true;
  const privileged = isPrivileged ? true : (a.privileged ?? b.privileged);
  return {
    cluster: a.cluster,
    id: a.id,
    pod: larger(a.pod, b.pod) ?? '',
    name: larger(a.name, b.name) ?? '',
    ...(imageId === undefined ? {} : { imageId }),
    ...(imageName === undefined ? {} : { imageName }),
    ...(startTime === undefined ? {} : { startTime }),
    ...(privileged === undefined ? {} : { privileged }),
  };
}

/** What two disjoint sets of events say of one node: times and boots are joined, counts are added. */
export function mergeNodeFact(a: NodeFact, b: NodeFact): NodeFact {
  const firstTime = earlier(a.firstTime, b.firstTime);
  const lastTime = later(a.lastTime, b.lastTime);
  const kinds = new LabelCounts([...a.kinds, ...b.kinds]);
  const boots = new BootSeconds(a.bootSeconds);
  for (const second of b.bootSeconds) boots.add(second);
  return {
    cluster: a.cluster,
    node: a.node,
    kinds: kinds.map(),
    bootSeconds: boots.list(),
    ...(firstTime === undefined ? {} : { firstTime }),
    ...(lastTime === undefined ? {} : { lastTime }),
  };
}

/** What two disjoint sets of events count for one process. */
export function addCounts(a: EventCounts, b: EventCounts): EventCounts {
  return {
    process: a.process,
    exec: a.exec + b.exec,
    network: a.network + b.network,
    dns: a.dns + b.dns,
    file: a.file + b.file,
    other: a.other + b.other,
    kinds: a.kinds | b.kinds,
    policies: addPolicies(a.policies, b.policies),
  };
}

/** By name, as both are. */
function addPolicies(a: readonly PolicyHits[], b: readonly PolicyHits[]): readonly PolicyHits[] {
  if (a.length === 0 || b.length === 0) return a.length === 0 ? b : a;
  const hits = new Map(a.map((one) => [one.policy, one.hits]));
  for (const one of b) hits.set(one.policy, (hits.get(one.policy) ?? 0) + one.hits);
  return policyHitsOf(hits);
}

/** Counts by policy as a fact has them. */
export function policyHitsOf(counts: ReadonlyMap<string, number>): readonly PolicyHits[] {
  return [...counts]
    .map(([policy, hits]) => ({ policy, hits }))
    .sort((a, b) => compareText(a.policy, b.policy));
}

function addsNothing(a: ProcessFact, b: ProcessFact): boolean {
  if (
    b.node > a.node ||
    b.rank > a.rank ||
    (b.traits & ~a.traits) !== 0 ||
    earlier(a.firstSeen, b.firstSeen) !== a.firstSeen ||
    later(a.lastSeen, b.lastSeen) !== a.lastSeen ||
    larger(a.ktime, b.ktime) !== a.ktime
  ) {
    return false;
  }
  for (let index = 0; index < rankedFields.length; index += 1) {
    const field = rankedFields[index];
    if (field !== undefined && wins(a, b, index, field)) return false;
  }
  return true;
}

/** Tells whether `b`'s value of a field beats `a`'s. */
function wins(a: ProcessFact, b: ProcessFact, index: number, field: RankedField): boolean {
  const rankB = b.ranks[index] ?? 0;
  if (rankB === 0) return false;
  const rankA = a.ranks[index] ?? 0;
  if (rankA !== rankB) return rankB > rankA;
  const valueA = a[field];
  const valueB = b[field];
  if (valueB === undefined) return false;
  return valueA === undefined || valueB > valueA;
}

function copyField<Field extends RankedField>(
  into: MutableProcessFact,
  from: MutableProcessFact,
  field: Field,
): void {
  into[field] = from[field];
}

/** Each field of better evidence. The ranks are those of another fact until one of them changes. */
function mergeRanked(merged: MutableProcessFact, b: ProcessFact): void {
  let ranks: (0 | Rank)[] | undefined;
  for (let index = 0; index < rankedFields.length; index += 1) {
    const field = rankedFields[index];
    if (field === undefined || !wins(merged, b, index, field)) continue;
    copyField(merged, b, field);
    ranks ??= [...merged.ranks];
    ranks[index] = b.ranks[index] ?? 0;
  }
  if (ranks !== undefined) merged.ranks = ranks;
}

function mergeUnranked(merged: MutableProcessFact, b: ProcessFact): void {
  if (b.node > merged.node) merged.node = b.node;
  if (b.rank > merged.rank) merged.rank = b.rank;
  merged.traits |= b.traits;
  const ktime = larger(merged.ktime, b.ktime);
  if (ktime !== undefined) merged.ktime = ktime;
  const firstSeen = earlier(merged.firstSeen, b.firstSeen);
  if (firstSeen !== undefined) merged.firstSeen = firstSeen;
  const lastSeen = later(merged.lastSeen, b.lastSeen);
  if (lastSeen !== undefined) merged.lastSeen = lastSeen;
}

function pickOfFace<T extends string | number | bigint>(
  a: T | undefined,
  rankA: Rank,
  b: T | undefined,
  rankB: Rank,
): T | undefined {
  if (a === undefined || b === undefined || rankA === rankB) return larger(a, b);
  return rankA > rankB ? a : b;
}

function unite(a: readonly string[], b: readonly string[]): readonly string[] {
  if (b.length === 0) return a;
  if (a.length === b.length && a.every((label, index) => label === b[index])) return a;
  return [...new Set([...a, ...b])].sort(compareText);
}

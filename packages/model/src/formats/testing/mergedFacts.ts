import type { FactBatch } from '../../event/factBatch.ts';
import {
  containerFactsOf,
  eventsOf,
  exitFactsOf,
  gapFactsOf,
  lookupFactsOf,
  podFactsOf,
  socketFactsOf,
  statementOf,
} from '../../event/readFactBatch.ts';
import { alertFactsOf, auditFactsOf, flowFactsOf } from '../../event/readJudgements.ts';
import { type PlacedSighting, sightingsOf } from '../../event/readSightings.ts';
import type { Sighting } from '../../event/sighting.ts';

/**
 * What batches amount to as a set of facts, as sorted lines: the plainest join that semantics.md allows. Sightings merge
 * by face and field, the better rank wins, ties go to the larger value; everything else is a set.
 */
export function mergedFacts(batches: readonly FactBatch[]): readonly string[] {
  const lines = new Set<string>();
  const faces = new Map<string, Face>();
  for (const batch of batches) {
    for (const placed of sightingsOf(batch)) mergeInto(faces, placed);
    for (const event of eventsOf(batch)) lines.add(`event ${print(statementOf(event))}`);
    for (const fact of socketFactsOf(batch)) lines.add(`socket ${print(fact)}`);
    for (const fact of lookupFactsOf(batch)) lines.add(`lookup ${print(fact)}`);
    for (const fact of exitFactsOf(batch)) lines.add(`exit ${print(fact)}`);
    for (const fact of gapFactsOf(batch)) lines.add(`gap ${print(fact)}`);
    for (const fact of flowFactsOf(batch)) lines.add(`flow ${print(fact)}`);
    for (const fact of alertFactsOf(batch)) lines.add(`alert ${print(fact)}`);
    for (const fact of auditFactsOf(batch)) lines.add(`audit ${print(fact)}`);
    for (const fact of podFactsOf(batch)) lines.add(`pod ${print(fact)}`);
    for (const fact of containerFactsOf(batch)) lines.add(`container ${print(fact)}`);
  }
  for (const [key, face] of faces) lines.add(`process ${key} ${print(face)}`);
  return [...lines].sort();
}

/** JSON with sorted keys and bigints as `123n`. */
export function print(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner === 'bigint') return `${inner}n`;
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

interface Face {
  traits: number;
  rank: number;
  fields: Record<string, readonly [rank: number, value: string]>;
}

function mergeInto(faces: Map<string, Face>, placed: PlacedSighting): void {
  const { cluster, node, sighting } = placed;
  const { id, pid, startTime, binary, traits, rank, ...fields } = sighting;
  const key = print({ cluster, node, id, pid, startTime, binary });
  const face = faces.get(key) ?? { traits: 0, rank: 0, fields: {} };
  face.traits |= traits;
  face.rank = Math.max(face.rank, rank);
  for (const [name, value] of Object.entries(fields)) {
    const known = face.fields[name];
    const next = [rankOf(sighting), print(value)] as const;
    if (known === undefined || isBetter(next, known)) face.fields[name] = next;
  }
  faces.set(key, face);
}

function rankOf(sighting: Sighting): number {
  return sighting.rank;
}

function isBetter(a: readonly [number, string], b: readonly [number, string]): boolean {
  return a[0] === b[0] ? a[1] > b[1] : a[0] > b[0];
}

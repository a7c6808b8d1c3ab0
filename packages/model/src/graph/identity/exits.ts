import type { ExitFact } from '../../event/facts.ts';
import type { Nanos } from '../../event/time.ts';
import type { KeyTable } from '../cards/keyTable.ts';
import { compareText } from '../order.ts';
import type { Identity } from './identities.ts';

/** What a fact's `process` key means at a time: index of an identity; undefined for a key nobody knows. */
export type ResolveKey = (key: string, time: Nanos | undefined) => number | undefined;

/**
 * Answers which identity a fact's key means. Of a key that several boots share it is the one of the boot that the time
 * lies in; of variants, the best-evidenced one.
 */
export function keyResolver(
  identities: readonly Identity[],
  table: KeyTable,
  epochAt: (identity: Identity, time: Nanos) => number,
): ResolveKey {
  return (key, time) => {
    const several = time === undefined ? undefined : table.severalOf(key);
    const first = several?.[0];
    const firstIdentity = identities[first ?? -1];
    if (several === undefined || time === undefined || firstIdentity === undefined) {
      return table.firstOf(key);
    }
    const wanted = epochAt(firstIdentity, time);
    let best = first;
    let bestEpoch = firstIdentity.epoch;
    for (const index of several) {
      const epoch = identities[index]?.epoch ?? 0;
      if (epoch <= wanted && epoch > bestEpoch) {
        best = index;
        bestEpoch = epoch;
      }
    }
    return best;
  };
}

/** The latest reported end of each identity (D10: several may exist). Undefined entries: none reported. */
export function exitsOf(
  exits: readonly ExitFact[],
  count: number,
  resolve: ResolveKey,
): (ExitFact | undefined)[] {
  const latest: (ExitFact | undefined)[] = Array.from({ length: count });
  for (const exit of exits) {
    const index = resolve(exit.process, exit.time);
    if (index === undefined) continue;
    const known = latest[index];
    if (known === undefined || compareExits(exit, known) > 0) latest[index] = exit;
  }
  return latest;
}

/** By time, an absent one first; then by what is known, then by text: a total order. */
export function compareExits(a: ExitFact, b: ExitFact): number {
  if (a.time !== b.time) {
    if (a.time === undefined) return -1;
    if (b.time === undefined) return 1;
    return a.time < b.time ? -1 : 1;
  }
  return (a.code ?? -1) - (b.code ?? -1) || compareText(a.signal ?? '', b.signal ?? '');
}

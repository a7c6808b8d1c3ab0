import type { ProcessFact } from '../../event/facts.ts';

/** Rank of a process that had an event of its own. */
const OWN = 3;

/** Processes that did something, and those that they hang on: an inferred process that no link uses is no node. */
export function usedFacts(facts: readonly ProcessFact[]): ProcessFact[] {
  const byId = new Map<string, ProcessFact[]>();
  for (const fact of facts) {
    const known = byId.get(fact.id);
    if (known === undefined) byId.set(fact.id, [fact]);
    else known.push(fact);
  }
  const used = new Set<ProcessFact>();
  const open = facts.filter(({ rank }) => rank >= OWN);
  for (let fact = open.pop(); fact !== undefined; fact = open.pop()) {
    if (used.has(fact)) continue;
    used.add(fact);
    for (const parent of byId.get(fact.parentId ?? '') ?? [])
      if (!used.has(parent)) open.push(parent);
  }
  return facts.filter((fact) => used.has(fact));
}

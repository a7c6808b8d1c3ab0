import { Trait } from '../event/traits.ts';
import type { Identity } from './identities.ts';
import type { Links } from './links.ts';
import { compareBig, compareText } from './order.ts';

/** Times from /proc are rounded to 10 ms; an agent's restart moves them by at most one step (D21). */
const CLOSE = 20_000_000n;

/**
 * Pairs identities that are one process listed again after an agent's restart: same boot, pid and binary, starts within
 * 20 ms, another id, and one of the two found in /proc. Neither is deleted; the answer is the other's index, -1: none.
 */
export function reobservedPairs(identities: readonly Identity[], links: Links): Int32Array {
  const other = new Int32Array(identities.length).fill(-1);
  const tasks = new Map<string, number[]>();
  for (const [index, { cluster, node, epoch, fact, start }] of identities.entries()) {
    if (fact.pid === undefined || fact.binary === undefined || start === undefined) continue;
    if (fact.pid === 0) continue;
    const key = [cluster, node, epoch, fact.pid, fact.binary].join('\0');
    const known = tasks.get(key);
    if (known === undefined) tasks.set(key, [index]);
    else known.push(index);
  }
  for (const members of tasks.values()) {
    members.sort((a, b) => compare(identities[a], identities[b]));
    for (let i = 1; i < members.length; i += 1) {
      const a = members[i - 1] ?? -1;
      const b = members[i] ?? -1;
      if (!isSameProcess(identities[a], identities[b])) continue;
      if (links.parent[a] === b || links.parent[b] === a) continue;
      other[a] = b;
      if (other[b] === -1) other[b] = a;
    }
  }
  return other;
}

function isSameProcess(a: Identity | undefined, b: Identity | undefined): boolean {
  if (a === undefined || b === undefined || a.id === b.id) return false;
  if (((a.fact.traits | b.fact.traits) & Trait.procfs) === 0) return false;
  return b.order - a.order <= CLOSE;
}

function compare(a: Identity | undefined, b: Identity | undefined): number {
  if (a === undefined || b === undefined) return 0;
  return compareBig(a.order, b.order) || compareText(a.id, b.id) || a.copy - b.copy;
}

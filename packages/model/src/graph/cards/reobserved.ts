import { hasTrait, Trait } from '../../event/traits.ts';
import type { Identity } from '../identity/identities.ts';
import type { Links } from '../identity/links.ts';
import { compareBig, compareText } from '../order.ts';

/** Times from /proc are rounded to 10 ms; an agent's restart moves them by at most one step (D21). */
const CLOSE = 20_000_000n;

/** Columns by identity. */
export interface Reobserved {
  /** Another listing of the same process; -1: none. */
  readonly other: Int32Array;
  /** 1: a second listing; the first one (seen live, else the earliest) stands for the process. */
  readonly isShadow: Uint8Array;
}

/**
 * Finds processes listed again after an agent's restart: same boot, pid and binary, starts within 20 ms, another id, and
 * one of the two found in /proc. No listing is deleted (D21).
 */
export function reobservedOf(identities: readonly Identity[], links: Links): Reobserved {
  const other = new Int32Array(identities.length).fill(-1);
  const isShadow = new Uint8Array(identities.length);
  for (const members of tasksOf(identities)) {
    members.sort((a, b) => compare(identities[a], identities[b]));
    for (let from = 0; from < members.length; ) {
      const first = identities[members[from] ?? -1];
      let to = from + 1;
      while (to < members.length && isClose(first, identities[members[to] ?? -1])) to += 1;
      const run = members.slice(from, to);
      const original = run.find((index) => !isProcfs(identities[index])) ?? run[0] ?? -1;
      for (const index of run) {
        if (!isSameProcess(original, index, identities, links)) continue;
        other[index] = original;
        isShadow[index] = 1;
        if (other[original] === -1) other[original] = index;
      }
      from = to;
    }
  }
  return { other, isShadow };
}

/** Identities of one pid and binary in one boot, where there are several and /proc listed one of that pid. */
function tasksOf(identities: readonly Identity[]): number[][] {
  const tasks = new Map<string, number[]>();
  const listed = new Set<number>();
  for (const identity of identities) {
    if (isProcfs(identity) && identity.fact.pid !== undefined) listed.add(identity.fact.pid);
  }
  for (const [index, { cluster, node, epoch, fact, start }] of identities.entries()) {
    if (fact.pid === undefined || fact.binary === undefined || start === undefined) continue;
    if (fact.pid === 0 || !listed.has(fact.pid)) continue;
    const key = [cluster, node, epoch, fact.pid, fact.binary].join('\0');
    const known = tasks.get(key);
    if (known === undefined) tasks.set(key, [index]);
    else known.push(index);
  }
  return [...tasks.values()].filter((members) => members.length > 1);
}

function isSameProcess(
  original: number,
  index: number,
  identities: readonly Identity[],
  links: Links,
): boolean {
  const a = identities[original];
  const b = identities[index];
  if (a === undefined || b === undefined || a.id === b.id) return false;
  if (!isProcfs(a) && !isProcfs(b)) return false;
  return links.parent[original] !== index && links.parent[index] !== original;
}

function isProcfs(identity: Identity | undefined): boolean {
  return identity !== undefined && hasTrait(identity.fact.traits, Trait.procfs);
}

function isClose(a: Identity | undefined, b: Identity | undefined): boolean {
  return a !== undefined && b !== undefined && b.order - a.order <= CLOSE;
}

function compare(a: Identity | undefined, b: Identity | undefined): number {
  if (a === undefined || b === undefined) return 0;
  return compareBig(a.order, b.order) || compareText(a.id, b.id) || a.copy - b.copy;
}

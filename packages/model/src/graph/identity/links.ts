import { traitsOfAgent } from '../../event/agentTraits.ts';
import { dialectOf } from '../../event/dialects.ts';
import type { ExitFact } from '../../event/facts.ts';
import { processKey, rankedFields } from '../../event/facts.ts';
import { hasTrait, Trait } from '../../event/traits.ts';
import type { KeyTable } from '../cards/keyTable.ts';
import { REOPENS } from '../cards/reopens.ts';
import type { LinkMethod } from '../derived.ts';
import { aliveAt, isAskedByPid, type PidTable } from './asOf.ts';
import { execIdNode } from './execIdNode.ts';
import type { Identity } from './identities.ts';

/** How each identity hangs on another. Columns by identity. */
export interface Links {
  /** Index of the parent identity; -1: none. */
  readonly parent: Int32Array;
  readonly method: LinkMethod[];
  /** Why the link is suspect; empty: it is not. */
  readonly suspect: string[];
  readonly selfParent: Uint8Array;
  readonly cycleCut: Uint8Array;
}

const PARENT_RANK = rankedFields.indexOf('parentId');
/** An id that names more processes than this is made up; looking at the first ones bounds the work. */
const MOST_NAMED = 64;
/** Times from /proc are rounded to 10 ms (D21): order within twice that proves nothing. */
const COARSE = 20_000_000n;
/** Wall times of one boot are recomputed per event (D18): a smaller difference proves nothing. */
const JITTER = 1_000_000_000n;

/**
 * Finds every parent: by its id, else as of the child's start by the pid that the id spells (an id without a time, D1).
 * Links that cannot be true are kept and told (`suspect`); edges to oneself and cycles are cut. `methods`: of what `settle` linked, by key.
 */
export function linksOf(
  identities: readonly Identity[],
  table: KeyTable,
  exits: readonly (ExitFact | undefined)[],
  pids: PidTable,
  methods: ReadonlyMap<string, LinkMethod>,
): Links {
  const parent = new Int32Array(identities.length).fill(-1);
  const method: LinkMethod[] = identities.map(() => 'none');
  const selfParent = new Uint8Array(identities.length);
  for (const [index, child] of identities.entries()) {
    const id = child.fact.parentId;
    if (id === undefined || id === '') continue;
    if (id === child.id) {
      selfParent[index] = 1;
      continue;
    }
    const named = pickParent(child, firstNamed(child, id, table), identities);
    if (named === undefined) continue;
    const asOf = asOfParent(child, index, identities[named], pids, identities);
    parent[index] = asOf ?? named;
    method[index] = asOf === undefined ? (methods.get(child.key) ?? methodOf(child)) : 'pid_as_of';
  }
  const cycleCut = cutCycles(parent, identities);
  const spelled = identities.map(({ id, dialect }) =>
    traitsOfAgent(dialect).idsNameImages ? execIdNode(id) : undefined,
  );
  const suspect = identities.map((child, index) => {
    if (cycleCut[index] === 1) method[index] = 'none';
    const up = parent[index] ?? -1;
    const above = identities[up];
    if (above === undefined) return '';
    return suspicionOf(child, above, exits[up], isSpelledApart(spelled[index], spelled[up]));
  });
  return { parent, method, suspect, selfParent, cycleCut };
}

/** The first identity of the id; -1: none. On the child's own node it is known already. */
function firstNamed({ group, cluster }: Identity, id: string, table: KeyTable): number {
  const [parent] = group.parents;
  if (parent?.id === id) return parent.first;
  return table.firstOf(processKey({ dialect: dialectOf(id), cluster, id })) ?? -1;
}

/** How well the child's own evidence names the parent: its own events, a snapshot of it, a list of ancestors. */
function methodOf(child: Identity): LinkMethod {
  const rank = child.fact.ranks[PARENT_RANK] ?? 0;
  if (rank >= 3) return 'exec_id';
  return rank === 2 ? 'embedded' : 'ancestors';
}

/** Of the processes of one id, which stand together because identities are sorted by key: same node, then same boot, then not after the child, then best evidence. */
function pickParent(
  child: Identity,
  first: number,
  identities: readonly Identity[],
): number | undefined {
  let best: number | undefined;
  let bestScore = -1;
  const key = identities[first]?.key;
  for (let index = first; index >= 0 && index < first + MOST_NAMED; index += 1) {
    const candidate = identities[index];
    if (candidate === undefined || candidate.key !== key) break;
    const near = candidate.node === child.node ? 4 : 0;
    const boot = candidate.epoch === child.epoch ? 2 : 0;
    const score = near + boot + (candidate.order <= child.order ? 1 : 0);
    if (score > bestScore) {
      best = index;
      bestScore = score;
    }
  }
  return best;
}

/** An id with a pid and no time names nobody by itself: the process of that pid alive at the child's start. */
function asOfParent(
  child: Identity,
  index: number,
  named: Identity | undefined,
  pids: PidTable,
  identities: readonly Identity[],
): number | undefined {
  if (named === undefined || !isAskedByPid(named.fact)) return undefined;
  const { pid } = named.fact;
  if (pid === undefined || child.start === undefined) return undefined;
  const found = aliveAt(pids, child, pid, child.order);
  return found === index || identities[found ?? -1] === undefined ? undefined : found;
}

/** Why the link cannot be true as it stands; empty: nothing speaks against it (semantics, Links; D14). */
function suspicionOf(
  child: Identity,
  parent: Identity,
  exit: ExitFact | undefined,
  spelledApart: boolean,
): string {
  if (child.node !== parent.node && parent.node !== '') {
    return `parent is on node ${parent.node}, this process on ${child.node}`;
  }
  if (spelledApart) return 'the ids of this process and its parent name different nodes';
  if (child.epoch !== parent.epoch) return 'parent belongs to another boot of the node';
  const coarse = isCoarse(child) || isCoarse(parent);
  const childTime = child.fact.ktime;
  const parentTime = parent.fact.ktime;
  if (childTime !== undefined && parentTime !== undefined) {
    if (childTime < parentTime && (!coarse || childTime + COARSE < parentTime))
      return 'starts before its parent';
  } else if (child.start !== undefined && parent.start !== undefined) {
    if (child.start < parent.start && child.start + JITTER < parent.start)
      return 'starts before its parent';
  }
  const end = exit?.time;
  if (end === undefined || child.start === undefined || child.start <= end + JITTER) return '';
  const active = parent.fact.lastSeen;
  const reopened = active !== undefined && active > end + REOPENS;
  return reopened ? '' : 'starts after its parent ended';
}

function isSpelledApart(own: string | undefined, parent: string | undefined): boolean {
  return own !== undefined && parent !== undefined && own !== parent;
}

function isCoarse(identity: Identity): boolean {
  return hasTrait(identity.fact.traits, Trait.procfs);
}

/** Cuts every cycle at its smallest key and marks where. One pass, no recursion (D13). */
function cutCycles(parent: Int32Array, identities: readonly Identity[]): Uint8Array {
  const cut = new Uint8Array(parent.length);
  // 0: not visited; otherwise the number of the walk that came by.
  const seenIn = new Int32Array(parent.length);
  for (let start = 0; start < parent.length; start += 1) {
    let at = start;
    while (at >= 0 && seenIn[at] === 0) {
      seenIn[at] = start + 1;
      at = parent[at] ?? -1;
    }
    if (at < 0 || seenIn[at] !== start + 1) continue;
    // Identities are sorted by key, then copy: the smallest index is the smallest key.
    let smallest = at;
    for (let next = parent[at] ?? -1; next !== at && next >= 0; next = parent[next] ?? -1) {
      if (next < smallest) smallest = next;
    }
    if (identities[smallest] === undefined) continue;
    parent[smallest] = -1;
    cut[smallest] = 1;
  }
  return cut;
}

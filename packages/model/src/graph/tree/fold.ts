import { alternations } from './foldRhythm.ts';
import { internTuples } from './internTuples.ts';

/**
 * What folding needs of a forest, as columns of one length: a browser holds its tree so, and 100,000 siblings fold
 * without an object per node. Texts are indexes of the caller's; only equality counts.
 */
export interface FoldView {
  /** Index of the parent, lower than the node's own; -1: a root. */
  readonly parent: ArrayLike<number>;
  /** Time of the start in any unit, the same for all; NaN: unknown. Siblings fold in this order, then by index. */
  readonly order: ArrayLike<number>;
  readonly binary: ArrayLike<number>;
  /** The argument template (`argumentTemplate`). */
  readonly template: ArrayLike<number>;
  /** -1: unknown. */
  readonly uid: ArrayLike<number>;
  /** How it ended: equal numbers for what an analyst calls the same end. */
  readonly exitClass: ArrayLike<number>;
  /** The policies of the agent that reported it, as one number. */
  readonly policies: ArrayLike<number>;
  /** Shape of its children and of its connections (`childShapes`). */
  readonly shape: ArrayLike<number>;
  /** Not 0: stays a card of its own: alerts, late and new, pinned, search hits. So do its ancestors. */
  readonly keepOut: ArrayLike<number>;
}

export interface FoldOptions {
  /** Fewer siblings of one kind stay as they are. 5 by default. */
  readonly fewest?: number;
}

/** Siblings drawn as one card. All members share parent, binary, template, uid, exit class, policies and shape. */
export interface FoldGroup {
  readonly parent: number;
  /** In order; at least two. */
  readonly members: readonly number[];
  readonly binary: number;
  readonly template: number;
  readonly uid: number;
  readonly exitClass: number;
  /** `order` of the first and the last member. */
  readonly first: number;
  readonly last: number;
  /** Median gap between members in the unit of `order`; undefined when no two have a time. */
  readonly period: number | undefined;
  /** Siblings of the same binary and template that stay cards of their own, in order. */
  readonly keptOut: readonly number[];
  /** How often each exit class occurs among all siblings of the same binary and template, the most frequent first. */
  readonly exits: readonly ExitCount[];
  /** Index of the group whose members this one's alternate with (a loop of two programs); -1: none. */
  readonly alternatesWith: number;
}

export interface ExitCount {
  readonly exitClass: number;
  readonly count: number;
}

/** Members of groups and cards of their own together are all nodes: nothing is dropped. */
export interface Fold {
  /** In order of the first member's place in the forest. */
  readonly groups: readonly FoldGroup[];
  /** Index of the group by node; -1: a card of its own. */
  readonly groupOf: Int32Array;
}

const FEWEST = 5;

/**
 * Folds siblings (semantics, "Late and new"): 5 or more with the same image, template, uid, exit class,
 * policies that reported them, and shape. Kept out: what `keepOut` marks and its ancestors, and the first of each template under a parent, so that one
 * example stays visible. An odd exit or uid differs in its key and so leaves the fold by itself; five alike make a fold of their own.
 *
 * A loop of two programs (`curl`, `sleep`, `curl`, …) folds into two groups, one per program, which name each other in
 * `alternatesWith`; a view may draw the pair as one.
 */
export function foldSiblings(view: FoldView, options: FoldOptions = {}): Fold {
  const count = view.parent.length;
  const fewest = options.fewest ?? FEWEST;
  const keptOut = keepOutWithAncestors(view);
  const ordered = inOrder(view.order, count);
  // Siblings of one command: parent, binary, template. Of one kind: all that a group shares.
  const command = internTuples([view.parent, view.binary, view.template], count);
  const kind = internTuples([command, view.uid, view.exitClass, view.policies, view.shape], count);
  const membersOf = buckets(kind, ordered);
  const firstOfCommand = firsts(command, ordered);
  const groupOf = new Int32Array(count).fill(-1);
  const drafts: { kind: number; members: number[] }[] = [];
  for (const [index, siblings] of membersOf.entries()) {
    if (siblings.length < fewest) continue;
    const members = siblings.filter(
      (node) => keptOut[node] === 0 && firstOfCommand[command[node] ?? -1] !== node,
    );
    if (members.length >= 2) drafts.push({ kind: index, members });
  }
  drafts.sort((a, b) => (a.members[0] ?? 0) - (b.members[0] ?? 0));
  for (const [group, { members }] of drafts.entries()) {
    for (const node of members) groupOf[node] = group;
  }
  const pairs = alternations(
    drafts.map(({ members }) => members),
    view.parent,
    view.order,
  );
  const summaries = summariesOf(view, buckets(command, ordered), groupOf);
  const groups = drafts.map(({ members }, group): FoldGroup => {
    const first = members[0] ?? -1;
    const last = members[members.length - 1] ?? -1;
    const { keptOut: cards, exits } = summaries(command[first] ?? -1);
    return {
      parent: view.parent[first] ?? -1,
      members,
      binary: view.binary[first] ?? 0,
      template: view.template[first] ?? 0,
      uid: view.uid[first] ?? -1,
      exitClass: view.exitClass[first] ?? 0,
      first: view.order[first] ?? Number.NaN,
      last: view.order[last] ?? Number.NaN,
      period: medianGap(members, view.order),
      keptOut: cards,
      exits,
      alternatesWith: pairs[group] ?? -1,
    };
  });
  return { groups, groupOf };
}

/** What all siblings of one command share: made once for however many groups they form. */
function summariesOf(
  { exitClass }: FoldView,
  siblingsOf: readonly (readonly number[])[],
  groupOf: Int32Array,
): (command: number) => { keptOut: readonly number[]; exits: readonly ExitCount[] } {
  const known = new Map<number, { keptOut: readonly number[]; exits: readonly ExitCount[] }>();
  return (command) => {
    const found = known.get(command);
    if (found !== undefined) return found;
    const siblings = siblingsOf[command] ?? [];
    const counts = new Map<number, number>();
    for (const node of siblings) {
      const exit = exitClass[node] ?? 0;
      counts.set(exit, (counts.get(exit) ?? 0) + 1);
    }
    const summary = {
      keptOut: siblings.filter((node) => groupOf[node] === -1),
      exits: [...counts]
        .map(([exit, count]) => ({ exitClass: exit, count }))
        .sort((a, b) => b.count - a.count || a.exitClass - b.exitClass),
    };
    known.set(command, summary);
    return summary;
  };
}

/** What is kept out takes its ancestors along: a fold never hides something that must be seen. */
function keepOutWithAncestors({ parent, keepOut }: FoldView): Uint8Array {
  const kept = new Uint8Array(parent.length);
  for (let node = parent.length - 1; node >= 0; node -= 1) {
    if ((keepOut[node] ?? 0) !== 0) kept[node] = 1;
    const up = parent[node] ?? -1;
    if (kept[node] === 1 && up >= 0) kept[up] = 1;
  }
  return kept;
}

/** Nodes by order, unknown times last, then by index. */
function inOrder(order: ArrayLike<number>, count: number): Int32Array {
  const nodes = Int32Array.from({ length: count }, (_, index) => index);
  const timeOf = (node: number): number => {
    const time = order[node] ?? Number.NaN;
    return Number.isNaN(time) ? Number.POSITIVE_INFINITY : time;
  };
  return nodes.sort((a, b) => {
    const x = timeOf(a);
    const y = timeOf(b);
    return x === y ? a - b : x - y;
  });
}

function buckets(keys: Int32Array, ordered: Int32Array): number[][] {
  const found: number[][] = [];
  for (const node of ordered) {
    const key = keys[node] ?? 0;
    const known = found[key];
    if (known === undefined) found[key] = [node];
    else known.push(node);
  }
  return found;
}

function firsts(keys: Int32Array, ordered: Int32Array): Int32Array {
  const first = new Int32Array(keys.length).fill(-1);
  for (const node of ordered) {
    const key = keys[node] ?? 0;
    if (first[key] === -1) first[key] = node;
  }
  return first;
}

function medianGap(members: readonly number[], order: ArrayLike<number>): number | undefined {
  const gaps: number[] = [];
  for (let i = 1; i < members.length; i += 1) {
    const gap =
      (order[members[i] ?? -1] ?? Number.NaN) - (order[members[i - 1] ?? -1] ?? Number.NaN);
    if (!Number.isNaN(gap)) gaps.push(gap);
  }
  if (gaps.length === 0) return undefined;
  gaps.sort((a, b) => a - b);
  return gaps[(gaps.length - 1) >> 1];
}

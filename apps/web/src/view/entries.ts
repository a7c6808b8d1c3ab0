import { isExternal, isHindered } from './external.ts';
import type { FoldGroup, Folds } from './folds.ts';
import { IntList } from './intList.ts';
import { hasLoose } from './loose.ts';
import { mark } from './marks.ts';
import type { ProjectionRules } from './projectionRules.ts';
import { rowKind } from './rowKeys.ts';
import type { TreeModel } from './treeModel.ts';

/** Cards below one parent in the graph before the rest becomes one. */
const CAP = 12;
const PAGE = 50;
/** More destinations than this are drawn as one. */
const MOST_LEAVES = 3;
/** Single children in a row before the ones between the ends become a capsule. */
const CHAIN = 4;
const GROUP_HEAD = 3;
const RANKS = 5;

/**
 * What stands below one parent, in order: destinations, processes, folded groups, capsules, the rest. One list that is
 * filled anew for each parent; `lists` collects for all of them what the folded entries stand for.
 */
export class Entries {
  readonly lists: Int32Array[] = [];
  readonly #model: TreeModel;
  readonly #folds: Folds;
  readonly #rules: ProjectionRules;
  readonly #kind = new IntList();
  readonly #item = new IntList();
  readonly #position = new IntList();
  readonly #implied = new IntList();
  /** Steps of capsules that somebody opened: drawn one by one, each open. */
  readonly #laidOpen = new Set<number>();
  /** Entries there are, those behind `more` counted each. */
  total = 0;

  constructor(model: TreeModel, folds: Folds, rules: ProjectionRules) {
    this.#model = model;
    this.#folds = folds;
    this.#rules = rules;
  }

  get length(): number {
    return this.#kind.length;
  }
  kindAt(at: number): number {
    return this.#kind.at(at);
  }
  itemAt(at: number): number {
    return this.#item.at(at);
  }
  positionAt(at: number): number {
    return this.#position.at(at);
  }
  /** 1: drawn open, because it is the visible end of a chain. */
  impliedAt(at: number): number {
    return this.#implied.at(at);
  }

  canOpen(process: number): boolean {
    const { children, leafStart } = this.#model;
    return (children[process] ?? 0) > 0 || leafStart[process] !== leafStart[process + 1];
  }

  ofRoots(): void {
    this.#begin();
    this.#addSiblings(-1);
    const { loose } = this.#model;
    if (hasLoose(loose)) this.#add(rowKind.loose, this.#list(loose.leaves), 0);
  }

  /** The alerts that name no process, by rule, and the connections that have none. */
  ofLoose(): void {
    this.#begin();
    const { rules, leaves } = this.#model.loose;
    for (const place of rules.keys()) this.#add(rowKind.looseRule, place, 0);
    this.#addLeavesOf(-1, leaves);
  }

  only(process: number): void {
    this.#begin();
    this.#addProcess(process);
  }

  ofProcess(process: number): void {
    this.#begin();
    this.#addLeaves(process);
    // The first step of a chain was drawn open: what follows it is the capsule.
    const steps = this.#chainAfter(process);
    if (steps === undefined) this.#addSiblings(process);
    else this.#add(rowKind.capsule, this.#list(steps), 0);
  }

  /** The end of a chain: the child of its last step. */
  afterChain(steps: Int32Array): void {
    this.#begin();
    const last = steps[steps.length - 1] ?? -1;
    this.#addSiblings(last);
  }

  ofGroup(members: Int32Array): void {
    this.#begin();
    const { options } = this.#rules;
    const first = members[0] ?? -1;
    const shown = GROUP_HEAD + PAGE * this.#rules.pagesBelow(first, true);
    if (options.shape === 'rows' || !options.fold || members.length <= shown + 2) {
      for (const member of this.#inOrder(members)) this.#addProcess(member);
      return;
    }
    for (const member of members.subarray(0, shown)) this.#addProcess(member);
    this.#add(rowKind.more, this.#list(members.slice(shown, -1)), 0);
    this.#addProcess(members[members.length - 1] ?? -1);
    this.total = members.length;
  }

  /** Members of a group, which are listed by start, in the order that siblings have here. */
  #inOrder(members: Int32Array): Int32Array {
    const { position } = this.#model;
    return members.toSorted((a, b) => (position[a] ?? 0) - (position[b] ?? 0));
  }

  #addSiblings(parent: number): void {
    const model = this.#model;
    const { options } = this.#rules;
    const from = this.length;
    const open = this.#rules.isHiddenOpen(parent);
    const groups = options.fold ? this.#folds.groupsUnder(parent) : [];
    const slots = groups.length === 0 ? undefined : this.#slotsOf(groups, open);
    const drawn = new Set<Int32Array>();
    let hidden: IntList | undefined;
    let row = parent === -1 ? model.firstRoot : (model.first[parent] ?? -1);
    for (; row !== -1; row = model.next[row] ?? -1) {
      if (!open && this.#rules.isFilteredOut(row)) {
        hidden ??= new IntList();
        hidden.push(row);
      } else if (slots?.has(row) === true) {
        const members = slots.get(row) ?? new Int32Array(0);
        // A group stands where the first of its members would.
        if (!drawn.has(members)) this.#add(rowKind.group, this.#list(members), 0);
        drawn.add(members);
      } else this.#addProcess(row);
    }
    if (options.shape === 'graph' && options.fold) this.#cap(parent, from);
    if (hidden !== undefined) this.#add(rowKind.hidden, this.#list(hidden.toArray()), 0);
  }

  /** Groups by each of their members, once what must be seen has left them. */
  #slotsOf(groups: readonly FoldGroup[], open: boolean) {
    const slots = new Map<number, Int32Array>();
    for (const group of groups) {
      const members = group.members.filter(
        (row) => this.#rules.mayFold(row) && (open || !this.#rules.isFilteredOut(row)),
      );
      if (members.length < 2) continue;
      for (const member of members) slots.set(member, members);
    }
    return slots;
  }

  /** Adds a process, or the capsule it begins when it is one of the host's own chain. */
  #addProcess(process: number): void {
    if (this.#laidOpen.has(process)) {
      this.#add(rowKind.process, process, 1);
      return;
    }
    if (!this.#rules.options.fold || !this.#rules.isInfrastructureStep(process)) {
      this.#add(rowKind.process, process, this.#beginsChain(process) ? 1 : 0);
      return;
    }
    const steps = new IntList(8);
    for (let row = process; row >= 0 && this.#rules.isInfrastructureStep(row); ) {
      steps.push(row);
      row = this.#model.first[row] ?? -1;
    }
    if (steps.length >= 2 && !this.#rules.isCapsuleOpen(process)) {
      this.#add(rowKind.capsule, this.#list(steps.toArray()), 0);
      return;
    }
    for (const step of steps.toArray()) this.#laidOpen.add(step);
    this.#add(rowKind.process, process, 1);
  }

  /** The steps between the ends of a chain whose first step is drawn; undefined when it is none. */
  #chainAfter(first: number): Int32Array | undefined {
    if (!this.#rules.options.fold || !this.#beginsChain(first)) return undefined;
    const steps = new IntList(16);
    let row = this.#model.first[first] ?? -1;
    for (; row >= 0 && this.#rules.isOrdinaryStep(row); row = this.#model.first[row] ?? -1) {
      steps.push(row);
    }
    const run = steps.toArray();
    if (!this.#rules.isCapsuleOpen(run[0] ?? -1)) return run;
    for (const step of run) this.#laidOpen.add(step);
    return undefined;
  }

  /** Whether it is the first of four or more single children in a row. Bounded: four steps tell. */
  #beginsChain(process: number): boolean {
    if (!this.#rules.options.fold) return false;
    const up = this.#model.parent[process] ?? -1;
    if (up >= 0 && this.#rules.isOrdinaryStep(up) && this.#rules.isOrdinaryStep(process)) {
      return false;
    }
    let row = process;
    for (let step = 0; step < CHAIN; step += 1) {
      if (row < 0 || !this.#rules.isOrdinaryStep(row)) return false;
      row = this.#model.first[row] ?? -1;
    }
    return true;
  }

  #addLeaves(process: number): void {
    const model = this.#model;
    const from = model.leafStart[process] ?? 0;
    const to = model.leafStart[process + 1] ?? 0;
    if (to > from) this.#addLeavesOf(process, model.leaves.subarray(from, to));
  }

  /** `process`: -1 for those that have none. */
  #addLeavesOf(process: number, leaves: Int32Array): void {
    const { options } = this.#rules;
    if (!options.fold || leaves.length <= MOST_LEAVES || this.#rules.areDestinationsOpen(process)) {
      for (const leaf of leaves) this.#add(rowKind.leaf, leaf, 0);
      return;
    }
    const speaks = this.#speakingAmong(process, leaves);
    const rest = leaves.filter((_, place) => speaks[place] === 0);
    for (const [place, leaf] of leaves.entries())
      if (speaks[place] === 1) this.#add(rowKind.leaf, leaf, 0);
    if (rest.length === 1) this.#add(rowKind.leaf, rest[0] ?? -1, 0);
    else if (rest.length > 1) this.#add(rowKind.destinations, this.#list(rest), 0);
  }

  /**
   * 1: drawn by itself, by place. A name that looks random and what somebody went to always are; what was hindered, what leads
   * outside, and to a known process, when they are few: a service has a known process behind each of its callers, and a scan is
   * many refusals.
   */
  #speakingAmong(process: number, leaves: Int32Array): Uint8Array {
    const { columns } = this.#model;
    const { randomName, peer } = columns.connections;
    const speaks = Uint8Array.from(leaves, (leaf, place) =>
      Number(randomName[leaf] === 1 || this.#rules.isLeafPinned(process, place)),
    );
    const few = (wanted: (leaf: number) => boolean) => {
      const places = [...leaves.keys()].filter((place) => wanted(leaves[place] ?? -1));
      if (places.length <= MOST_LEAVES) for (const place of places) speaks[place] = 1;
    };
    few((leaf) => isHindered(columns, leaf));
    few((leaf) => isExternal(columns, leaf));
    few((leaf) => (peer[leaf] ?? null) !== null);
    return speaks;
  }

  /** Keeps the twelve that matter, in their order, and makes the rest one entry. */
  #cap(parent: number, from: number): void {
    const { length } = this.#kind;
    if (length - from <= CAP + 1) return;
    const ranks = new Uint8Array(length);
    let speaking = 0;
    for (let at = from; at < length; at += 1) {
      const rank = this.#rankAt(at);
      ranks[at] = rank;
      if (rank <= 1) speaking += 1;
    }
    // Many that speak get more room, and never all of it: what stands for the others is seen, too.
    const wanted = Math.max(CAP, Math.min(CAP * 2, speaking + 2));
    const room = wanted + PAGE * this.#rules.pagesBelow(parent, false);
    if (length - from <= room + 1) return;
    const kept = new Uint8Array(length).fill(1, 0, from);
    let left = room;
    for (let rank = 0; rank < RANKS; rank += 1) {
      const least = rank === 1 && speaking < length - from ? 2 : 0;
      for (let at = from; at < length && (left > least || rank === 0); at += 1) {
        if (ranks[at] !== rank) continue;
        kept[at] = 1;
        left -= 1;
      }
    }
    this.#keepOnly(kept, length);
  }

  #keepOnly(kept: Uint8Array, length: number): void {
    const rest = new IntList();
    let to = 0;
    for (let at = 0; at < length; at += 1) {
      const kind = this.#kind.at(at);
      const item = this.#item.at(at);
      if (kept[at] === 1) {
        this.#kind.set(to, kind);
        this.#item.set(to, item);
        this.#position.set(to, this.#position.at(at));
        this.#implied.set(to, this.#implied.at(at));
        to += 1;
      } else if (kind === rowKind.process) rest.push(item);
      else for (const row of this.lists[item] ?? []) rest.push(row);
    }
    this.#kind.length = to;
    this.#item.length = to;
    this.#position.length = to;
    this.#implied.length = to;
    if (rest.length === 0) return;
    this.#add(rowKind.more, this.#list(rest.toArray()), 0);
    this.total = length;
  }

  /** 0 always shown, 1 speaks, 2 stands for many, 3 ordinary, 4 probes. */
  #rankAt(at: number): number {
    if (this.#kind.at(at) === rowKind.capsule || this.#kind.at(at) === rowKind.loose) return 0;
    if (this.#kind.at(at) === rowKind.group) return 2;
    const row = this.#item.at(at);
    if (this.#rules.isPinned(row)) return 0;
    const marks = this.#model.marks[row] ?? 0;
    const loud =
      (marks & (mark.loud | mark.alert | mark.main | mark.blocked | mark.authored)) !== 0;
    const { loudBelow, alertsBelow } = this.#model;
    if (loud || (loudBelow[row] ?? 0) + (alertsBelow[row] ?? 0) > 0) return 1;
    if (this.#rules.isMatch(row)) return 1;
    return (marks & mark.probe) === 0 ? 3 : 4;
  }

  #begin(): void {
    this.#kind.length = 0;
    this.#item.length = 0;
    this.#position.length = 0;
    this.#implied.length = 0;
    this.total = 0;
  }

  #add(kind: number, item: number, implied: number): void {
    this.#kind.push(kind);
    this.#item.push(item);
    this.total += 1;
    this.#position.push(this.total);
    this.#implied.push(implied);
  }

  #list(rows: Int32Array): number {
    return this.lists.push(rows) - 1;
  }
}

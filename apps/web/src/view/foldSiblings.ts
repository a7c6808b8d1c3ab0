import { argumentTemplate } from '@forebear/model/graph/argumentTemplate';
import { mark } from './marks.ts';
import type { TreeModel } from './treeModel.ts';
import { textOf } from './texts.ts';

/** Siblings that do the same work: five or more of one image, template, uid, exit class and shape. */
export interface FoldGroup {
  readonly parent: number;
  /** Rows of the model, in the order of siblings. */
  readonly members: Int32Array;
  readonly template: string;
}

const SMALLEST = 5;
/** Never folded: what is marked stands for itself. */
const SHOWN = mark.loud | mark.alert | mark.main | mark.noted | mark.random | mark.suspect;

/**
 * Folding, computed for one parent when its children are first shown: a closed subtree of a hundred thousand costs
 * nothing. The rule is semantics.md's: kept out are alerts, late and new ones and what has such below, the first of a
 * template, exits that differ, another uid. `groupsUnder(-1)` folds the roots.
 */
export class Folds {
  readonly #model: TreeModel;
  readonly #known = new Map<number, readonly FoldGroup[]>();
  readonly #groupOf: Int32Array;
  readonly #groups: FoldGroup[] = [];
  readonly #templates = new Map<number, string>();

  constructor(model: TreeModel) {
    this.#model = model;
    this.#groupOf = new Int32Array(model.count).fill(-1);
  }

  /** The groups among the children of a process, by their first members. */
  groupsUnder(parent: number): readonly FoldGroup[] {
    const known = this.#known.get(parent);
    if (known !== undefined) return known;
    const groups = this.#fold(parent);
    this.#known.set(parent, groups);
    for (const group of groups) {
      const id = this.#groups.push(group) - 1;
      for (const member of group.members) this.#groupOf[member] = id;
    }
    return groups;
  }

  /** The group a process is folded into; undefined: none. Its parent's children are folded for it. */
  groupOf(row: number): FoldGroup | undefined {
    this.groupsUnder(this.#model.parent[row] ?? -1);
    return this.#groups[this.#groupOf[row] ?? -1];
  }

  #fold(parent: number): readonly FoldGroup[] {
    const model = this.#model;
    const size = parent === -1 ? model.roots : (model.children[parent] ?? 0);
    if (size <= SMALLEST) return [];
    const alike = new Map<string, number[]>();
    let row = parent === -1 ? model.firstRoot : (model.first[parent] ?? -1);
    for (; row !== -1; row = model.next[row] ?? -1) {
      if (((model.marks[row] ?? 0) & SHOWN) !== 0) continue;
      if ((model.loudBelow[row] ?? 0) > 0 || (model.alertsBelow[row] ?? 0) > 0) continue;
      const key = this.#likeness(row);
      const members = alike.get(key);
      if (members === undefined) alike.set(key, [row]);
      else members.push(row);
    }
    const groups: FoldGroup[] = [];
    for (const members of alike.values()) {
      // The first of a template stays a card: it shows what the others repeat.
      if (members.length <= SMALLEST) continue;
      const rest = Int32Array.from(members.slice(1));
      groups.push({ parent, members: rest, template: this.#template(rest[0] ?? 0) });
    }
    return groups.sort((a, b) => (a.members[0] ?? 0) - (b.members[0] ?? 0));
  }

  #likeness(row: number): string {
    const { nodes } = this.#model.columns;
    const { children, leafStart, marks } = this.#model;
    const below = (children[row] ?? 0) > 0 ? 1 : 0;
    const calls = (leafStart[row + 1] ?? 0) > (leafStart[row] ?? 0) ? 1 : 0;
    const external = ((marks[row] ?? 0) & mark.external) === 0 ? 0 : 1;
    const kind = `${nodes.kind[row]}|${nodes.role[row]}|${nodes.container[row]}|${nodes.uid[row]}`;
    return `${nodes.binary[row]}|${kind}|${exitClass(this.#model, row)}|${below}${calls}${external}|${this.#template(row)}`;
  }

  /** Cached by binary and arguments: a loop of ten thousand has few of them. */
  #template(row: number): string {
    const { nodes, strings } = this.#model.columns;
    const binary = nodes.binary[row] ?? 0;
    const args = nodes.arguments[row] ?? 0;
    const key = binary * strings.length + args;
    const known = this.#templates.get(key);
    if (known !== undefined) return known;
    const template = argumentTemplate(textOf(this.#model, binary), textOf(this.#model, args));
    this.#templates.set(key, template);
    return template;
  }
}

/** `ok`, `failed`, or empty while it runs or nobody knows. */
export function exitClass(model: TreeModel, row: number): 'ok' | 'failed' | '' {
  const { nodes } = model.columns;
  if (nodes.end[row] !== 'exited') return '';
  const isClean = (nodes.exitCode[row] ?? 0) === 0 && (nodes.signal[row] ?? 0) === 0;
  return isClean ? 'ok' : 'failed';
}

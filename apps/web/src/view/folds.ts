import { argumentTemplate } from '@forebear/model/graph/argumentTemplate';
import { childShapes } from '@forebear/model/graph/childShapes';
import { foldSiblings } from '@forebear/model/graph/fold';
import { mark } from './marks.ts';
import { destinationOf, textOf } from './texts.ts';
import type { TreeModel } from './treeModel.ts';

/** Siblings that do the same work, drawn as one. */
export interface FoldGroup {
  readonly parent: number;
  /** Rows of the model, in order. */
  readonly members: Int32Array;
}

/** Fewer siblings are not looked at: the model folds from five. */
const FEWEST = 5;
/** Never folded: what is marked stands for itself. */
const SHOWN = mark.loud | mark.alert | mark.main | mark.noted | mark.random | mark.suspect;

/**
 * Folding by the model's own function, one parent at a time, when its children are first shown: a closed subtree of a
 * hundred thousand costs nothing. `groupsUnder(-1)` folds the roots.
 */
export class Folds {
  readonly #model: TreeModel;
  readonly #known = new Map<number, readonly FoldGroup[]>();
  readonly #groupOf: Int32Array;
  readonly #groups: FoldGroup[] = [];
  readonly #templates = new Map<number, number>();
  readonly #numbers = new Map<string, number>();

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

  /** The group a process is folded into; undefined: none. */
  groupOf(row: number): FoldGroup | undefined {
    this.groupsUnder(this.#model.parent[row] ?? -1);
    return this.#groups[this.#groupOf[row] ?? -1];
  }

  #fold(parent: number): readonly FoldGroup[] {
    const model = this.#model;
    const size = parent === -1 ? model.roots : (model.children[parent] ?? 0);
    if (size < FEWEST) return [];
    const siblings = new Int32Array(size);
    let row = parent === -1 ? model.firstRoot : (model.first[parent] ?? -1);
    for (let at = 0; at < size; at += 1) {
      siblings[at] = row;
      row = model.next[row] ?? -1;
    }
    const { nodes } = model.columns;
    const pick = (column: (sibling: number) => number) => Int32Array.from(siblings, column);
    const fold = foldSiblings({
      parent: new Int32Array(size).fill(-1),
      order: Float64Array.from(siblings, (one) => nodes.startTimeUs[one] ?? Number.NaN),
      binary: pick((one) => nodes.binary[one] ?? 0),
      template: pick((one) => this.#template(one)),
      uid: pick((one) => nodes.uid[one] ?? -1),
      exitClass: pick((one) => this.#numberOf(exitText(model, one))),
      shape: this.#shapes(siblings),
      keepOut: pick((one) => this.#keepOut(one)),
    });
    return fold.groups.map((group) => ({
      parent,
      members: Int32Array.from(group.members, (at) => siblings[at] ?? -1),
    }));
  }

  #keepOut(row: number): number {
    const { marks, loudBelow, alertsBelow } = this.#model;
    if (((marks[row] ?? 0) & SHOWN) !== 0) return 1;
    return (loudBelow[row] ?? 0) > 0 || (alertsBelow[row] ?? 0) > 0 ? 1 : 0;
  }

  /** A shape looks one level down, so the siblings' children are laid beside them. */
  #shapes(siblings: Int32Array): Int32Array {
    const model = this.#model;
    const { nodes } = model.columns;
    const parent: number[] = [];
    const binary: number[] = [];
    const connections: number[] = [];
    for (const row of siblings) {
      parent.push(-1);
      binary.push(nodes.binary[row] ?? 0);
      connections.push(this.#numberOf(this.#connectionsOf(row)));
    }
    for (const [at, row] of siblings.entries()) {
      for (let child = model.first[row] ?? -1; child !== -1; child = model.next[child] ?? -1) {
        parent.push(at);
        binary.push(nodes.binary[child] ?? 0);
        connections.push(0);
      }
    }
    return childShapes({ parent, binary, connections }).subarray(0, siblings.length);
  }

  #connectionsOf(row: number): string {
    const { leaves, leafStart, columns } = this.#model;
    const from = leafStart[row] ?? 0;
    const to = leafStart[row + 1] ?? 0;
    if (from === to) return '';
    const { direction, protocol, port } = columns.connections;
    const texts = Array.from(leaves.subarray(from, to), (leaf) => {
      const remote = destinationOf(this.#model, leaf);
      return `${direction[leaf]} ${protocol[leaf]} ${remote} ${port[leaf]}`;
    });
    return [...new Set(texts)].sort().join('\n');
  }

  /** Cached by binary and arguments: a loop of ten thousand has few of them. */
  #template(row: number): number {
    const { nodes, strings } = this.#model.columns;
    const binary = nodes.binary[row] ?? 0;
    const args = nodes.arguments[row] ?? 0;
    const key = binary * strings.length + args;
    const known = this.#templates.get(key);
    if (known !== undefined) return known;
    const text = argumentTemplate(textOf(this.#model, binary), textOf(this.#model, args));
    const template = this.#numberOf(`t ${text}`);
    this.#templates.set(key, template);
    return template;
  }

  #numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#numbers.size);
    return this.#numbers.size - 1;
  }
}

/** The same end for an analyst: not ended, ended with this code, killed by this signal. */
function exitText(model: TreeModel, row: number): string {
  const { nodes } = model.columns;
  if (nodes.end[row] !== 'exited') return nodes.end[row] ?? '';
  return `exited ${nodes.exitCode[row] ?? '?'} ${textOf(model, nodes.signal[row])}`;
}

export function hasFailed(model: TreeModel, row: number): boolean {
  const { nodes } = model.columns;
  if (nodes.end[row] !== 'exited') return false;
  return (nodes.exitCode[row] ?? 0) !== 0 || (nodes.signal[row] ?? 0) !== 0;
}

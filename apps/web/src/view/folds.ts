import { argumentTemplate } from '@forebear/model/graph/novelty/argumentTemplate';
import { childShapes } from '@forebear/model/graph/tree/childShapes';
import { foldSiblings } from '@forebear/model/graph/tree/fold';
import { type FoldWitness, staysAlone } from '@forebear/model/graph/tree/staysAlone';
import { mark } from './marks.ts';
import { destinationOf, textOf } from './texts.ts';
import type { TreeModel } from './treeModel.ts';

/** Siblings that do the same work, drawn as one. */
export interface FoldGroup {
  readonly parent: number;
  /** Rows of the model, in order. */
  readonly members: Int32Array;
}

/**
 * What folding needs of the siblings below one parent, as columns that can be sent to another thread. The siblings come
 * first; the rest of `shapeParent` and `shapeBinary` are their children, which a shape looks at.
 */
export interface FoldColumns {
  readonly order: Float64Array<ArrayBuffer>;
  readonly binary: Int32Array<ArrayBuffer>;
  readonly template: Int32Array<ArrayBuffer>;
  readonly uid: Int32Array<ArrayBuffer>;
  readonly exitClass: Int32Array<ArrayBuffer>;
  readonly policies: Int32Array<ArrayBuffer>;
  readonly keepOut: Uint8Array<ArrayBuffer>;
  readonly shapeParent: Int32Array<ArrayBuffer>;
  readonly shapeBinary: Int32Array<ArrayBuffer>;
  readonly connections: Int32Array<ArrayBuffer>;
}

/** Folds somewhere else; answers the places of each group's members among the siblings. */
export type FoldFar = (columns: FoldColumns) => Promise<readonly Int32Array<ArrayBuffer>[]>;

/** Fewer siblings are not looked at: the model folds from five. */
const FEWEST = 5;
/** More siblings than this would be felt: they are folded far away, and stand unfolded until then. */
const MANY = 20_000;

/** The model's folding over columns: the places of each group's members among the siblings. */
export function foldColumns(columns: FoldColumns): readonly Int32Array<ArrayBuffer>[] {
  const { length } = columns.order;
  const shape = childShapes({
    parent: columns.shapeParent,
    binary: columns.shapeBinary,
    connections: columns.connections,
  }).subarray(0, length);
  const fold = foldSiblings({ ...columns, parent: new Int32Array(length).fill(-1), shape });
  return fold.groups.map(({ members }) => Int32Array.from(members));
}

/**
 * Folding by the model's own function, one parent at a time, when its children are first shown: a closed subtree of a
 * hundred thousand costs nothing. `groupsUnder(-1)` folds the roots. With `far`, families too large for a frame are folded
 * there, and `onFolded` tells when.
 */
export class Folds {
  readonly #model: TreeModel;
  readonly #far: FoldFar | undefined;
  readonly #known = new Map<number, readonly FoldGroup[]>();
  readonly #templates = new Map<number, number>();
  readonly #numbers = new Map<string, number>();
  #alone: Uint8Array<ArrayBuffer> | undefined;
  /** Called when groups are there that were not before. */
  onFolded: () => void = () => undefined;

  constructor(model: TreeModel, far?: FoldFar) {
    this.#model = model;
    this.#far = far;
  }

  /** The groups among the children of a process, by their first members. */
  groupsUnder(parent: number): readonly FoldGroup[] {
    const known = this.#known.get(parent);
    if (known !== undefined) return known;
    const model = this.#model;
    const size = parent === -1 ? model.roots : (model.children[parent] ?? 0);
    if (size < FEWEST) return NONE;
    const siblings = this.#siblings(parent, size);
    const columns = this.#columns(siblings);
    if (this.#far === undefined || size < MANY) {
      return this.#keep(parent, siblings, foldColumns(columns));
    }
    this.#known.set(parent, NONE);
    void this.#foldFar(this.#far, parent, siblings, columns);
    return NONE;
  }

  async #foldFar(far: FoldFar, parent: number, siblings: Int32Array, columns: FoldColumns) {
    let places: readonly Int32Array[];
    try {
      places = await far(columns);
    } catch {
      // A worker that cannot be had is no reason to show less.
      places = foldColumns(this.#columns(siblings));
    }
    this.#keep(parent, siblings, places);
    this.onFolded();
  }

  #keep(parent: number, siblings: Int32Array, places: readonly Int32Array[]): readonly FoldGroup[] {
    const groups = places.map((members) => ({
      parent,
      members: members.map((place) => siblings[place] ?? -1),
    }));
    this.#known.set(parent, groups);
    return groups;
  }

  #siblings(parent: number, size: number): Int32Array {
    const model = this.#model;
    const siblings = new Int32Array(size);
    let row = parent === -1 ? model.firstRoot : (model.first[parent] ?? -1);
    for (let at = 0; at < size; at += 1) {
      siblings[at] = row;
      row = model.next[row] ?? -1;
    }
    return siblings;
  }

  #columns(siblings: Int32Array): FoldColumns {
    const model = this.#model;
    const { nodes } = model.columns;
    const pick = (column: (sibling: number) => number) => Int32Array.from(siblings, column);
    return {
      order: Float64Array.from(siblings, (one) => nodes.startTimeUs[one] ?? Number.NaN),
      binary: pick((one) => nodes.binary[one] ?? 0),
      template: pick((one) => this.#template(one)),
      uid: pick((one) => nodes.uid[one] ?? -1),
      exitClass: pick((one) => this.#exitClass(one)),
      policies: pick((one) => nodes.policies[one] || this.#isReported(one)),
      keepOut: Uint8Array.from(siblings, (one) => this.#keptOut()[one] ?? 0),
      ...this.#shapes(siblings),
    };
  }

  /** -1: by a policy that its events do not name. */
  #isReported(row: number): number {
    return this.#model.columns.nodes.flags[row]?.includes('policy_hit') === true ? -1 : 0;
  }

  /** The same end for an analyst: not ended, ended with this code, killed by this signal. */
  #exitClass(row: number): number {
    const { nodes } = this.#model.columns;
    if (nodes.end[row] !== 'exited') return this.#numberOf(`end ${nodes.end[row] ?? ''}`);
    return this.#numberOf(`exited ${nodes.exitCode[row] ?? '?'} ${nodes.signal[row] ?? 0}`);
  }

  /** What is never folded away, and what has such a process below it: a parent at a time, the model would not see that. */
  #keptOut(): Uint8Array {
    if (this.#alone !== undefined) return this.#alone;
    const { count, marks, parent } = this.#model;
    const alone = new Uint8Array(count);
    for (let row = count - 1; row >= 0; row -= 1) {
      if (alone[row] === 0 && !staysAlone(witness(marks[row] ?? 0))) continue;
      alone[row] = 1;
      const up = parent[row] ?? -1;
      if (up >= 0) alone[up] = 1;
    }
    this.#alone = alone;
    return alone;
  }

  /** A shape looks one level down, so the siblings' children are laid behind them. */
  #shapes(siblings: Int32Array) {
    const model = this.#model;
    const { nodes } = model.columns;
    let total = siblings.length;
    for (const row of siblings) total += model.children[row] ?? 0;
    const shapeParent = new Int32Array(total).fill(-1);
    const shapeBinary = new Int32Array(total);
    const connections = new Int32Array(total);
    let child = siblings.length;
    for (const [at, row] of siblings.entries()) {
      shapeBinary[at] = nodes.binary[row] ?? 0;
      connections[at] = this.#numberOf(this.#connectionsOf(row));
      for (let below = model.first[row] ?? -1; below !== -1; below = model.next[below] ?? -1) {
        shapeParent[child] = at;
        shapeBinary[child] = nodes.binary[below] ?? 0;
        child += 1;
      }
    }
    return { shapeParent, shapeBinary, connections };
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

const NONE: readonly FoldGroup[] = [];

function witness(marks: number): FoldWitness {
  const has = (bit: number) => (marks & bit) !== 0;
  return {
    isLoud: has(mark.loud),
    hasAlert: has(mark.alert),
    isMain: has(mark.main),
    isSuspect: has(mark.suspect),
    isRandom: has(mark.random),
    isNoted: has(mark.noted),
  };
}

export function hasFailed(model: TreeModel, row: number): boolean {
  const { nodes } = model.columns;
  if (nodes.end[row] !== 'exited') return false;
  return (nodes.exitCode[row] ?? 0) !== 0 || (nodes.signal[row] ?? 0) !== 0;
}

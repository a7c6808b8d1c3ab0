import { nameOf } from './texts.ts';
import type { TreeModel } from './treeModel.ts';

/** What siblings can be ordered by; their start is the order they have. */
export const siblingOrders = ['process', 'delta', 'start', 'duration', 'pid', 'net'] as const;
export type SiblingOrder = (typeof siblingOrders)[number];

export interface SiblingSort {
  readonly column: SiblingOrder;
  readonly descending: boolean;
}

/**
 * The same tree with the children of each process in another order: `first`, `next`, `position` and `firstRoot` are new,
 * all else is the model's own (`previous` stays by start). What has no value comes last in both directions, equals stay
 * by start. Linear but for the sorting of each family.
 */
export function sortSiblings(model: TreeModel, { column, descending }: SiblingSort): TreeModel {
  if (column === 'start' && !descending) return model;
  const values = valuesOf(model, column);
  const sign = descending ? -1 : 1;
  const compare = (a: number, b: number): number => {
    const [left = Number.NaN, right = Number.NaN] = [values[a], values[b]];
    if (Number.isNaN(left) || Number.isNaN(right))
      return Number(Number.isNaN(left)) - Number(Number.isNaN(right)) || a - b;
    return sign * (left - right) || a - b;
  };
  const first = model.first.slice();
  const next = model.next.slice();
  const position = model.position.slice();
  const relink = (head: number): number => {
    const family: number[] = [];
    for (let row = head; row !== -1; row = model.next[row] ?? -1) family.push(row);
    if (family.length < 2) return head;
    family.sort(compare);
    for (const [at, row] of family.entries()) {
      next[row] = family[at + 1] ?? -1;
      position[row] = at + 1;
    }
    return family[0] ?? -1;
  };
  for (let row = 0; row < model.count; row += 1)
    if ((model.children[row] ?? 0) > 1) first[row] = relink(model.first[row] ?? -1);
  return { ...model, first, next, position, firstRoot: relink(model.firstRoot) };
}

/** One number a process; NaN: it has none. */
function valuesOf(model: TreeModel, column: SiblingOrder): Float64Array {
  const { nodes } = model.columns;
  const values = new Float64Array(model.count);
  const fill = (of: (row: number) => number | null | undefined) => {
    for (let row = 0; row < model.count; row += 1) values[row] = of(row) ?? Number.NaN;
    return values;
  };
  switch (column) {
    case 'process':
      return ranksOfNames(model, values);
    case 'delta':
      return fill((row) => nodes.lateByMs[row]);
    case 'start':
      // Rows are by start: their place is finer than any number of it.
      return fill((row) => (nodes.startTimeUs[row] === null ? null : row));
    case 'duration':
      return fill((row) => {
        const [from, to] = [nodes.startTimeUs[row], nodes.endTimeUs[row]];
        return from === null || from === undefined || to === null || to === undefined
          ? null
          : to - from;
      });
    case 'pid':
      return fill((row) => nodes.pid[row]);
    case 'net':
      return fill((row) => (model.leafStart[row + 1] ?? 0) - (model.leafStart[row] ?? 0));
  }
}

/** The place of each process's name among all names: texts are compared once each, not once a pair of rows. */
function ranksOfNames(model: TreeModel, values: Float64Array): Float64Array {
  const names = Array.from(values, (_, row) => nameOf(model, row));
  const compare = new Intl.Collator('en', { numeric: true }).compare;
  const ranks = new Map([...new Set(names)].sort(compare).map((name, rank) => [name, rank]));
  for (const [row, name] of names.entries()) values[row] = ranks.get(name) ?? Number.NaN;
  return values;
}

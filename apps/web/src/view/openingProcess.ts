import { worstOf } from './defaultExpansion.ts';
import { preorderOf } from './navigate.ts';
import { firstMain } from './relativeTime.ts';
import type { TreeModel } from './treeModel.ts';

/**
 * The process a tree is opened on when the address names none: of what a filter asks for (`matched`, one byte per
 * process) the worst flagged, else the first as it is drawn; without matches the worst flagged, else main; -1: none.
 */
export function openingProcess(model: TreeModel, matched: Uint8Array | undefined): number {
  const worst = worstOf(model);
  if (matched !== undefined && matched[worst] !== 1) {
    const first = preorderOf(model).find((process) => matched[process] === 1);
    if (first !== undefined) return first;
  }
  return worst >= 0 ? worst : firstMain(model);
}

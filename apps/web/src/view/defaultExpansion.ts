import type { Folds } from './folds.ts';
import { mark } from './marks.ts';
import { isGrave } from './severities.ts';
import type { TreeModel } from './treeModel.ts';

/** No more cards than this are opened by themselves. */
const MOST_CARDS = 200;
const COMFORTABLE_CARDS = 48;
const MOST_CHILDREN = 13;
const MOST_LEAVES = 3;

/**
 * What a tree shows before anybody opened anything: the path to the worst flagged process and to the one the address
 * names, all loud and gravely alerted processes with their parents, main one level; without loud ones two levels below the containers'
 * roots; then what is left of a small tree. Stops at 200 cards; the two named paths are opened whatever they cost.
 */
export function defaultExpansion(model: TreeModel, folds: Folds, selected = -1): Uint8Array {
  const open = new Uint8Array(model.count);
  let cards = model.roots;
  const costOf = (row: number) =>
    Math.min(entriesUnder(model, folds, row), MOST_CHILDREN) +
    Math.min(leavesOf(model, row), MOST_LEAVES);
  const openOne = (row: number, whatever: boolean): boolean => {
    if (row < 0 || open[row] === 1) return true;
    const cost = costOf(row);
    if (!whatever && cards + cost > MOST_CARDS) return false;
    open[row] = 1;
    cards += cost;
    return true;
  };
  const openAbove = (row: number, whatever: boolean): boolean => {
    let all = true;
    for (let up = model.parent[row] ?? -1; up !== -1; up = model.parent[up] ?? -1) {
      all = openOne(up, whatever) && all;
    }
    return all;
  };

  if (selected >= 0) {
    openAbove(selected, true);
    openOne(selected, false);
  }
  const worst = worstOf(model);
  if (worst >= 0) {
    openAbove(worst, true);
    openOne(worst, true);
  }
  for (let row = 0; row < model.count && cards < MOST_CARDS; row += 1) {
    if (!isLoudOrGrave(model, row)) continue;
    if (openAbove(row, false)) openOne(row, false);
  }
  for (let row = 0; row < model.count && cards < MOST_CARDS; row += 1) {
    if (((model.marks[row] ?? 0) & mark.main) === 0) continue;
    if (openAbove(row, false)) openOne(row, false);
  }
  if (worst < 0) openLevels(model, openOne, openAbove);
  // A tree that fits a screen or two is simply shown.
  for (let row = 0; row < model.count && cards < COMFORTABLE_CARDS; row += 1) {
    const up = model.parent[row] ?? -1;
    if ((up >= 0 && open[up] === 0) || open[row] === 1) continue;
    const cost = costOf(row);
    if (cards + cost > COMFORTABLE_CARDS) continue;
    open[row] = 1;
    cards += cost;
  }
  return open;
}

/** Two levels, counted from where the containers begin; in a host's tree from its roots. */
function openLevels(
  model: TreeModel,
  openOne: (row: number, whatever: boolean) => boolean,
  openAbove: (row: number, whatever: boolean) => boolean,
): void {
  const isHostTree = model.columns.pod.kind === 'host';
  for (let row = 0; row < model.count; row += 1) {
    const isHost = ((model.marks[row] ?? 0) & mark.host) !== 0;
    const up = model.parent[row] ?? -1;
    const isTop = up === -1 || ((model.marks[up] ?? 0) & mark.host) !== 0;
    const isOpen = isHostTree ? (model.depth[row] ?? 0) < 2 : isHost || isTop;
    if (isOpen && (!openAbove(row, false) || !openOne(row, false))) return;
  }
}

/** The loud before those with a grave alert alone, among them the gravest alert, then the earliest; -1: nothing is flagged. */
export function worstOf(model: TreeModel): number {
  const { startTimeUs } = model.columns.nodes;
  let worst = -1;
  for (let row = 0; row < model.count; row += 1) {
    if (!isLoudOrGrave(model, row)) continue;
    if (worst === -1) {
      worst = row;
      continue;
    }
    const more = badnessOf(model, row) - badnessOf(model, worst);
    const earlier = (startTimeUs[row] ?? Infinity) < (startTimeUs[worst] ?? Infinity);
    if (more > 0 || (more === 0 && earlier)) worst = row;
  }
  return worst;
}

function isLoudOrGrave(model: TreeModel, row: number): boolean {
  return ((model.marks[row] ?? 0) & mark.loud) !== 0 || isGrave(model.gravity[row] ?? 0);
}

function badnessOf(model: TreeModel, row: number): number {
  const isLoud = ((model.marks[row] ?? 0) & mark.loud) !== 0;
  return (isLoud ? 100 : 0) + (model.gravity[row] ?? 0);
}

/** Children of a process as cards: a folded group is one. */
function entriesUnder(model: TreeModel, folds: Folds, row: number): number {
  let entries = model.children[row] ?? 0;
  if (entries > 5) {
    for (const group of folds.groupsUnder(row)) entries -= group.members.length - 1;
  }
  return entries;
}

function leavesOf(model: TreeModel, row: number): number {
  return (model.leafStart[row + 1] ?? 0) - (model.leafStart[row] ?? 0);
}

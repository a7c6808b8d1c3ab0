import { levelsOpened } from './projectionRules.ts';
import { capsuleKey, hiddenKey, moreKey, moreOfGroupKey, refOfKey, rowKind } from './rowKeys.ts';
import {
  hasState,
  keyOf,
  kindOf,
  ownerRef,
  processOf,
  rowState,
  type VisibleTree,
} from './visibleTree.ts';

/** What was opened and closed against the default, as it stands in an address. */
export interface Expansion {
  readonly opened: readonly string[];
  readonly closed: readonly string[];
}

/** The expansion after a press on a row's twisty. `isDefault`: whether a process is open when nobody touches it. */
export function toggled(
  expansion: Expansion,
  tree: VisibleTree,
  row: number,
  isDefault: (process: number) => boolean,
): Expansion {
  const key = openKeyOf(tree, row, expansion.opened);
  if (key === '') return expansion;
  const isOpen = hasState(tree, row, rowState.expanded);
  const opened = expansion.opened.filter((one) => one !== key);
  const closed = expansion.closed.filter((one) => one !== key);
  const process = processOf(tree, row);
  if (kindOf(tree, row) === rowKind.loose)
    return isOpen ? { opened, closed: [...closed, key] } : { opened: [...opened, key], closed };
  if (process < 0) return { opened: isOpen ? opened : [...opened, key], closed };
  if (isOpen) return { opened, closed: [...closed, key] };
  return { opened: isDefault(process) ? opened : [...opened, key], closed };
}

/** The key that opens a row; empty when nothing does. */
function openKeyOf(tree: VisibleTree, row: number, opened: readonly string[]): string {
  switch (kindOf(tree, row)) {
    case rowKind.head:
    case rowKind.leaf:
    case rowKind.looseRule:
      return '';
    case rowKind.hidden:
      return hiddenKey(ownerRef(tree, row));
    case rowKind.more: {
      const up = tree.parent[row] ?? -1;
      const isGroup = tree.kind[up] === rowKind.group;
      const ref = isGroup ? refOfKey(keyOf(tree, up)) : ownerRef(tree, row);
      const make = isGroup ? moreOfGroupKey : moreKey;
      let page = 1;
      while (opened.includes(make(ref, page))) page += 1;
      return make(ref, page);
    }
    default:
      return keyOf(tree, row);
  }
}

/**
 * The expansion in which a process is drawn: what is above it and not open yet is opened. No more than forty keys, since
 * an address is not longer; what is gone to is pinned, and the way to a pin is open by itself.
 */
export function revealing(
  expansion: Expansion,
  tree: VisibleTree,
  process: number,
  isDefault: (process: number) => boolean,
): Expansion {
  const { parent, columns } = tree.model;
  const above = new Set<string>();
  const toOpen: string[] = [];
  for (let up = parent[process] ?? -1; up >= 0; up = parent[up] ?? -1) {
    const ref = columns.nodes.ref[up] ?? '';
    above.add(ref);
    const row = tree.rowOfProcess[up] ?? -1;
    const isOpen = row < 0 ? isDefault(up) : hasState(tree, row, rowState.expanded);
    if (!isOpen && toOpen.length < MOST_KEYS) toOpen.push(ref);
  }
  const opened = new Set([...expansion.opened, ...toOpen]);
  return { opened: [...opened], closed: expansion.closed.filter((key) => !above.has(key)) };
}

const MOST_KEYS = 40;

/** All keys opened as well; what was closed of them is not any more. */
export function withOpened(expansion: Expansion, keys: readonly string[]): Expansion {
  const set = new Set(keys);
  return {
    opened: [...expansion.opened.filter((key) => !set.has(key)), ...keys],
    closed: expansion.closed.filter((key) => !set.has(key)),
  };
}

/** One level more or fewer over the whole tree, or all, or none; what was opened one by one is forgotten. */
export function byLevel(
  expansion: Expansion,
  change: 'more' | 'fewer' | 'all' | 'none',
  levelsNow: number,
): Expansion {
  const levels = levelsOpened(new Set(expansion.opened)) ?? levelsNow;
  const key = {
    all: '*',
    none: '*0',
    more: levels === Infinity ? '*' : `*${levels + 1}`,
    fewer: `*${Math.max(0, (levels === Infinity ? levelsNow : levels) - 1)}`,
  }[change];
  return { opened: [key], closed: [] };
}

/** The deepest level of processes that is open now. */
export function levelsOpenNow(tree: VisibleTree): number {
  let levels = 0;
  for (let row = 0; row < tree.count; row += 1) {
    const process = processOf(tree, row);
    if (process < 0 || !hasState(tree, row, rowState.expanded)) continue;
    levels = Math.max(levels, (tree.model.depth[process] ?? 0) + 1);
  }
  return levels;
}

/** The opened fold or capsule around a row: the key that closes it again; empty: none. */
export function foldAround(tree: VisibleTree, row: number, opened: readonly string[]): string {
  const keys = new Set(opened);
  for (let up = row; up > 0; up = tree.parent[up] ?? -1) {
    const process = processOf(tree, up);
    if (tree.kind[up] === rowKind.group && up !== row) return keyOf(tree, up);
    if (process < 0) continue;
    const key = capsuleKey(tree.model.columns.nodes.ref[process] ?? '');
    if (keys.has(key)) return key;
  }
  return '';
}

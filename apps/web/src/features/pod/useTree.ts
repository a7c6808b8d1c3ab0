import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ChangeView } from '../../url/useView.ts';
import type { View } from '../../url/view.ts';
import { byLevel, levelsOpenNow, revealing, toggled } from '../../view/expansion.ts';
import { type FilterOverlay, overlayOf } from '../../view/filterOverlay.ts';
import type { LiveTree } from '../../view/merge.ts';
import { preorderOf } from '../../view/navigate.ts';
import { openingProcess } from '../../view/openingProcess.ts';
import { projectTree } from '../../view/projectTree.ts';
import { relativeModeOf } from '../../view/relativeTime.ts';
import { headKey, refOfKey } from '../../view/rowKeys.ts';
import { sortSiblings } from '../../view/sortSiblings.ts';
import type { TreeModel } from '../../view/treeModel.ts';
import { keyOf, rowOfKey, type VisibleTree } from '../../view/visibleTree.ts';
import { matchTree } from './matchTree.ts';
import { rowOrderOf } from './rowOrder.ts';

/** The one state that graph, rows, details and events share. */
export interface TreeState {
  readonly model: TreeModel;
  readonly tree: VisibleTree;
  readonly overlay: FilterOverlay | undefined;
  readonly order: Int32Array;
  /** Refs that have just come. */
  readonly fresh: ReadonlySet<string>;
  readonly view: View;
  readonly change: ChangeView;
  /** Key of the selected row, and where it is drawn: itself, or what hides it. */
  readonly activeKey: string;
  readonly activeRow: number;
  /** Counts what was gone to from elsewhere: it is brought into sight even when it was selected already. */
  readonly sought: number;
  /** The process that details are about; -1: none. */
  readonly process: number;
  readonly go: (row: number) => void;
  readonly select: (key: string) => void;
  /** Goes to a process wherever it is, opening what is above it. */
  readonly reveal: (process: number) => void;
  readonly toggle: (row: number) => void;
  readonly level: (change: 'more' | 'fewer' | 'all' | 'none') => void;
}

/** A selection is written into the address when it rests this long. */
const REST_MS = 150;

export function useTree(live: LiveTree, asked: View, change: ChangeView): TreeState {
  const relative = relativeModeOf(live.model, asked.relative);
  const view = useMemo(() => ({ ...asked, relative }), [asked, relative]);
  const { folds, folded, defaults, fresh } = live;
  const { sort } = view;
  const isRows = view.shape === 'rows';
  const model = useMemo(
    () => (isRows ? sortSiblings(live.model, rowOrderOf(sort)) : live.model),
    [live.model, isRows, sort],
  );
  const [chosenKey, setActiveKey] = useSelection(view, change, () => openingKey(model, view));
  // Another agent's tree has other refs: what nobody chose is opened anew.
  const chosen = refOfKey(chosenKey);
  const isGone = view.selected === undefined && chosen !== '' && model.rowOfRef(chosen) < 0;
  const openedKey = useMemo(
    () => (isGone ? openingKey(model, view) : undefined),
    [isGone, model, view],
  );
  const activeKey = openedKey ?? chosenKey;
  const [pins, setPins] = useState<ReadonlySet<string>>(
    () => new Set(view.selected === undefined ? [] : pinsFor(view.selected)),
  );
  // A link or the back button may name a process that nobody opened the way to.
  const [linked, setLinked] = useState(view.selected);
  if (view.selected !== linked) {
    setLinked(view.selected);
    if (view.selected !== undefined && view.selected !== activeKey) {
      setPins(new Set([...pins, ...pinsFor(view.selected)].slice(-50)));
    }
  }

  const [sought, setSought] = useState(0);

  const overlay = useMemo(() => {
    const matched = matchTree(model, view.filter, view.range);
    return matched === undefined ? undefined : overlayOf(model, matched, view.filterMode);
  }, [model, view.filter, view.range, view.filterMode]);
  const { expansion, shape, fold, root } = view;
  const tree = useMemo(
    () =>
      projectTree(model, folds, {
        shape,
        fold,
        opened: new Set(expansion.opened),
        closed: new Set(expansion.closed),
        defaults,
        overlay,
        pins,
        root: root === undefined ? -1 : model.rowOfRef(root),
      }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `folded` stands for what the folds know by now
    [folded, model, folds, defaults, shape, fold, expansion, overlay, pins, root],
  );
  const order = useMemo(() => preorderOf(model), [model]);
  const activeRow = useMemo(() => rowFor(tree, activeKey), [tree, activeKey]);

  const go = useCallback((row: number) => setActiveKey(keyOf(tree, row)), [tree, setActiveKey]);
  const reveal = useCallback(
    (process: number) => {
      const ref = model.columns.nodes.ref[process];
      if (ref === undefined) return;
      setPins((before) => new Set([...before, ref].slice(-50)));
      change(({ expansion: now }) => ({
        expansion: revealing(now, tree, process, (one) => defaults[one] === 1),
      }));
      setActiveKey(ref);
      setSought((before) => before + 1);
    },
    [model, tree, defaults, change, setActiveKey],
  );
  const toggle = useCallback(
    (row: number) => {
      change(({ expansion: now }) => ({
        expansion: toggled(now, tree, row, (process) => defaults[process] === 1),
      }));
    },
    [tree, defaults, change],
  );
  const level = useCallback(
    (how: 'more' | 'fewer' | 'all' | 'none') => {
      setPins(new Set());
      change(({ expansion: now }) => ({ expansion: byLevel(now, how, levelsOpenNow(tree)) }));
    },
    [tree, change],
  );
  const process = model.rowOfRef(refOfKey(activeKey));
  return useMemo(
    () => ({
      model,
      tree,
      overlay,
      order,
      fresh,
      view,
      change,
      activeKey,
      activeRow,
      sought,
      process,
      go,
      select: setActiveKey,
      reveal,
      toggle,
      level,
    }),
    [
      model,
      tree,
      overlay,
      order,
      fresh,
      view,
      change,
      activeKey,
      activeRow,
      sought,
      process,
      go,
      setActiveKey,
      reveal,
      toggle,
      level,
    ],
  );
}

/**
 * The selection, at once here and after a rest in the address: an arrow key held down must not write an address for
 * every row. What comes from the address (a link, the back button) wins.
 */
function useSelection(
  view: View,
  change: ChangeView,
  opening: () => string,
): readonly [string, (key: string) => void] {
  const linked = view.selected ?? '';
  const [state, setState] = useState(() => ({
    key: linked === '' ? opening() : linked,
    seen: linked,
    wrote: linked,
  }));
  if (linked !== state.seen) {
    // What we wrote ourselves comes back late: by then the selection may have moved on.
    const key = linked === state.wrote ? state.key : linked;
    setState({ ...state, key, seen: linked });
  }
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const select = useCallback(
    (key: string) => {
      setState((before) => (before.key === key ? before : { ...before, key }));
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        setState((before) => ({ ...before, wrote: key }));
        change({ selected: key === '' ? undefined : key }, 'replace');
      }, REST_MS);
    },
    [change],
  );
  return [state.key, select];
}

/** What must be seen for a selection to be: its process, and a connection itself. */
function pinsFor(key: string): readonly string[] {
  const ref = refOfKey(key);
  return ref === key ? [key] : [ref, key];
}

/** What a tree is opened on when the address names no selection. */
function openingKey(model: TreeModel, { filter, range }: View): string {
  const process = openingProcess(model, matchTree(model, filter, range));
  return model.columns.nodes.ref[process] ?? headKey;
}

/** Where a key is drawn; when it is not, the nearest row above it. */
function rowFor(tree: VisibleTree, key: string): number {
  if (key === '') return -1;
  const row = rowOfKey(tree, key);
  if (row >= 0) return row;
  const { model } = tree;
  for (let up = model.rowOfRef(refOfKey(key)); up >= 0; up = model.parent[up] ?? -1) {
    const shown = tree.rowOfProcess[up] ?? -1;
    if (shown >= 0) return shown;
  }
  return -1;
}

import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import { keyOf, rowOfKey, type VisibleTree } from '../../view/visibleTree.ts';
import { ROW_HEIGHT } from './rowHeight.ts';
import type { TreeState } from './useTree.ts';

/** Scrolls to the selection when it moved, and keeps the focus in the tree when the tree had it. */
export function useRowsInSight(
  box: RefObject<HTMLDivElement | null>,
  { tree, activeKey, activeRow, sought }: TreeState,
  scrollTo: (row: number) => void,
): void {
  const shown = useRef({ key: '', sought: 0 });
  const had = useRef(false);
  useEffect(() => {
    const grid = box.current;
    if (grid === null) return undefined;
    const onFocus = ({ target }: FocusEvent) => {
      had.current = target instanceof Node && grid.contains(target);
    };
    document.addEventListener('focusin', onFocus);
    return () => document.removeEventListener('focusin', onFocus);
  }, [box]);
  useEffect(() => {
    const grid = box.current;
    const { key, sought: before } = shown.current;
    if (activeRow >= 0 && (key !== activeKey || before !== sought)) {
      shown.current = { key: activeKey, sought };
      scrollTo(activeRow);
    }
    if (grid === null || !had.current) return;
    requestAnimationFrame(() => {
      const isOurs =
        grid.contains(document.activeElement) || document.activeElement === document.body;
      if (!isOurs) return;
      const row = grid.querySelector<HTMLElement>('[data-row][tabindex="0"]');
      if (row !== document.activeElement) row?.focus({ preventScroll: true });
    });
  }, [box, tree, activeKey, activeRow, sought, scrollTo]);
}

/** Rows that come or go above the first one in sight do not move it. */
export function useScrollAnchor(
  box: RefObject<HTMLDivElement | null>,
  tree: VisibleTree,
  first: number,
): void {
  const before = useRef<{ readonly tree: VisibleTree; readonly first: number }>(undefined);
  useLayoutEffect(() => {
    const was = before.current;
    before.current = { tree, first };
    const grid = box.current;
    if (was === undefined || was.tree === tree || was.first >= was.tree.count || grid === null) {
      return;
    }
    const now = rowOfKey(tree, keyOf(was.tree, was.first));
    if (now >= 0 && now !== was.first) grid.scrollBy({ top: (now - was.first) * ROW_HEIGHT });
  }, [box, tree, first]);
}

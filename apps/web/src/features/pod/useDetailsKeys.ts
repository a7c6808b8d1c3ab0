import { type RefObject, useEffect } from 'react';
import { focusTree } from './focusTree.ts';
import type { TreeActions } from './treeActions.ts';
import type { TreeState } from './useTree.ts';
import { useTreeKeys } from './useTreeKeys.ts';

/**
 * The letters and signs of the tree act while the details have the focus, too; Escape gives it back to the tree. What
 * moves in a page by itself (arrows, Enter, Home and End) belongs to the details there.
 */
export function useDetailsKeys(
  panel: RefObject<HTMLElement | null>,
  state: TreeState,
  actions: TreeActions,
): void {
  const actInTree = useTreeKeys(state, actions, { page: 8 });
  useEffect(() => {
    const element = panel.current;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (event.key === 'Escape') focusTree();
      else if (event.key.length === 1 && event.key !== ' ') actInTree(event);
    };
    element?.addEventListener('keydown', onKeyDown);
    return () => element?.removeEventListener('keydown', onKeyDown);
  }, [panel, actInTree]);
}

import { useSyncExternalStore } from 'react';
import { boxOf } from '../../layout/placed.ts';
import type { Scene } from '../../layout/scene.ts';
import { keyOf } from '../../view/visibleTree.ts';
import { GraphCard } from './GraphCard.tsx';
import type { GraphEngine } from './graphEngine.ts';
import type { TreeState } from './useTree.ts';

export interface GraphLabelsProps {
  readonly engine: GraphEngine;
  readonly scene: Scene;
  readonly state: TreeState;
}

/** The labels of the window, in preorder, each at its place from the window's origin. */
export function GraphLabels({ engine, scene, state }: GraphLabelsProps) {
  const { rows, originX, originY, detail } = useSyncExternalStore(
    engine.subscribe,
    engine.snapshot,
  );
  const { tree } = scene.placed;
  return Array.from(rows, (row) => {
    if (row >= tree.count) return null;
    const box = boxOf(scene.placed, row);
    return (
      <GraphCard
        key={row}
        tree={tree}
        row={row}
        detail={detail}
        view={state.view}
        isActive={row === state.activeRow}
        isFresh={state.fresh.size > 0 && state.fresh.has(keyOf(tree, row))}
        left={box.left - originX}
        top={box.top - originY}
        width={box.right - box.left}
        height={box.bottom - box.top}
      />
    );
  });
}

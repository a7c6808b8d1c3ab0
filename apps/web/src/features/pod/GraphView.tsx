import { nodeWords } from '@forebear/model/words/nodeWords';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '../../kit/Button.tsx';
import { clipEnd } from '../../kit/clip.ts';
import { visibleText } from '../../kit/visibleText.ts';
import { compactLayout, mostCompactRows } from '../../layout/compactLayout.ts';
import type { Opening } from '../../layout/openingCamera.ts';
import { rowLayout } from '../../layout/rowLayout.ts';
import { type Scene, sceneOf } from '../../layout/scene.ts';
import { worstOf } from '../../view/defaultExpansion.ts';
import { firstMain } from '../../view/relativeTime.ts';
import { keyOf, rowOfKey, type VisibleTree } from '../../view/visibleTree.ts';
import { cardId } from './cardId.ts';
import { GraphLabels } from './GraphLabels.tsx';
import styles from './GraphView.module.css';
import { GraphEngine } from './graphEngine.ts';
import type { TreeActions } from './treeActions.ts';
import { useGraphPointer } from './useGraphPointer.ts';
import type { TreeState } from './useTree.ts';
import { useTreeKeys } from './useTreeKeys.ts';

export interface GraphViewProps {
  readonly state: TreeState;
  readonly actions: TreeActions;
  /** Parents in the middle of their children. */
  readonly isCompact: boolean;
}

/**
 * The tree from left to right: a canvas for marks and edges, over it the labels that can be read now, which are the ARIA
 * tree. One tab stop; the arrows move the selection, the wheel and w a s d the view.
 */
export function GraphView({ state, actions, isCompact }: GraphViewProps) {
  const { tree, activeRow } = state;
  const [engine] = useState(() => new GraphEngine());
  const stage = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const labels = useRef<HTMLDivElement>(null);
  const map = useRef<HTMLCanvasElement>(null);

  const canCompact = tree.count <= mostCompactRows;
  const scene = useMemo(
    () => sceneOf(isCompact && canCompact ? compactLayout(tree) : rowLayout(tree), labelText),
    [tree, isCompact, canCompact],
  );

  useEffect(() => {
    if (!stage.current || !canvas.current || !labels.current || !map.current) return undefined;
    return engine.attach({
      stage: stage.current,
      canvas: canvas.current,
      labels: labels.current,
      map: map.current,
    });
  }, [engine]);

  const { activeKey, sought } = state;
  const shown = useRef<{
    readonly tree: VisibleTree;
    readonly row: number;
    readonly key: string;
    readonly sought: number;
  }>(undefined);
  useEffect(() => {
    const before = shown.current;
    const anchor = before === undefined ? ([-1, -1] as const) : anchorOf(before, tree, activeRow);
    engine.setScene(scene, anchor, openingOf(state, scene));
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the scene alone decides: a moved selection is no new scene
  }, [engine, scene]);
  useEffect(() => {
    // A tree that grew moves rows, not the selection: only a selection that went elsewhere is followed.
    const was = shown.current;
    const moved = was !== undefined && (was.key !== activeKey || was.sought !== sought);
    engine.setEmphasis({ selected: activeRow });
    if (moved) engine.reveal(activeRow);
    shown.current = { tree, row: activeRow, key: activeKey, sought };
  }, [engine, tree, activeRow, activeKey, sought]);

  useEffect(() => {
    Object.assign(actions.camera, {
      centre: () => engine.centre(activeRow < 0 ? 0 : activeRow),
      fitAll: () => engine.fitAll(),
      zoom: (factor: number) => engine.zoomBy(factor),
      pan: (x: number, y: number) => engine.panBy(x, y),
    });
  }, [actions.camera, engine, activeRow]);

  const onKeyDown = useTreeKeys(state, actions, { page: 8 });
  const pointer = useGraphPointer(stage, engine, state, actions);
  const pod = visibleText(nodeWords(tree.model.columns.pod.pod));
  return (
    <div className={styles.graph}>
      <Button
        kind="plain"
        className={styles.asRows}
        onPress={() => state.change({ shape: 'rows' })}
      >
        Open as rows
      </Button>
      <div
        ref={stage}
        className={styles.stage}
        role="tree"
        tabIndex={0}
        aria-label={`Processes of ${pod}`}
        aria-activedescendant={activeRow < 0 ? undefined : cardId(activeRow)}
        data-testid="graph"
        onKeyDown={onKeyDown}
        onFocus={() => actions.hold('focus', true)}
        onBlur={() => actions.hold('focus', false)}
        {...pointer}
      >
        <canvas ref={canvas} className={styles.canvas} aria-hidden="true" />
        <div ref={labels} className={styles.labels} role="presentation">
          <GraphLabels engine={engine} scene={scene} state={state} />
        </div>
      </div>
      <canvas
        ref={map}
        className={styles.map}
        aria-hidden="true"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          goToMap(engine, event);
        }}
        onPointerMove={(event) => {
          if (event.buttons === 1) goToMap(engine, event);
        }}
      />
    </div>
  );
}

/** A container's name as it is painted. */
function labelText(text: string): string {
  return clipEnd(visibleText(text), 60);
}

function goToMap(engine: GraphEngine, event: React.PointerEvent<HTMLCanvasElement>): void {
  const box = event.currentTarget.getBoundingClientRect();
  engine.goToMap(event.clientX - box.left, event.clientY - box.top, box);
}

/** What keeps its place when the tree changes: the selection when it is drawn in both, else the head. */
function anchorOf(
  before: { readonly tree: VisibleTree; readonly row: number },
  tree: VisibleTree,
  activeRow: number,
): readonly [number, number] {
  if (before.row < 0) return [0, 0];
  const row = rowOfKey(tree, keyOf(before.tree, before.row));
  return row >= 0 ? [before.row, row] : [before.row, activeRow];
}

/** What the first look should hold. */
function openingOf({ tree, model, activeRow }: TreeState, scene: Scene): Opening {
  const rowOf = (process: number) => (process < 0 ? -1 : (tree.rowOfProcess[process] ?? -1));
  const worst = rowOf(worstOf(model));
  const wanted = [rowOf(firstMain(model)), worst, activeRow].filter((row) => row >= 0);
  return { wanted, flagged: Array.from(scene.flaggedRows) };
}

import { AlignCenterVertical, Maximize, Minus, Plus } from 'lucide-react';
import { IconButton } from '../../kit/Button.tsx';
import { cls } from '../../kit/cls.ts';
import { mostCompactRows } from '../../layout/compactLayout.ts';
import styles from './TreeBar.module.css';
import type { CameraActions } from './treeActions.ts';
import type { TreeState } from './useTree.ts';

/** Where parents stand: in the middle of their children, or at their top. */
export interface Compactness {
  readonly isCompact: boolean;
  readonly setCompact: (isCompact: boolean) => void;
}

export interface GraphToolsProps extends Compactness {
  readonly state: TreeState;
  readonly camera: CameraActions;
}

/** What moves the graph's camera, beside the graph: on it, it would lie on cards. */
export function GraphTools({ state, camera, isCompact, setCompact }: GraphToolsProps) {
  return (
    <span className={styles.group}>
      <IconButton
        icon={<Plus aria-hidden="true" />}
        label="Zoom in"
        keys="+"
        onPress={() => camera.zoom(1.25)}
      />
      <IconButton
        icon={<Minus aria-hidden="true" />}
        label="Zoom out"
        keys="-"
        onPress={() => camera.zoom(0.8)}
      />
      <IconButton
        icon={<Maximize aria-hidden="true" />}
        label="Fit all"
        keys="0"
        onPress={() => camera.fitAll()}
      />
      {state.tree.count <= mostCompactRows && (
        <IconButton
          aria-pressed={isCompact}
          className={cls(isCompact && styles.chosen)}
          icon={<AlignCenterVertical aria-hidden="true" />}
          label="Parents in the middle of their children"
          onPress={() => setCompact(!isCompact)}
        />
      )}
    </span>
  );
}

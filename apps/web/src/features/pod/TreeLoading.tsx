import type { Progress } from '../../api/progress.ts';
import { Button } from '../../kit/Button.tsx';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { formatBytes } from '../../kit/format.ts';
import { ProgressBar } from '../../kit/ProgressBar.tsx';
import { Skeleton } from '../../kit/Skeleton.tsx';
import styles from './PodPage.module.css';
import type { LiveTreeState } from './useLiveTree.ts';

export interface TreeLoadingProps {
  /** Whose tree. */
  readonly name: string;
  readonly tree: LiveTreeState;
}

/** A tree on its way: how much of it is here, and the way out. */
export function TreeLoading({ name, tree }: TreeLoadingProps) {
  if (tree.isCancelled) {
    return (
      <EmptyState
        level={1}
        title={`The tree of ${name} is not loaded`}
        actions={<Button onPress={tree.retry}>Load it</Button>}
      >
        <p>You cancelled it. Destinations and events work without.</p>
      </EmptyState>
    );
  }
  return (
    <>
      <div className={styles.loading}>
        <ProgressBar label={`Loading the tree of ${name}`} value={partOf(tree.loading)} />
        <p className={styles.loadingLine}>
          <span>{wordsOf(tree.loading)}</span>
          <Button kind="quiet" onPress={tree.cancel}>
            Cancel
          </Button>
        </p>
      </div>
      <Skeleton page label={`Loading the tree of ${name}`} rows={16} />
    </>
  );
}

/** The same above a tree that is being asked for again: the old one stays until the new one is here. */
export function TreeReloading({ loading }: { readonly loading: Progress | undefined }) {
  if (loading === undefined || loading.received === 0) return null;
  return (
    <div className={styles.reloading}>
      <ProgressBar label="Loading the tree again" value={partOf(loading)} />
    </div>
  );
}

function partOf(progress: Progress | undefined): number | undefined {
  if (progress?.total === undefined || progress.received === 0) return undefined;
  return Math.min(1, progress.received / progress.total);
}

function wordsOf(progress: Progress | undefined): string {
  if (progress === undefined || progress.received === 0) return 'The server puts the tree together';
  const { received, total } = progress;
  if (total === undefined) return `${formatBytes(received)} received`;
  if (received >= total) return `${formatBytes(total)} received, drawing it`;
  return `${formatBytes(received)} of ${formatBytes(total)} received`;
}

import { nodeWords } from '@forebear/model/words/nodeWords';
import { useRef } from 'react';
import { asFailure } from '../../api/failure.ts';
import { ErrorState } from '../../kit/ErrorState.tsx';
import { Splitter } from '../../kit/Splitter.tsx';
import { useArrival } from '../../kit/useArrival.ts';
import { useNarrow } from '../../kit/useNarrow.ts';
import type { ChangeView } from '../../url/useView.ts';
import { useView } from '../../url/useView.ts';
import type { View } from '../../url/view.ts';
import { focusTree } from './focusTree.ts';
import { PodList } from './PodList.tsx';
import styles from './PodPage.module.css';
import { PodTree } from './PodTree.tsx';
import { type PodAddress, usePodAddress } from './podAddress.ts';
import { SilentHost } from './SilentHost.tsx';
import { TreeLoading } from './TreeLoading.tsx';
import { useLiveTree } from './useLiveTree.ts';

/** The tree of one pod or host, between the pods beside it and everything known of the selection. */
export function PodPage() {
  const address = usePodAddress();
  const [view, change] = useView();
  const isNarrow = useNarrow(720);
  return (
    <div className={styles.page}>
      <Splitter
        name="podList"
        label="Resize the list of pods"
        direction="row"
        sized="first"
        initial={204}
        min={140}
        max={420}
        collapsed={isNarrow}
        first={<PodList address={address} view={view} />}
        second={
          <PodBody
            key={`${address.caseName}/${address.namespace}/${address.pod}/${address.node}/${view.uid ?? ''}`}
            address={address}
            view={view}
            change={change}
          />
        }
      />
    </div>
  );
}

interface PodBodyProps {
  readonly address: PodAddress;
  readonly view: View;
  readonly change: ChangeView;
}

function PodBody({ address, view, change }: PodBodyProps) {
  const tree = useLiveTree(address, view);
  const isArriving = useRef(false);
  const hasTree = tree.live !== undefined;
  useArrival(hasTree, () => {
    isArriving.current = true;
    focusTree();
    isArriving.current = false;
  });
  const name = address.pod === '' ? `host ${nodeWords(address.node)}` : address.pod;
  if (tree.live !== undefined) {
    return (
      <PodTree
        address={address}
        tree={tree}
        live={tree.live}
        view={view}
        change={change}
        isArriving={isArriving}
      />
    );
  }
  if (tree.error !== null) {
    const failure = asFailure(tree.error);
    if (failure.code === 'unknown_node')
      return <SilentHost caseName={address.caseName} node={address.node} view={view} />;
    return (
      <ErrorState
        level={1}
        title={`The tree of ${name} could not be loaded`}
        reason={failure.message}
        code={failure.code}
        onRetry={failure.retryable ? tree.retry : undefined}
      />
    );
  }
  return <TreeLoading name={name} tree={tree} />;
}

import { escapeWords } from '@forebear/model/words/flagMark';
import { nodeWords } from '@forebear/model/words/nodeWords';
import { Link } from '@tanstack/react-router';
import { Fragment, useMemo } from 'react';
import { Button } from '../../kit/Button.tsx';
import { CopyButton } from '../../kit/CopyButton.tsx';
import { clipMiddle } from '../../kit/clip.ts';
import { formatCount, formatNoun } from '../../kit/format.ts';
import { Menu } from '../../kit/Menu.tsx';
import { SafeText } from '../../kit/SafeText.tsx';
import { Truth } from '../../kit/Truth.tsx';
import { caseLink } from '../../url/links.ts';
import { figuresOf, kernelsOf, ownersOf, preventedOf } from '../../view/figures.ts';
import styles from './PodHead.module.css';
import type { PodAddress } from './podAddress.ts';
import type { TreeState } from './useTree.ts';

const GHOST_HINT = 'Named by other events, no event of its own in this log';

export interface PodHeadProps {
  readonly address: PodAddress;
  readonly state: TreeState;
}

/** Whose tree it is, and the exact numbers of what is shown of it. */
export function PodHead({ address, state }: PodHeadProps) {
  const { model, tree, view, change } = state;
  const { pod, completeness, totals, alternatives } = model.columns;
  const figures = useMemo(() => figuresOf(tree), [tree]);
  const { own, others } = useMemo(() => ownersOf(model), [model]);
  const around =
    pod.kind === 'host'
      ? `${formatCount(others)} in containers`
      : formatNoun(others, 'host ancestor');
  const kernels = useMemo(() => kernelsOf(model), [model]);
  const prevented = useMemo(() => preventedOf(model), [model]);
  const unseen = Math.max(0, totals.ghosts - kernels);
  const ghosts = unseen === 0 ? '' : formatNoun(unseen, 'ghost');
  const parts = [
    prevented === 0 ? '' : `${formatCount(prevented)} of them prevented`,
    others === 0 ? '' : around,
    pod.lateNew === 0 ? '' : `${formatCount(pod.lateNew)} late and new`,
    escapeWords(pod.leftContainer, pod.lateContainer),
    ghosts,
    kernels === 0 ? '' : 'kernel',
    `${formatCount(figures.shown)} shown`,
    figures.folded === 0
      ? ''
      : `${formatCount(figures.folded)} folded into ${formatNoun(figures.folds, 'row')}`,
    figures.collapsed === 0 ? '' : `${formatCount(figures.collapsed)} collapsed`,
    figures.behind === 0 ? '' : `${formatCount(figures.behind)} behind “more”`,
    figures.filtered === 0 ? '' : `${formatCount(figures.filtered)} filtered out`,
    figures.outside === 0 ? '' : `${formatCount(figures.outside)} outside this root`,
  ].filter((part) => part !== '');
  return (
    <header className={styles.head}>
      <h1 className={styles.title}>
        {(pod.kind === 'host' || pod.namespace !== '') && (
          <span className={styles.where}>
            {pod.kind === 'host' ? 'host' : <SafeText text={pod.namespace} />}
            <span aria-hidden="true"> / </span>
          </span>
        )}
        <SafeText text={nodeWords(pod.pod)} shown={clipMiddle(nodeWords(pod.pod), 60)} />
      </h1>
      <CopyButton text={pod.pod} what="name" />
      {alternatives.length > 0 && (
        <Menu
          label="Pods of this name"
          entries={alternatives.map((one) => ({
            id: one.uid,
            text: one.uid,
            content: <SafeText mono text={one.uid} />,
            detail: one.firstSeen ?? '',
            chosen: one.uid === pod.uid,
          }))}
          onChoose={(uid) => change({ uid }, 'push')}
        >
          <Button kind="quiet">{formatNoun(alternatives.length, 'other pod')} of this name</Button>
        </Menu>
      )}
      <p className={styles.facts}>
        {[<b key="own">{formatNoun(own, 'process', 'processes')}</b>, ...parts].map(
          (part, at, all) => (
            <Fragment key={at}>
              <span title={part === ghosts ? GHOST_HINT : undefined}>
                {part}
                {at < all.length - 1 && ' ·'}
              </span>{' '}
            </Fragment>
          ),
        )}
      </p>
      <Truth
        {...completeness}
        more={<Link {...caseLink('health', address.caseName, view)}>see health</Link>}
      />
    </header>
  );
}

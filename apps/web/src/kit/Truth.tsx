import { type Completeness, completenessWords } from '@forebear/model/words/completenessWords';
import type { ReactNode } from 'react';
import { formatCount } from './format.ts';
import styles from './Truth.module.css';

export interface TruthProps extends Completeness {
  /** Where to look: a link. */
  readonly more?: ReactNode;
}

/** How much of the truth a view holds. The word *complete* stands only where the server proved it. */
export function Truth({ more, ...completeness }: TruthProps) {
  return (
    <span className={completeness.complete ? styles.whole : styles.part}>
      <span aria-hidden="true">{completeness.complete ? '✓' : '◑'}</span>{' '}
      {completenessWords(completeness, formatCount)}
      {more !== undefined && <> · {more}</>}
    </span>
  );
}

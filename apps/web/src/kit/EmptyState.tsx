import type { ReactNode } from 'react';
import styles from './States.module.css';

export interface EmptyStateProps {
  readonly title: string;
  /** Why there is nothing, and what to do next: one sentence each. */
  /** 1 where it is all there is on the page; 2 below a page's own heading. */
  readonly level?: 1 | 2;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** Nothing, and why: never a blank page. */
export function EmptyState({ title, level = 2, children, actions }: EmptyStateProps) {
  const Title = level === 1 ? 'h1' : 'h2';
  return (
    <div className={styles.state}>
      <span className={styles.hole} aria-hidden="true" />
      <Title className={styles.title}>{title}</Title>
      {children !== undefined && <div className={styles.words}>{children}</div>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

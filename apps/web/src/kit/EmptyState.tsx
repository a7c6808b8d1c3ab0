import type { ReactNode } from 'react';
import styles from './States.module.css';

export interface EmptyStateProps {
  readonly title: string;
  /** Why there is nothing, and what to do next: one sentence each. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** Nothing, and why: never a blank page. */
export function EmptyState({ title, children, actions }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      <span className={styles.hole} aria-hidden="true" />
      <h2 className={styles.title}>{title}</h2>
      {children !== undefined && <div className={styles.words}>{children}</div>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}

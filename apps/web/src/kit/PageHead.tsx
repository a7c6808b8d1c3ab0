import type { ReactNode } from 'react';
import styles from './PageHead.module.css';

export interface PageHeadProps {
  readonly title: ReactNode;
  /** Exact numbers of what is shown, and how complete it is. */
  readonly facts?: ReactNode;
  readonly actions?: ReactNode;
}

/** The first line of a page. */
export function PageHead({ title, facts, actions }: PageHeadProps) {
  return (
    <header className={styles.head}>
      <h1 className={styles.title}>{title}</h1>
      {facts !== undefined && <div className={styles.facts}>{facts}</div>}
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </header>
  );
}

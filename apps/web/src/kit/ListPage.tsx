import type { ReactNode } from 'react';
import styles from './ListPage.module.css';
import { PageHead, type PageHeadProps } from './PageHead.tsx';

export interface ListPageProps extends PageHeadProps {
  /** The list, which takes the room that the head leaves, or why there is none. */
  readonly children: ReactNode;
}

/** A page that is one list: its head, and the list below it as high as the window. */
export function ListPage({ children, ...head }: ListPageProps) {
  return (
    <div className={styles.page}>
      <PageHead {...head} />
      <div className={styles.body}>{children}</div>
    </div>
  );
}

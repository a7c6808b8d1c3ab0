import type { ReactNode } from 'react';
import { cls } from './cls.ts';
import styles from './ListPage.module.css';
import { PageHead, type PageHeadProps } from './PageHead.tsx';
import soFar from './SoFar.module.css';
import { SoFar, type SoFarProps } from './SoFar.tsx';

export interface ListPageProps extends PageHeadProps, SoFarProps {
  /** The list, which takes the room that the head leaves, or why there is none. */
  readonly children: ReactNode;
}

/** A page that is one list: its head, and the list below it as high as the window. */
export function ListPage({ children, derived, isOld, ...head }: ListPageProps) {
  return (
    <div className={styles.page}>
      <PageHead {...head} />
      <div className={styles.body}>
        <SoFar derived={derived} isOld={isOld} />
        <div className={cls(styles.list, isOld && soFar.dimmed)} aria-busy={isOld}>
          {children}
        </div>
      </div>
    </div>
  );
}

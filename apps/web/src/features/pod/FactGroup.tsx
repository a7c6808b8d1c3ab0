import type { ReactNode } from 'react';
import { Facts } from '../../kit/Facts.tsx';
import styles from './DetailsPanel.module.css';

/** A heading and its facts. */
export function FactGroup({
  title,
  children,
}: {
  readonly title: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={styles.group}>
      <h3>{title}</h3>
      <Facts>{children}</Facts>
    </section>
  );
}

import type { ReactNode } from 'react';
import { CopyButton } from '../../kit/CopyButton.tsx';
import { SafeText } from '../../kit/SafeText.tsx';
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
      <dl className={styles.facts}>{children}</dl>
    </section>
  );
}

export interface FactProps {
  readonly name: string;
  /** Text of the log; or `children` when it needs more. Neither: the fact is not known. */
  readonly text?: string | number | null | undefined;
  readonly children?: ReactNode;
  readonly mono?: boolean;
  /** Gives it a button that copies this. */
  readonly copy?: string | undefined;
}

/** One fact. What the log does not say is said to be unknown, never left out. */
export function Fact({ name, text, children, mono = false, copy }: FactProps) {
  const isKnown = children !== undefined || (text !== undefined && text !== null && text !== '');
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>
        <span className={styles.value}>
          {children}
          {children === undefined && isKnown && <SafeText text={String(text)} mono={mono} />}
          {!isKnown && <span className={styles.unknown}>not in this log</span>}
        </span>
        {copy !== undefined && copy !== '' && <CopyButton text={copy} what={name.toLowerCase()} />}
      </dd>
    </div>
  );
}

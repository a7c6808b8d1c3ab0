import type { ReactNode } from 'react';
import { CopyButton } from './CopyButton.tsx';
import { cls } from './cls.ts';
import styles from './Facts.module.css';
import { SafeText } from './SafeText.tsx';

export interface FactsProps {
  readonly children: ReactNode;
  /** A class that may set `--fact-name`, the width of the names. */
  readonly className?: string | undefined;
}

/** A list of facts, each on a line of its own. */
export function Facts({ children, className }: FactsProps) {
  return <dl className={cls(styles.facts, className)}>{children}</dl>;
}

export interface FactProps {
  readonly name: string;
  /** Text of the log; or `children` when it needs more. Neither: the fact is not known. */
  readonly text?: string | number | null | undefined;
  readonly children?: ReactNode;
  readonly mono?: boolean;
  /** Gives it a button that copies this. */
  readonly copy?: string | undefined;
  /** What is said without a text; `not in this log` when the log would have to hold one. */
  readonly unknown?: string;
}

/** One fact. What the log does not say is said to be unknown, never left out. */
export function Fact({
  name,
  text,
  children,
  mono = false,
  copy,
  unknown = 'not in this log',
}: FactProps) {
  const isKnown = children !== undefined || (text !== undefined && text !== null && text !== '');
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>
        <span className={styles.value}>
          {children}
          {children === undefined && isKnown && <SafeText text={String(text)} mono={mono} />}
          {!isKnown && <span className={styles.unknown}>{unknown}</span>}
        </span>
        {copy !== undefined && copy !== '' && <CopyButton text={copy} what={name.toLowerCase()} />}
      </dd>
    </div>
  );
}

import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { cls } from './cls.ts';
import { SafeText } from './SafeText.tsx';
import styles from './States.module.css';

export interface ErrorStateProps {
  /** The thing that failed: `The pods could not be loaded`. */
  readonly title: string;
  /** The reason, as it was told. */
  readonly reason: string;
  /** Its stable code, so that it can be looked up. */
  readonly code?: string | undefined;
  readonly onRetry?: (() => void) | undefined;
  readonly children?: ReactNode;
}

/** What failed, why, and the next step. */
export function ErrorState({ title, reason, code, onRetry, children }: ErrorStateProps) {
  return (
    <div className={styles.state} role="alert">
      <span className={cls(styles.hole, styles.broken)} aria-hidden="true">
        ▲
      </span>
      <h2 className={styles.title}>{title}</h2>
      <div className={styles.words}>
        <p>
          <SafeText text={reason} />
        </p>
        {code !== undefined && <p className={styles.code}>{code}</p>}
        {children}
      </div>
      {onRetry !== undefined && (
        <div className={styles.actions}>
          <Button onPress={onRetry}>Try again</Button>
        </div>
      )}
    </div>
  );
}

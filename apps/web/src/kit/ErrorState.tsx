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
  /** Offered when it was the filter that the server did not take. */
  readonly onClearFilter?: () => void;
  /** 1 where it is all there is on the page; 2 below a page's own heading. */
  readonly level?: 1 | 2;
  readonly children?: ReactNode;
}

const FILTER_CODES = new Set(['bad_filter', 'not_supported_yet']);

/** What failed, why, and the next step. */
export function ErrorState(props: ErrorStateProps) {
  const { title, reason, code, onRetry, onClearFilter, level = 2, children } = props;
  const Title = level === 1 ? 'h1' : 'h2';
  const isFilter = onClearFilter !== undefined && FILTER_CODES.has(code ?? '');
  return (
    <div className={styles.state} role="alert">
      <span className={cls(styles.hole, styles.broken)} aria-hidden="true">
        ▲
      </span>
      <Title className={styles.title}>{isFilter ? 'The filter was not understood' : title}</Title>
      <div className={styles.words}>
        <p>
          <SafeText text={asSentence(reason)} />
        </p>
        {code !== undefined && <p className={styles.code}>{code}</p>}
        {children}
      </div>
      {(isFilter || onRetry !== undefined) && (
        <div className={styles.actions}>
          {isFilter && <Button onPress={onClearFilter}>Clear the filter</Button>}
          {onRetry !== undefined && <Button onPress={onRetry}>Try again</Button>}
        </div>
      )}
    </div>
  );
}

function asSentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

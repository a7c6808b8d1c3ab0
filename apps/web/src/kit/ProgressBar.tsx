import { ProgressBar as AriaProgressBar } from 'react-aria-components/ProgressBar';
import { cls } from './cls.ts';
import styles from './ProgressBar.module.css';

export interface ProgressBarProps {
  readonly label: string;
  /** 0 to 1; absent: going on, nobody knows how far. */
  readonly value?: number | undefined;
  readonly tone?: 'going' | 'done' | 'failed';
}

/** A line that fills. */
export function ProgressBar({ label, value, tone = 'going' }: ProgressBarProps) {
  return (
    <AriaProgressBar
      aria-label={label}
      {...(value === undefined ? { isIndeterminate: true } : { value, minValue: 0, maxValue: 1 })}
      className={styles.bar ?? ''}
    >
      {({ percentage, isIndeterminate }) => (
        <div
          className={cls(styles.fill, styles[tone], isIndeterminate && styles.unknown)}
          style={isIndeterminate ? {} : { width: `${percentage ?? 0}%` }}
        />
      )}
    </AriaProgressBar>
  );
}

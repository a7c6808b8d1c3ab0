import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import styles from './Chip.module.css';
import { cls } from './cls.ts';

export interface ChipProps {
  readonly children: ReactNode;
  /** Said of the removing button: `Remove filter namespace = prod`. */
  readonly removeLabel?: string;
  readonly onRemove?: () => void;
  readonly mono?: boolean;
}

/** A value that stands for itself: a label, a clause of a filter. */
export function Chip({ children, removeLabel, onRemove, mono }: ChipProps) {
  return (
    <span className={cls(styles.chip, mono === true && styles.mono)}>
      <span className={styles.text}>{children}</span>
      {onRemove !== undefined && (
        <AriaButton
          className={styles.remove ?? ''}
          aria-label={removeLabel ?? 'Remove'}
          onPress={onRemove}
        >
          <X aria-hidden="true" />
        </AriaButton>
      )}
    </span>
  );
}

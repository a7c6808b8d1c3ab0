import type { ReactNode } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import { Kbd } from './Kbd.tsx';
import styles from './Tooltip.module.css';

export interface HintProps {
  readonly text: ReactNode;
  /** The key that does the same. */
  readonly keys?: string;
  /** One focusable react-aria element. */
  readonly children: ReactNode;
}

/** Words for what has none, after a moment of hovering or at once on focus. */
export function Hint({ text, keys, children }: HintProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={0}>
      {children}
      <Tooltip className={styles.tooltip ?? ''} offset={6}>
        <span>{text}</span>
        {keys !== undefined && <Kbd keys={keys} />}
      </Tooltip>
    </TooltipTrigger>
  );
}

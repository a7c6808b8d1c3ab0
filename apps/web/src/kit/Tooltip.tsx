import { type ReactNode, useEffect, useState } from 'react';
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip';
import { Kbd } from './Kbd.tsx';
import { cameByItself, noteKeys } from './lastKey.ts';
import styles from './Tooltip.module.css';

export interface HintProps {
  readonly text: ReactNode;
  /** The key that does the same. */
  readonly keys?: string;
  /** One focusable react-aria element. */
  readonly children: ReactNode;
}

/**
 * Words for what has none, after a moment of hovering or at once when somebody moved the focus there: not when a dialog that
 * was closed gave it back, since the words would lie on what is pressed next.
 */
export function Hint({ text, keys, children }: HintProps) {
  const [isOpen, setOpen] = useState(false);
  useEffect(noteKeys, []);
  return (
    <TooltipTrigger
      delay={500}
      closeDelay={0}
      isOpen={isOpen}
      onOpenChange={(open) => setOpen(open && !cameByItself())}
    >
      {children}
      <Tooltip className={styles.tooltip ?? ''} offset={6}>
        <span>{text}</span>
        {keys !== undefined && <Kbd keys={keys} />}
      </Tooltip>
    </TooltipTrigger>
  );
}

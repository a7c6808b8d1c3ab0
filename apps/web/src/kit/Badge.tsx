import type { ReactNode } from 'react';
import styles from './Badge.module.css';
import { cls } from './cls.ts';

export type BadgeTone =
  | 'main'
  | 'late'
  | 'late-quiet'
  | 'alert'
  | 'external'
  | 'connection'
  | 'ghost'
  | 'plain';

export interface BadgeProps {
  /** Which meaning of the palette; each has a sign of its own beside the colour. */
  readonly tone: BadgeTone;
  readonly children: ReactNode;
  /** The words for a reader who cannot see the sign: `3 late and new`. */
  readonly label?: string;
  readonly title?: string;
  /** Instead of the tone's own sign. */
  readonly sign?: string;
}

const SIGNS: Readonly<Record<BadgeTone, string>> = {
  main: '●',
  late: '◷',
  'late-quiet': '◔',
  alert: '▲',
  external: '⊙',
  connection: '⇄',
  ghost: '◌',
  plain: '',
};

/** A small mark: sign, colour and text say the same thing three times. */
export function Badge({ tone, children, label, title, sign = SIGNS[tone] }: BadgeProps) {
  return (
    <span className={cls(styles.badge, styles[tone])} title={title ?? label}>
      {sign !== '' && (
        <span className={styles.sign} aria-hidden="true">
          {sign}
        </span>
      )}
      {label === undefined ? (
        children
      ) : (
        <>
          <span aria-hidden="true">{children}</span>
          <span className={styles.words}>{label}</span>
        </>
      )}
    </span>
  );
}

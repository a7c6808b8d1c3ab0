import type { ReactNode } from 'react';
import { cls } from '../../kit/cls.ts';
import { formatCount } from '../../kit/format.ts';
import styles from './Tiles.module.css';

export interface TileEntry {
  readonly label: string;
  /** Undefined: not known yet. */
  readonly count: number | undefined;
  readonly sign?: string;
  readonly tone?: 'late' | 'external';
  /** What it is made of, below the label. */
  readonly note?: string;
  readonly link?: (content: ReactNode) => ReactNode;
}

/** Exact numbers in a row; one is coloured only when it is not zero. */
export function Tiles({ entries }: { readonly entries: readonly TileEntry[] }) {
  return (
    <dl className={styles.tiles}>
      {entries.map(({ label, count: known, sign, tone, note, link }) => {
        const count = known ?? 0;
        const number = (
          <>
            {sign !== undefined && count > 0 && (
              <span className={styles.sign} aria-hidden="true">
                {sign}
              </span>
            )}
            {known === undefined ? '–' : formatCount(count)}
          </>
        );
        return (
          <div key={label} className={styles.tile}>
            <dt className={styles.label}>
              {label}
              {note !== undefined && ` · ${note}`}
            </dt>
            <dd
              className={cls(
                styles.count,
                count > 0 && tone !== undefined && styles[tone],
                count === 0 && styles.zero,
              )}
            >
              {link === undefined ? number : link(number)}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

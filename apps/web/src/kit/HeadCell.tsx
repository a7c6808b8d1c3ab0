import type { KeyboardEvent, ReactNode } from 'react';
import { cls } from './cls.ts';
import styles from './HeadCell.module.css';

/** A column and its direction. */
export interface Sort {
  readonly column: string;
  readonly descending: boolean;
}

export interface HeadCellProps {
  readonly column: {
    readonly id: string;
    readonly title: ReactNode;
    readonly hint?: string | undefined;
    readonly align?: 'start' | 'end' | undefined;
    /** Its first direction; absent: the greatest first where numbers stand at the end of the cell. */
    readonly descendsFirst?: boolean | undefined;
  };
  /** Undefined: as the rows came. */
  readonly sort: Sort | undefined;
  /** Absent: nothing can be sorted by this column. */
  readonly onSort?: ((sort: Sort | undefined) => void) | undefined;
  /** A third press asks for no order: where nothing else in sight leads back. */
  readonly clears?: boolean;
  readonly className?: string | undefined;
}

/** The head of a column: pressed once for its first direction, then for the other and back. The way to no order is another: `DefaultOrder`. */
export function HeadCell({ column, sort, onSort, clears = false, className }: HeadCellProps) {
  const { id, title, hint, align, descendsFirst = align === 'end' } = column;
  const name = cls(className, align === 'end' && styles.end);
  if (onSort === undefined) {
    return (
      <div role="columnheader" className={name} title={hint}>
        {title}
      </div>
    );
  }
  const sorted = sort?.column === id ? sort : undefined;
  const direction = sorted?.descending === true ? 'descending' : 'ascending';
  const next = () => {
    if (clears && sorted !== undefined && sorted.descending !== descendsFirst) onSort(undefined);
    else
      onSort({ column: id, descending: sorted === undefined ? descendsFirst : !sorted.descending });
  };
  return (
    <div
      role="columnheader"
      aria-sort={sorted === undefined ? 'none' : direction}
      className={name}
      title={hint}
    >
      <button type="button" className={styles.sort} onClick={next} onKeyDown={keepPress}>
        {title}
        <span className={styles.arrow} aria-hidden="true">
          {sorted !== undefined && (sorted.descending ? '↓' : '↑')}
        </span>
      </button>
    </div>
  );
}

/** What presses the button is not a key of the rows below it. */
function keepPress(event: KeyboardEvent): void {
  if (event.key === 'Enter' || event.key === ' ') event.stopPropagation();
}

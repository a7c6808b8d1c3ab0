import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { cls } from './cls.ts';
import {
  type FittingColumn,
  fittingColumns,
  leastWidth,
  useWindowWidth,
} from './fittingColumns.ts';
import { HeadCell, type Sort } from './HeadCell.tsx';
import { markBeyond } from './markBeyond.ts';
import { rowAfterKey } from './rowAfterKey.ts';
import styles from './VirtualTable.module.css';

export interface Column<Row> extends FittingColumn {
  readonly id: string;
  readonly title: string;
  readonly align?: 'start' | 'end';
  readonly sortable?: boolean;
  /** Explains the column on hover. */
  readonly hint?: string;
  readonly cell: (row: Row) => ReactNode;
}

export interface VirtualTableProps<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly keyOf: (row: Row) => string;
  /** Rows there are in all, when not all of them are here yet; -1: unknown. */
  readonly total?: number;
  readonly sort?: Sort | undefined;
  /** Called with the column and the direction that a press asks for. */
  readonly onSort?: (sort: Sort | undefined) => void;
  /** Key of the selected row. */
  readonly selected?: string | undefined;
  /** Enter or a click on a row. */
  readonly onOpen?: (row: Row) => void;
  /** Drawn below a row over the whole width. */
  readonly detail?: (row: Row) => ReactNode;
  /** Whether its detail is shown. */
  readonly isOpen?: (row: Row) => boolean;
  /** Right and Left show and hide the detail: where Enter leads elsewhere. */
  readonly onToggle?: (row: Row, open: boolean) => void;
  /** Called when the last rows come into sight. */
  readonly onEnd?: () => void;
  readonly rowClass?: (row: Row) => string | undefined;
  /** Below the last row: `loading more`, the end. */
  readonly foot?: ReactNode;
  readonly rowHeight?: number;
  /** As high as its rows, where the box around it has the room: for a table with something below it. */
  readonly fits?: boolean;
}

/**
 * A table of any length: only what is in sight is in the document, and assistive technology is told the true
 * numbers. It is one tab stop; arrows, Home, End and Page keys move the current row, Enter opens it.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, rows, keyOf, onOpen, onEnd, detail, isOpen, rowHeight = 28 } = props;
  const columns = fittingColumns(props.columns, useWindowWidth());
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(-1);
  const active = current < rows.length ? current : rows.length - 1;

  const virtual = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : keyOf(row);
    },
    overscan: 8,
    scrollPaddingStart: 30,
    initialRect: { width: 1000, height: 600 },
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return active < 0 || shown.includes(active)
        ? shown
        : [...shown, active].sort((a, b) => a - b);
    },
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - 20) onEnd?.();
  }, [lastShown, rows.length, onEnd]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget) return;
    const row = rows[active];
    if (event.key === 'Enter' && row !== undefined && onOpen !== undefined) {
      event.preventDefault();
      onOpen(row);
      return;
    }
    if (MORE.has(event.key) && row !== undefined && props.onToggle !== undefined) {
      event.preventDefault();
      props.onToggle(row, event.key === 'ArrowRight');
      return;
    }
    const page = Math.max(1, Math.floor((box.current?.clientHeight ?? 300) / rowHeight) - 2);
    const next = rowAfterKey(event, active, rows.length, page);
    if (next === undefined) return;
    event.preventDefault();
    setCurrent(next);
    virtual.scrollToIndex(next, { align: 'auto' });
  };

  const onClick = (event: MouseEvent) => {
    const pressed = pressedRow(event.target);
    const row = rows[pressed ?? -1];
    if (pressed === undefined || row === undefined) return;
    setCurrent(pressed);
    if (onOpen !== undefined && opensRow(event.target)) onOpen(row);
  };

  const least = leastWidth(columns);
  const template = { gridTemplateColumns: columns.map((column) => column.width).join(' ') };
  const total = props.total ?? rows.length;
  const frame = useRef<HTMLDivElement>(null);
  // After every drawing: rows, columns and the box may have another width.
  useEffect(() => markBeyond(box.current, frame.current));
  return (
    <div
      ref={frame}
      className={styles.frame}
      style={props.fits === true ? { height: virtual.getTotalSize() + HEAD + EDGE } : undefined}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- its role is grid or treegrid */}
      <div
        ref={box}
        className={styles.scroll}
        onScroll={({ currentTarget }) => markBeyond(currentTarget, frame.current)}
        role={detail === undefined ? 'grid' : 'treegrid'}
        tabIndex={0}
        aria-label={label}
        aria-rowcount={total < 0 ? -1 : total + 1}
        aria-colcount={columns.length}
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        onKeyDown={onKeyDown}
        onClick={onClick}
      >
        <div role="rowgroup" className={styles.head} style={{ minWidth: least }}>
          <div role="row" aria-rowindex={1} className={styles.headRow} style={template}>
            {columns.map((column) => (
              <HeadCell
                key={column.id}
                column={column}
                sort={props.sort}
                onSort={column.sortable === true ? props.onSort : undefined}
                className={styles.headCell}
              />
            ))}
          </div>
        </div>
        <div
          role="rowgroup"
          className={styles.body}
          style={{ height: virtual.getTotalSize(), minWidth: least }}
        >
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const key = keyOf(row);
            const open = isOpen?.(row) === true;
            return (
              <div
                key={key}
                ref={detail === undefined ? undefined : virtual.measureElement}
                data-index={item.index}
                className={styles.slot}
                role="presentation"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <div
                  id={`${id}-${item.index}`}
                  role="row"
                  aria-rowindex={item.index + 2}
                  aria-selected={props.selected === undefined ? undefined : props.selected === key}
                  aria-level={detail === undefined ? undefined : 1}
                  aria-expanded={detail === undefined ? undefined : open}
                  className={cls(
                    styles.row,
                    item.index === active && styles.active,
                    props.selected === key && styles.selected,
                    onOpen !== undefined && styles.opens,
                    props.rowClass?.(row),
                  )}
                  data-row={item.index}
                  style={{ ...template, height: rowHeight }}
                >
                  {columns.map((column) => (
                    <div
                      key={column.id}
                      role="gridcell"
                      className={cls(styles.cell, column.align === 'end' && styles.end)}
                    >
                      {column.cell(row)}
                    </div>
                  ))}
                </div>
                {open && detail !== undefined && (
                  <div role="row" aria-level={2} className={styles.detail}>
                    <div role="gridcell" aria-colspan={columns.length}>
                      {detail(row)}
                    </div>
                  </div>
                )}
              </div>
            );
          })}
        </div>
        {props.foot !== undefined && <div className={styles.foot}>{props.foot}</div>}
      </div>
    </div>
  );
}

const MORE: ReadonlySet<string> = new Set(['ArrowRight', 'ArrowLeft']);
const HEAD = 30;
/** Of a scrollbar below the rows. */
const EDGE = 12;

/** The row that a press landed in; a press in a row's detail is none. */
function pressedRow(target: EventTarget): number | undefined {
  const row = target instanceof Element ? target.closest('[data-row]') : null;
  return row === null ? undefined : Number(row.getAttribute('data-row'));
}

/** A press on a link or a button inside a row is not a press on the row, and a selected text is no press. */
function opensRow(target: EventTarget): boolean {
  if (target instanceof Element && target.closest('a, button') !== null) return false;
  return (document.getSelection()?.toString() ?? '') === '';
}

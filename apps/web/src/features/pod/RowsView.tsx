import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState } from 'react';
import { ancestorRows } from '../../view/navigate.ts';
import { columnsFor, templateOf } from './rowColumns.ts';
import styles from './RowsView.module.css';
import { TreeRow } from './TreeRow.tsx';
import type { TreeActions } from './treeActions.ts';
import type { TreeState } from './useTree.ts';
import { useTreeKeys } from './useTreeKeys.ts';

const ROW = 28;
const MOST_STICKY = 6;

export interface RowsViewProps {
  readonly state: TreeState;
  readonly actions: TreeActions;
}

/**
 * The tree as a treegrid of any length: what is in sight is in the document, and assistive technology is told the true
 * numbers. One tab stop: the focus walks from row to row.
 */
export function RowsView({ state, actions }: RowsViewProps) {
  const { tree, activeRow } = state;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const columns = useMemo(() => columnsFor(width), [width]);
  const active = activeRow < 0 ? 0 : activeRow;
  const virtual = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: tree.count,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 10,
    scrollPaddingStart: 30 + MOST_STICKY * ROW,
    scrollPaddingEnd: ROW,
    initialRect: { width: 1000, height: 600 },
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return shown.includes(active) || active >= tree.count
        ? shown
        : [...shown, active].sort((a, b) => a - b);
    },
  });
  const items = virtual.getVirtualItems();
  const first = Math.floor(((virtual.scrollOffset ?? 0) + 1) / ROW);
  const sticky = useMemo(() => stickyRows(state, first), [state, first]);

  const onKeyDown = useTreeKeys(state, actions, {
    page: Math.max(1, Math.floor((box.current?.clientHeight ?? 300) / ROW) - 2),
  });
  useKeepInSight(box, state, (row) => virtual.scrollToIndex(row, { align: 'auto' }));

  const template = templateOf(columns);
  return (
    <div
      ref={box}
      className={styles.scroll}
      role="treegrid"
      aria-label={`Processes of ${tree.model.columns.pod.pod}`}
      aria-rowcount={tree.count + 1}
      aria-colcount={columns.length}
      onKeyDown={onKeyDown}
      onFocus={() => actions.hold('focus', true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) actions.hold('focus', false);
      }}
      onPointerEnter={() => actions.hold('pointer', true)}
      onPointerLeave={() => actions.hold('pointer', false)}
    >
      <div role="rowgroup" className={styles.head}>
        <div
          role="row"
          aria-rowindex={1}
          className={styles.headRow}
          style={{ gridTemplateColumns: template }}
        >
          {columns.map((column) => (
            <div
              key={column.id}
              role="columnheader"
              title={column.hint}
              className={column.align === 'end' ? styles.headEnd : undefined}
            >
              {column.title(state.view)}
            </div>
          ))}
        </div>
        <div className={styles.sticky} aria-hidden="true">
          {sticky.map((row) => (
            <TreeRow
              key={row}
              state={state}
              actions={actions}
              row={row}
              columns={columns}
              template={template}
              isCopy
              onPress={() => virtual.scrollToIndex(row, { align: 'center' })}
            />
          ))}
        </div>
      </div>
      <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => (
          <TreeRow
            key={item.key}
            state={state}
            actions={actions}
            row={item.index}
            columns={columns}
            template={template}
            top={item.start}
          />
        ))}
      </div>
    </div>
  );
}

/** The path above the first row in sight, so that one knows where one is. */
function stickyRows({ tree }: TreeState, first: number): readonly number[] {
  if (first <= 0 || first >= tree.count) return [];
  const above = ancestorRows(tree, Math.min(first + 1, tree.count - 1));
  return above.filter((row) => row < first).slice(-MOST_STICKY);
}

/** Scrolls to the selection when it moved, and takes the focus along when the tree has it. */
function useKeepInSight(
  box: React.RefObject<HTMLDivElement | null>,
  { tree, activeKey, activeRow }: TreeState,
  scrollTo: (row: number) => void,
): void {
  const shown = useRef('');
  useEffect(() => {
    if (activeRow < 0 || shown.current === activeKey) return;
    shown.current = activeKey;
    scrollTo(activeRow);
    const grid = box.current;
    if (grid === null || !grid.contains(document.activeElement)) return;
    requestAnimationFrame(() => {
      const row = grid.querySelector<HTMLElement>(`[data-row="${activeRow}"]`);
      row?.focus({ preventScroll: true });
    });
  }, [box, tree, activeKey, activeRow, scrollTo]);
}

function useWidth(box: React.RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(1000);
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return width;
}

import { nodeWords } from '@forebear/model/words/nodeWords';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { markBeyond } from '../../kit/markBeyond.ts';
import { hasState, keyOf, rowState } from '../../view/visibleTree.ts';
import { ColumnMenu } from './ColumnMenu.tsx';
import { RowMap } from './RowMap.tsx';
import { RowsHead } from './RowsHead.tsx';
import styles from './RowsView.module.css';
import { columnsFor, minWidthOf, templateOf } from './rowColumns.ts';
import { ROW_HEIGHT } from './rowHeight.ts';
import { rowOrderOf } from './rowOrder.ts';
import { MOST_STICKY, stickyRows } from './stickyRows.ts';
import { TreeRow } from './TreeRow.tsx';
import type { TreeActions } from './treeActions.ts';
import { useRowsInSight, useScrollAnchor } from './useRowsInSight.ts';
import type { TreeState } from './useTree.ts';
import { useTreeKeys } from './useTreeKeys.ts';

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
  const { width, height } = useSize(box);
  const chosen = state.view.columns;
  const sorted = rowOrderOf(state.view.sort).column;
  const columns = useMemo(() => columnsFor(width, chosen, sorted), [width, chosen, sorted]);
  const active = activeRow < 0 ? 0 : activeRow;
  const virtual = useVirtualizer<HTMLDivElement, HTMLDivElement>({
    count: tree.count,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
    scrollPaddingStart: 30 + MOST_STICKY * ROW_HEIGHT,
    scrollPaddingEnd: ROW_HEIGHT,
    initialRect: { width: 1000, height: 600 },
    rangeExtractor: (range) => {
      const shown = defaultRangeExtractor(range);
      return shown.includes(active) || active >= tree.count
        ? shown
        : [...shown, active].sort((a, b) => a - b);
    },
  });
  const items = virtual.getVirtualItems();
  const first = Math.floor(((virtual.scrollOffset ?? 0) + 1) / ROW_HEIGHT);
  const sticky = useMemo(() => stickyRows(state, first), [state, first]);

  useScrollAnchor(box, tree, first);
  const onKeyDown = useTreeKeys(state, actions, {
    page: Math.max(1, Math.floor((box.current?.clientHeight ?? 300) / ROW_HEIGHT) - 2),
  });
  const scrollTo = useCallback(
    (row: number) => virtual.scrollToIndex(row, { align: 'auto' }),
    [virtual],
  );
  useRowsInSight(box, state, scrollTo);

  const template = templateOf(columns);
  const minWidth = minWidthOf(columns);
  useEffect(() => markBeyond(box.current), [width, minWidth]);
  return (
    <div className={styles.rows}>
      <div
        ref={box}
        className={styles.scroll}
        role="treegrid"
        tabIndex={-1}
        aria-label={`Processes of ${nodeWords(tree.model.columns.pod.pod)}`}
        aria-rowcount={tree.count + 1}
        aria-colcount={columns.length}
        onKeyDown={onKeyDown}
        onScroll={({ currentTarget }) => markBeyond(currentTarget)}
        onClick={({ target }) => {
          const pressed = pressedRow(target);
          if (pressed.copyOf >= 0) virtual.scrollToIndex(pressed.copyOf, { align: 'center' });
          else if (pressed.row >= 0 && pressed.isTwisty) state.toggle(pressed.row);
          else if (pressed.row >= 0) state.go(pressed.row);
        }}
        onDoubleClick={({ target }) => {
          const { row, isTwisty } = pressedRow(target);
          if (row < 0 || isTwisty) return;
          if (hasState(tree, row, rowState.expandable) && row > 0) state.toggle(row);
          else actions.openRow(row);
        }}
        onFocus={() => actions.hold('focus', true)}
        onBlur={(event) => {
          if (!event.currentTarget.contains(event.relatedTarget)) actions.hold('focus', false);
        }}
        onPointerEnter={() => actions.hold('pointer', true)}
        onPointerLeave={() => actions.hold('pointer', false)}
      >
        <RowsHead
          state={state}
          columns={columns}
          template={template}
          minWidth={minWidth}
          sticky={sticky}
        />
        <div
          role="rowgroup"
          className={styles.body}
          style={{ height: virtual.getTotalSize(), minWidth }}
        >
          {items.map(
            (item) =>
              item.index < tree.count && (
                <TreeRow
                  key={keyOf(tree, item.index)}
                  tree={tree}
                  view={state.view}
                  row={item.index}
                  isActive={item.index === activeRow}
                  isFresh={state.fresh.has(keyOf(tree, item.index))}
                  isTabStop={item.index === active}
                  columns={columns}
                  template={template}
                  top={item.start}
                />
              ),
          )}
        </div>
      </div>
      <div className={styles.rail}>
        <span className={styles.railHead}>
          <ColumnMenu
            view={state.view}
            shown={columns}
            onChoose={(next) => state.change({ columns: next })}
          />
        </span>
        {tree.count * ROW_HEIGHT > height && (
          <RowMap
            tree={tree}
            first={first}
            shown={Math.ceil(height / ROW_HEIGHT)}
            onGo={(row) => virtual.scrollToIndex(row, { align: 'center' })}
          />
        )}
      </div>
    </div>
  );
}

/** What was pressed: a row, its twisty, or a copy of a row at the top. */
function pressedRow(target: EventTarget) {
  const element = target instanceof Element ? target : undefined;
  const numberOf = (name: string): number => {
    const text = element?.closest(`[${name}]`)?.getAttribute(name);
    return text === null || text === undefined ? -1 : Number(text);
  };
  return {
    row: numberOf('data-row'),
    copyOf: numberOf('data-copy-of'),
    isTwisty: element?.closest('[data-twisty]') !== null && element !== undefined,
  };
}

function useSize(box: React.RefObject<HTMLDivElement | null>) {
  const [size, setSize] = useState({ width: 1000, height: 600 });
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() =>
      setSize({ width: element.clientWidth, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  return size;
}

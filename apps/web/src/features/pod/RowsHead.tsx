import { HeadCell } from '../../kit/HeadCell.tsx';
import styles from './RowsView.module.css';
import type { RowColumn } from './rowColumns.ts';
import { rowOrderOf, rowOrderText } from './rowOrder.ts';
import { TreeRow } from './TreeRow.tsx';
import type { TreeState } from './useTree.ts';

export interface RowsHeadProps {
  readonly state: TreeState;
  readonly columns: readonly RowColumn[];
  readonly template: string;
  readonly minWidth: number;
  /** Rows that are above what is in sight: the path to it. */
  readonly sticky: readonly number[];
}

/** What stays at the top of the rows: the columns, by which siblings can be ordered, and the path above the first row. */
export function RowsHead({ state, columns, template, minWidth, sticky }: RowsHeadProps) {
  const { tree, view, change } = state;
  const order = rowOrderOf(view.sort);
  return (
    <div role="rowgroup" className={styles.head} style={{ minWidth }}>
      <div
        role="row"
        aria-rowindex={1}
        className={styles.headRow}
        style={{ gridTemplateColumns: template }}
      >
        {columns.map(({ id, title, hint, align, sorts }) => (
          <HeadCell
            key={id}
            column={{
              id,
              title: title(view),
              hint: sorts === undefined ? hint : sortHint(hint),
              align,
              descendsFirst: sorts === 'descending',
            }}
            sort={order}
            // The order by start has an arrow of its own, where there is room for that column.
            clears={columns.every((one) => one.id !== 'start')}
            onSort={
              sorts === undefined ? undefined : (next) => change({ sort: rowOrderText(next) })
            }
          />
        ))}
      </div>
      <div className={styles.sticky} aria-hidden="true">
        {sticky.map((row) => (
          <TreeRow
            key={row}
            tree={tree}
            view={view}
            row={row}
            isActive={false}
            isTabStop={false}
            columns={columns}
            template={template}
            isCopy
          />
        ))}
      </div>
    </div>
  );
}

function sortHint(hint: string | undefined): string {
  const words = 'Press to order siblings by it';
  return hint === undefined ? words : `${hint}. ${words}`;
}

import { Columns3 } from 'lucide-react';
import { IconButton } from '../../kit/Button.tsx';
import { Menu } from '../../kit/Menu.tsx';
import type { View } from '../../url/view.ts';
import { choosableColumns, type RowColumn, toggledColumn } from './rowColumns.ts';

export interface ColumnMenuProps {
  readonly view: View;
  /** What is shown now. */
  readonly shown: readonly RowColumn[];
  readonly onChoose: (columns: readonly string[] | undefined) => void;
}

const AS_FITS = 'fits';

/** Which columns the rows have: as many as fit, or those that were chosen. The choice is in the address. */
export function ColumnMenu({ view, shown, onChoose }: ColumnMenuProps) {
  const ids = new Set(shown.map(({ id }) => id));
  return (
    <Menu
      label="Columns"
      isOpenOnChoose
      entries={[
        { id: AS_FITS, text: 'As many as fit', chosen: view.columns === undefined },
        ...choosableColumns.map((column) => ({
          id: column.id,
          text: column.title(view),
          chosen: ids.has(column.id),
        })),
      ]}
      onChoose={(id) => onChoose(id === AS_FITS ? undefined : toggledColumn(shown, id))}
    >
      <IconButton icon={<Columns3 aria-hidden="true" />} label="Columns" />
    </Menu>
  );
}

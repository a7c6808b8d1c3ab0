import { RotateCcw } from 'lucide-react';
import { Button } from './Button.tsx';
import type { Sort } from './HeadCell.tsx';
import { Hint } from './Tooltip.tsx';

export interface DefaultOrderProps {
  readonly sort: Sort | undefined;
  /** What comes first without a sort: `the gravest first`. */
  readonly order: string;
  readonly onSort: (sort: undefined) => void;
}

/** The way back from the order of a column; nothing while the list has its own order. */
export function DefaultOrder({ sort, order, onSort }: DefaultOrderProps) {
  if (sort === undefined) return null;
  return (
    <Hint text={`Back to ${order}`}>
      <Button
        kind="quiet"
        icon={<RotateCcw aria-hidden="true" />}
        onPress={() => onSort(undefined)}
      >
        Default order
      </Button>
    </Hint>
  );
}

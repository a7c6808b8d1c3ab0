import { useState } from 'react';
import { Button } from '../kit/Button.tsx';
import { formatCount } from '../kit/format.ts';
import styles from './FreshRows.module.css';

export interface FreshRowsProps {
  /** How many there are now; undefined: nobody tells. */
  readonly total: number | undefined;
  /** When the rows were asked for. */
  readonly updatedAt: number;
  /** Behind the number: `new`. */
  readonly words: string;
  readonly onShow: () => void;
}

/** Rows never move by themselves: what came in since they were asked for is a number to press. */
export function FreshRows({ total, updatedAt, words, onShow }: FreshRowsProps) {
  const [base, setBase] = useState<{ readonly at: number; readonly total: number } | undefined>();
  if (total === undefined) return null;
  if (base?.at !== updatedAt) setBase({ at: updatedAt, total });
  const fresh = base?.at === updatedAt ? total - base.total : 0;
  if (fresh <= 0) return null;
  return (
    <Button kind="quiet" className={styles.fresh} onPress={onShow}>
      +{formatCount(fresh)} {words}
    </Button>
  );
}

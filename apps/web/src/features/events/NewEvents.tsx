import { useState } from 'react';
import { useLive } from '../../api/services.ts';
import { Button } from '../../kit/Button.tsx';
import { formatCount } from '../../kit/format.ts';
import styles from './EventsPage.module.css';

export interface NewEventsProps {
  /** When the rows were asked for. */
  readonly updatedAt: number;
  readonly onShow: () => void;
}

/** Rows never move by themselves: what came in since they were asked for is a number to press. */
export function NewEvents({ updatedAt, onShow }: NewEventsProps) {
  const { state } = useLive();
  const events = state.kind === 'open' ? state.stats?.ledger.events : undefined;
  const [base, setBase] = useState<{ readonly at: number; readonly events: number } | undefined>();
  if (events === undefined) return null;
  if (base?.at !== updatedAt) setBase({ at: updatedAt, events });
  const fresh = base?.at === updatedAt ? events - base.events : 0;
  if (fresh <= 0) return null;
  return (
    <Button kind="quiet" className={styles.fresh} onPress={onShow}>
      +{formatCount(fresh)} new
    </Button>
  );
}

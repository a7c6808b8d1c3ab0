import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { alertCountQuery } from '../../api/queries.ts';
import { Button } from '../../kit/Button.tsx';
import { formatCount } from '../../kit/format.ts';
import styles from './AlertsPage.module.css';

export interface NewAlertsProps {
  readonly caseName: string;
  /** When the rows were asked for. */
  readonly updatedAt: number;
  readonly onShow: () => void;
}

/** Rows never move by themselves: what came in since they were asked for is a number to press. */
export function NewAlerts({ caseName, updatedAt, onShow }: NewAlertsProps) {
  const total = useQuery(alertCountQuery(caseName)).data?.total;
  const [base, setBase] = useState<{ readonly at: number; readonly total: number } | undefined>();
  if (total === undefined) return null;
  if (base?.at !== updatedAt) setBase({ at: updatedAt, total });
  const fresh = base?.at === updatedAt ? total - base.total : 0;
  if (fresh <= 0) return null;
  return (
    <Button kind="quiet" className={styles.fresh} onPress={onShow}>
      +{formatCount(fresh)} new in the case
    </Button>
  );
}

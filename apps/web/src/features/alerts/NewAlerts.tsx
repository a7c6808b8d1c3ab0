import { useQuery } from '@tanstack/react-query';
import { alertCountQuery } from '../../api/queries.ts';
import { FreshRows } from '../../lists/FreshRows.tsx';

export interface NewAlertsProps {
  readonly caseName: string;
  /** When the rows were asked for. */
  readonly updatedAt: number;
  readonly onShow: () => void;
}

/** The alerts that came in since the rows were asked for. */
export function NewAlerts({ caseName, ...rows }: NewAlertsProps) {
  const total = useQuery(alertCountQuery(caseName)).data?.total;
  return <FreshRows total={total} words="new in the case" {...rows} />;
}

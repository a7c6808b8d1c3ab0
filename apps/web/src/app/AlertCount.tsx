import { alertsWords, isGraveSeverity, severitySign } from '@forebear/model/words/severityWords';
import { useQuery } from '@tanstack/react-query';
import { alertCountQuery } from '../api/queries.ts';
import { cls } from '../kit/cls.ts';
import { formatCount } from '../kit/format.ts';
import styles from './TopBar.module.css';

/** How many alerts a case has, in the look of the gravest; nothing while there is none. */
export function AlertCount({ caseName }: { readonly caseName: string }) {
  const { data, isPlaceholderData } = useQuery(alertCountQuery(caseName));
  if (data === undefined || isPlaceholderData || data.total === 0 || data.gravest === null)
    return null;
  const { total, gravest } = data;
  return (
    <span
      className={cls(styles.count, isGraveSeverity(gravest) && styles.grave)}
      title={alertsWords(total, gravest, formatCount)}
    >
      <span aria-hidden="true">{severitySign(gravest)}</span>
      {formatCount(total)}
    </span>
  );
}

import { severitySign } from '@forebear/model/words/severityWords';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { alertCountQuery } from '../../api/queries.ts';
import { formatNoun } from '../../kit/format.ts';
import { caseLink } from '../../url/links.ts';
import { questionOf } from '../../url/question.ts';
import type { View } from '../../url/view.ts';
import styles from './OverviewPage.module.css';

/** How many alerts the agents raised, as a line of what stands out; nothing when there is none. */
export function AlertsLine({ caseName, view }: { readonly caseName: string; readonly view: View }) {
  const { data } = useQuery(alertCountQuery(caseName, questionOf(view)));
  if (data === undefined || data.gravest === null) return null;
  return (
    <p className={styles.alerts}>
      <span className={styles.reasonSign} aria-hidden="true">
        {severitySign(data.gravest)}
      </span>
      <span>
        <Link {...caseLink('alerts', caseName, view)}>{formatNoun(data.total, 'alert')}</Link> of
        agents’ rules and policies, {data.gravest}
        {data.total > 1 && ' the gravest'}
      </span>
    </p>
  );
}

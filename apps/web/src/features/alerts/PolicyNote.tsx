import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sourcesQuery } from '../../api/queries.ts';
import { caseLink } from '../../url/links.ts';
import type { View } from '../../url/view.ts';
import styles from './AlertsPage.module.css';

/** Where Tetragon is among the agents: why its policies are not among the alerts, and where they are. */
export function PolicyNote({ caseName, view }: { readonly caseName: string; readonly view: View }) {
  const sources = useQuery(sourcesQuery(caseName)).data?.items ?? [];
  if (!sources.some(({ formats }) => (formats['tetragon'] ?? 0) > 0)) return null;
  return (
    <p className={styles.note}>
      Tetragon’s policies give no severity: what they reported is not among the alerts, it is marked
      in the trees and named on the <Link {...caseLink('overview', caseName, view)}>overview</Link>.
    </p>
  );
}

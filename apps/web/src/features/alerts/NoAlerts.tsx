import { agentWords } from '@forebear/model/words/agentWords';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sourcesQuery } from '../../api/queries.ts';
import { linkButton } from '../../kit/Button.tsx';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { caseLink } from '../../url/links.ts';
import type { View } from '../../url/view.ts';
import { PolicyNote } from './PolicyNote.tsx';

/** No alerts: because nothing is in the case, or because none of its agents alerts. */
export function NoAlerts({ caseName, view }: { readonly caseName: string; readonly view: View }) {
  const sources = useQuery(sourcesQuery(caseName));
  const agents = [
    ...new Set((sources.data?.items ?? []).flatMap(({ formats }) => Object.keys(formats))),
  ].map(agentWords);
  if (agents.length === 0)
    return (
      <EmptyState
        title="There are no alerts in this case"
        actions={
          <Link className={linkButton} to="/">
            Add a log
          </Link>
        }
      >
        <p>Drop log files or folders on this page.</p>
      </EmptyState>
    );
  return (
    <EmptyState
      title="No agent of this case alerts"
      actions={
        <Link className={linkButton} {...caseLink('overview', caseName, view)}>
          What stands out
        </Link>
      }
    >
      <p>
        {listed(agents)} reported what happened, and no rule or policy called any of it an alert.
      </p>
      <PolicyNote caseName={caseName} view={view} />
      <p>What Forebear itself finds conspicuous is on the overview and in the trees.</p>
    </EmptyState>
  );
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

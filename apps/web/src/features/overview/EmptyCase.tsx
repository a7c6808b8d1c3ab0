import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sourcesQuery } from '../../api/queries.ts';
import { receivingOf } from '../../api/receiving.ts';
import { linkButton } from '../../kit/Button.tsx';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { formatBytes, formatNoun } from '../../kit/format.ts';
import { receivingWords } from '../../kit/receivingWords.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { Skeleton } from '../../kit/Skeleton.tsx';
import { caseLink } from '../../url/links.ts';
import type { View } from '../../url/view.ts';

/** So many refused files are told of one by one. */
const SHOWN = 5;

/** No pods: because nothing came in yet, because it is still coming, or because what came holds no processes. */
export function EmptyCase({ caseName, view }: { readonly caseName: string; readonly view: View }) {
  const sources = useQuery({ ...sourcesQuery(caseName), refetchInterval: 1000 });
  if (sources.isPending) return <Skeleton page label="Loading the sources" />;
  const list = sources.data?.items ?? [];
  const receiving = list.some((source) => source.state === 'receiving' || source.state === 'live');
  const events = list.reduce((sum, source) => sum + source.ledger.events, 0);
  const unread = list.reduce(
    (sum, { state, ledger }) => sum + (state === 'refused' ? 0 : ledger.quarantined),
    0,
  );
  if (list.length === 0) {
    return (
      <EmptyState
        level={1}
        title="This case is empty"
        actions={
          <Link className={linkButton} to="/">
            Samples and other cases
          </Link>
        }
      >
        <p>
          Drop log files or folders on this page to fill case <SafeText text={caseName} />.
        </p>
      </EmptyState>
    );
  }
  const refused = list.filter(({ state }) => state === 'refused');
  if (refused.length === list.length) {
    return (
      <EmptyState
        level={1}
        title={refused.length === 1 ? 'The file was refused' : 'All files were refused'}
        actions={
          <Link className={linkButton} {...caseLink('health', caseName, view)}>
            What was found in {refused.length === 1 ? 'it' : 'them'}
          </Link>
        }
      >
        {refused.slice(0, SHOWN).map((one) => (
          <p key={one.id}>
            <SafeText text={one.note} /> ({formatBytes(one.bytesReceived)})
          </p>
        ))}
        {refused.length > SHOWN && <p>{formatNoun(refused.length - SHOWN, 'more file')}.</p>}
        <p>Nothing of it is in this case. Drop the log that the agent wrote on this page.</p>
      </EmptyState>
    );
  }
  if (receiving && events === 0) {
    return (
      <EmptyState level={1} title="The log is coming in">
        <p>
          {receivingWords(receivingOf(list)) ??
            'No event has been stored yet; the first pods appear here by themselves.'}
        </p>
      </EmptyState>
    );
  }
  if (events === 0) {
    return (
      <EmptyState
        level={1}
        title="Nothing in these files could be read as an event"
        actions={
          <Link className={linkButton} {...caseLink('health', caseName, view)}>
            See why
          </Link>
        }
      >
        <p>
          {formatNoun(list.length, 'source')}, {formatNoun(unread, 'record')} not understood.
        </p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      level={1}
      title={`${formatNoun(events, 'event')}, but no process was started in them`}
      actions={
        <>
          <Link className={linkButton} {...caseLink('destinations', caseName, view)}>
            Destinations
          </Link>
          <Link className={linkButton} {...caseLink('events', caseName, view)}>
            Events
          </Link>
        </>
      }
    >
      <p>
        A tree needs an agent that reports what was started (<code>process_exec</code> of Tetragon,
        a rule of Falco on every exec, the process visibility of KubeArmor). Switch it on, or add
        the file that holds it. <Link {...caseLink('health', caseName, view)}>Ingest health</Link>{' '}
        names the settings.
      </p>
    </EmptyState>
  );
}

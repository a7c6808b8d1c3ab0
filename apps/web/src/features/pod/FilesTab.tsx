import { agentWords } from '@forebear/model/words/agentWords';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { asFailure } from '../../api/failure.ts';
import { processEventsQuery } from '../../api/queries.ts';
import { Badge } from '../../kit/Badge.tsx';
import { Button } from '../../kit/Button.tsx';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { ErrorState } from '../../kit/ErrorState.tsx';
import { formatCount } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { Skeleton } from '../../kit/Skeleton.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import type { View } from '../../url/view.ts';
import styles from './DetailsPanel.module.css';
import { type FileTouch, fileTouches } from './fileTouches.ts';

export interface FilesTabProps {
  readonly caseName: string;
  readonly processRef: string;
  readonly view: View;
}

/** What a process did to files: by path, each verb with how often, and who tells of it. */
export function FilesTab({ caseName, processRef, view }: FilesTabProps) {
  const events = useInfiniteQuery(processEventsQuery(caseName, processRef, 'file'));
  const items = useMemo(
    () => (events.data?.pages ?? []).flatMap((page) => page.items),
    [events.data],
  );
  const touches = useMemo(() => fileTouches(items), [items]);
  if (events.isPending) return <Skeleton label="Loading the files" />;
  if (events.isError) {
    const failure = asFailure(events.error);
    return (
      <ErrorState
        title="The files could not be loaded"
        reason={failure.message}
        code={failure.code}
        onRetry={() => void events.refetch()}
      />
    );
  }
  if (touches.length === 0) {
    return (
      <EmptyState title="No files of this process in the log">
        <p>Agents tell of files only where a rule or a policy asks for them.</p>
      </EmptyState>
    );
  }
  const total = events.data.pages[0]?.total ?? items.length;
  return (
    <div className={styles.tab}>
      <ul>
        {touches.map((touch) => (
          <Touch key={touch.path} touch={touch} view={view} />
        ))}
      </ul>
      {events.hasNextPage && (
        <Button
          kind="quiet"
          isDisabled={events.isFetchingNextPage}
          onPress={() => void events.fetchNextPage()}
        >
          Of {formatCount(items.length)} of {formatCount(total)} events · read more
        </Button>
      )}
    </div>
  );
}

function Touch({ touch, view }: { readonly touch: FileTouch; readonly view: View }) {
  const { path, verbs, first, last, agents, policies } = touch;
  return (
    <li className={styles.leaf}>
      <div className={styles.leafLine}>
        {verbs.map(({ verb, count }) => (
          <span key={verb} className={styles.verb}>
            <SafeText text={verb} />
            {count > 1 && ` ×${formatCount(count)}`}
          </span>
        ))}
        {policies.map((policy) => (
          <Badge key={policy} tone="alert" title="A policy or rule of an agent told of it">
            <SafeText text={policy} />
          </Badge>
        ))}
      </div>
      <p>
        <SafeText mono breaksAtPoints text={path} />
      </p>
      <p className={styles.aside}>
        <TimeText time={first} zone={view.zone} digits="ns" />
        {last !== first && (
          <>
            {' – '}
            <TimeText time={last} zone={view.zone} digits="ns" />
          </>
        )}
        {` · ${agents.map(agentWords).join(', ')}`}
      </p>
    </li>
  );
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { EventItem } from '../../api/answers.ts';
import { asFailure } from '../../api/failure.ts';
import { processEventsQuery } from '../../api/queries.ts';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { ErrorState } from '../../kit/ErrorState.tsx';
import { SafeText } from '../../kit/SafeText.tsx';
import { Skeleton } from '../../kit/Skeleton.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import { type Column, VirtualTable } from '../../kit/VirtualTable.tsx';
import { visibleText } from '../../kit/visibleText.ts';
import type { View } from '../../url/view.ts';
import styles from './DetailsPanel.module.css';

export interface DetailsEventsProps {
  readonly caseName: string;
  readonly processRef: string;
  readonly view: View;
  readonly onRaw: (id: string) => void;
}

/** The events of one process, as far down as one scrolls. */
export function DetailsEvents({ caseName, processRef, view, onRaw }: DetailsEventsProps) {
  const events = useInfiniteQuery(processEventsQuery(caseName, processRef));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = events;
  const rows = useMemo(
    () => (events.data?.pages ?? []).flatMap((page) => page.items),
    [events.data],
  );
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const columns = useMemo(() => columnsOf(view), [view]);
  if (events.isPending) return <Skeleton label="Loading the events" />;
  if (events.isError) {
    const failure = asFailure(events.error);
    return (
      <ErrorState
        title="The events could not be loaded"
        reason={failure.message}
        code={failure.code}
        onRetry={() => void events.refetch()}
      />
    );
  }
  if (rows.length === 0) {
    return (
      <EmptyState title="No events of its own">
        <p>Other events name this process; none was recorded for it.</p>
      </EmptyState>
    );
  }
  return (
    <VirtualTable
      label="Events of the process"
      rows={rows}
      columns={columns}
      keyOf={(event) => event.id}
      total={events.data.pages[0]?.total ?? -1}
      onOpen={(event) => onRaw(event.id)}
      onEnd={loadMore}
      rowHeight={ROW_HEIGHT}
    />
  );
}

/** Three lines of a narrow pane: addresses, what they carried, and the beginning of the names. */
const ROW_HEIGHT = 56;

function columnsOf(view: View): readonly Column<EventItem>[] {
  return [
    {
      id: 'time',
      title: 'Time',
      width: '92px',
      cell: (event) => (
        <span className={styles.eventTime}>
          <TimeText time={event.time} zone={view.zone} digits="ms" />
          <SafeText text={event.kind} className={styles.eventKind} />
        </span>
      ),
    },
    {
      id: 'summary',
      title: 'What happened',
      width: 'minmax(120px, 1fr)',
      cell: (event) => (
        <span className={styles.eventSummary} title={visibleText(event.summary)}>
          <SafeText mono breaksAtPoints text={event.summary} />
        </span>
      ),
    },
  ];
}

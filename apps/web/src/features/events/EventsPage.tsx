import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { asFailure } from '../../api/failure.ts';
import { eventsQuery } from '../../api/queries.ts';
import { AnswerFacts } from '../../kit/AnswerFacts.tsx';
import { linkButton } from '../../kit/Button.tsx';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { ErrorState } from '../../kit/ErrorState.tsx';
import { formatCount, formatNoun } from '../../kit/format.ts';
import { parseMoment, zoneName } from '../../kit/formatTime.ts';
import { ListPage } from '../../kit/ListPage.tsx';
import { NoMatch } from '../../kit/NoMatch.tsx';
import { RangeChip } from '../../kit/RangeChip.tsx';
import { Skeleton } from '../../kit/Skeleton.tsx';
import { Splitter } from '../../kit/Splitter.tsx';
import { Truth } from '../../kit/Truth.tsx';
import { useNarrow } from '../../kit/useNarrow.ts';
import { useSettled } from '../../kit/useSettled.ts';
import { VirtualTable } from '../../kit/VirtualTable.tsx';
import { splitClauses, withoutClause } from '../../url/clauses.ts';
import { caseLink } from '../../url/links.ts';
import { questionOf } from '../../url/question.ts';
import { useView } from '../../url/useView.ts';
import { type EventRow, eventColumns } from './eventColumns.tsx';
import { NewEvents } from './NewEvents.tsx';
import { OrderButton } from './OrderButton.tsx';
import { RawDrawer } from './RawDrawer.tsx';
import { useLeaveKey } from './useLeaveKey.ts';

/** All events of a case, as far down as one scrolls, each with its original record. */
export function EventsPage() {
  const { case: caseName = '' } = useParams({ strict: false });
  const [view, change] = useView();
  const order = view.sort === '-time' ? 'desc' : 'asc';
  const events = useInfiniteQuery(eventsQuery(caseName, { ...questionOf(view), order }));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = events;
  // What is on screen may still answer the question before: then it is named by that.
  const isOld = events.isPlaceholderData;
  const asked = useSettled(view, !isOld);
  const rows = useMemo(() => rowsOf(events.data?.pages ?? []), [events.data]);
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const firstTime = rows[0]?.event.time;
  const zoneTitle = zoneName(view.zone, parseMoment(firstTime ?? '') ?? { ms: 0, ns: 0 });
  const columns = useMemo(
    () => eventColumns(caseName, view, zoneTitle),
    [caseName, view, zoneTitle],
  );
  const { selected } = view;
  const isNarrow = useNarrow(760);
  useLeaveKey(selected !== undefined, change);

  if (events.isPending) return <Skeleton page label="Loading the events" rows={20} />;
  if (events.isError) {
    const failure = asFailure(events.error);
    return (
      <ErrorState
        level={1}
        title="The events could not be loaded"
        reason={failure.message}
        code={failure.code}
        onClearFilter={() => change({ filter: '' })}
        onRetry={failure.retryable ? () => void events.refetch() : undefined}
      />
    );
  }
  const head = events.data.pages[0];
  const clauses = splitClauses(asked.filter);
  const total = head?.total ?? null;
  return (
    <ListPage
      title="Events"
      derived={undefined}
      isOld={isOld}
      facts={
        <>
          <AnswerFacts isOld={isOld} what="events">
            <span>
              {total === null
                ? `${formatCount(rows.length)} loaded`
                : `${formatNoun(total, 'event')}${asked.filter === '' ? '' : ' match'} · ${formatCount(rows.length)} loaded`}
            </span>
            {head !== undefined && (
              <Truth
                {...head.completeness}
                more={<Link {...caseLink('health', caseName, view)}>see health</Link>}
              />
            )}
          </AnswerFacts>
          <RangeChip
            {...questionOf(asked)}
            zone={view.zone}
            onClear={() => change({ range: undefined })}
          />
          <NewEvents updatedAt={events.dataUpdatedAt} onShow={() => void events.refetch()} />
        </>
      }
      actions={
        <OrderButton
          order={order}
          onChange={(next) => change({ sort: next === 'desc' ? '-time' : undefined })}
        />
      }
    >
      {rows.length === 0 && clauses.length > 0 && !isOld && (
        <NoMatch
          what="events"
          clauses={clauses}
          onRemove={(at) => change({ filter: withoutClause(clauses, at) })}
          onClear={() => change({ filter: '' })}
        />
      )}
      {rows.length === 0 && clauses.length === 0 && !isOld && (
        <EmptyState
          title="There are no events in this case"
          actions={
            <Link className={linkButton} to="/">
              Add a log
            </Link>
          }
        >
          <p>Drop log files or folders on this page.</p>
        </EmptyState>
      )}
      {rows.length > 0 && (
        <Splitter
          key={isNarrow ? 'below' : 'beside'}
          name={isNarrow ? 'events.raw.below' : 'events.raw'}
          label="Resize the record"
          direction={isNarrow ? 'column' : 'row'}
          sized="second"
          initial={isNarrow ? 280 : 460}
          min={isNarrow ? 120 : 280}
          max={1100}
          collapsed={selected === undefined}
          first={
            <VirtualTable
              label="Events"
              rows={rows}
              columns={columns}
              total={total ?? -1}
              keyOf={(row) => row.event.id}
              selected={selected}
              onOpen={(row) =>
                change({ selected: row.event.id === selected ? undefined : row.event.id })
              }
              onEnd={loadMore}
              foot={hasNextPage ? 'Loading more…' : endWords(rows.length)}
            />
          }
          second={
            selected === undefined ? null : (
              <RawDrawer
                caseName={caseName}
                id={selected}
                onClose={() => change({ selected: undefined })}
              />
            )
          }
        />
      )}
    </ListPage>
  );
}

function rowsOf(
  pages: readonly { readonly items: readonly EventRow['event'][] }[],
): readonly EventRow[] {
  const rows: EventRow[] = [];
  let before: string | undefined;
  for (const page of pages) {
    for (const event of page.items) {
      rows.push({ event, before });
      before = event.time ?? before;
    }
  }
  return rows;
}

function endWords(events: number): string {
  return events === 1 ? 'The only event is here.' : `All ${formatNoun(events, 'event')} are here.`;
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { asFailure } from '../../api/failure.ts';
import { destinationsQuery } from '../../api/queries.ts';
import { useReceiving } from '../../api/receiving.ts';
import { AnswerFacts } from '../../kit/AnswerFacts.tsx';
import { DefaultOrder } from '../../kit/DefaultOrder.tsx';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { ErrorState } from '../../kit/ErrorState.tsx';
import { formatNoun } from '../../kit/format.ts';
import { ListPage } from '../../kit/ListPage.tsx';
import { NoMatch } from '../../kit/NoMatch.tsx';
import { RangeChip } from '../../kit/RangeChip.tsx';
import { receivingWords } from '../../kit/receivingWords.ts';
import { Skeleton } from '../../kit/Skeleton.tsx';
import { formatSort, parseSort, sortRows } from '../../kit/sortRows.ts';
import { Truth } from '../../kit/Truth.tsx';
import { useSettled } from '../../kit/useSettled.ts';
import { VirtualTable } from '../../kit/VirtualTable.tsx';
import { splitClauses, withoutClause } from '../../url/clauses.ts';
import { destinationKey } from '../../url/destinationKey.ts';
import { caseLink } from '../../url/links.ts';
import { questionOf } from '../../url/question.ts';
import { useView } from '../../url/useView.ts';
import { CallerList } from './CallerList.tsx';
import { destinationColumns, destinationSortKeys, externalFirst } from './destinationColumns.tsx';
import { listedWords } from './words.ts';

/** Name or address first: who called it, from where, when, and how much went each way. */
export function DestinationsPage() {
  const { case: caseName = '' } = useParams({ strict: false });
  const [view, change] = useView();
  const receiving = useReceiving(caseName);
  const query = useInfiniteQuery(destinationsQuery(caseName, questionOf(view)));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const asked = useSettled(view, !query.isPlaceholderData);
  const items = useMemo(
    () => (query.data?.pages ?? []).flatMap((page) => page.items),
    [query.data],
  );
  const rows = useMemo(() => {
    const sort = parseSort(view.sort);
    return sort === undefined ? externalFirst(items) : sortRows(items, sort, destinationSortKeys);
  }, [items, view.sort]);
  const columns = useMemo(() => destinationColumns(view), [view]);
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (query.isPending)
    return (
      <Skeleton page label="Loading the destinations" rows={18} note={receivingWords(receiving)} />
    );
  if (query.isError) {
    const failure = asFailure(query.error);
    return (
      <ErrorState
        level={1}
        title="The destinations could not be loaded"
        reason={failure.message}
        code={failure.code}
        onClearFilter={() => change({ filter: '' })}
        onRetry={failure.retryable ? () => void query.refetch() : undefined}
      />
    );
  }
  const head = query.data.pages[0];
  const total = head?.total ?? null;
  const clauses = splitClauses(asked.filter);
  const derived = head?.completeness.derived;
  const isNone = rows.length === 0 && derived === undefined && !query.isPlaceholderData;
  // Before the first parts of a large case there is no count, not even 0.
  const isNoneYet = rows.length === 0 && derived !== undefined;
  return (
    <ListPage
      title="Destinations"
      actions={
        <DefaultOrder
          sort={parseSort(view.sort)}
          order="external and random names first"
          onSort={() => change({ sort: undefined })}
        />
      }
      derived={derived}
      isOld={query.isPlaceholderData}
      facts={
        <>
          <AnswerFacts isOld={query.isPlaceholderData} what="destinations">
            {!isNoneYet && (
              <span>
                {listedWords(items, {
                  total,
                  // A next page is not offered of an answer that is only kept.
                  hasMore: hasNextPage || (total ?? 0) > items.length,
                  isSoFar: derived !== undefined,
                })}
              </span>
            )}
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
        </>
      }
    >
      {isNoneYet && <Skeleton label="Gathering the destinations" rows={18} />}
      {isNone && clauses.length > 0 && (
        <NoMatch
          what="destinations"
          clauses={clauses}
          onRemove={(at) => change({ filter: withoutClause(clauses, at) })}
          onClear={() => change({ filter: '' })}
        />
      )}
      {isNone && clauses.length === 0 && (
        <EmptyState title="No process called anywhere">
          <p>The log holds no outbound connection: the agent may not be watching the network.</p>
        </EmptyState>
      )}
      {rows.length > 0 && (
        <VirtualTable
          label="Destinations"
          rows={rows}
          columns={columns}
          total={total ?? -1}
          keyOf={destinationKey}
          sort={parseSort(view.sort)}
          onSort={(next) => change({ sort: formatSort(next) })}
          onOpen={(one) => {
            const key = destinationKey(one);
            change({ selected: key === view.selected ? undefined : key });
          }}
          isOpen={(one) => destinationKey(one) === view.selected}
          detail={(one) => <CallerList one={one} caseName={caseName} view={view} />}
          onEnd={loadMore}
          foot={
            hasNextPage
              ? `Loading more… sorted among the ${formatNoun(items.length, 'row')} that are here.`
              : undefined
          }
        />
      )}
    </ListPage>
  );
}

import { isHindered } from '@forebear/model/words/verdictWords';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { asFailure } from '../../api/failure.ts';
import { conversationsQuery } from '../../api/queries.ts';
import { useReceiving } from '../../api/receiving.ts';
import { AnswerFacts } from '../../kit/AnswerFacts.tsx';
import { Button } from '../../kit/Button.tsx';
import { DefaultOrder } from '../../kit/DefaultOrder.tsx';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { ErrorState } from '../../kit/ErrorState.tsx';
import { ListPage } from '../../kit/ListPage.tsx';
import { NoMatch } from '../../kit/NoMatch.tsx';
import { RangeChip } from '../../kit/RangeChip.tsx';
import { receivingWords } from '../../kit/receivingWords.ts';
import { Skeleton } from '../../kit/Skeleton.tsx';
import { formatSort, parseSort } from '../../kit/sortRows.ts';
import { Truth } from '../../kit/Truth.tsx';
import { useNarrow } from '../../kit/useNarrow.ts';
import { useSettled } from '../../kit/useSettled.ts';
import { VirtualTable } from '../../kit/VirtualTable.tsx';
import { splitClauses, withoutClause } from '../../url/clauses.ts';
import { caseLink } from '../../url/links.ts';
import { questionOf } from '../../url/question.ts';
import { useView } from '../../url/useView.ts';
import { ConversationDetail } from './ConversationDetail.tsx';
import { conversationColumns } from './conversationColumns.tsx';
import { askedSort, listedWords, rowsOf, spanOf } from './conversationRows.ts';

const ROW = 46;
const NARROW = 720;

/** Every connection with both ends: who, with whom, when, how much, and what was judged of it. */
export function ConversationsPage() {
  const { case: caseName = '' } = useParams({ strict: false });
  const [view, change] = useView();
  const receiving = useReceiving(caseName);
  const isNarrow = useNarrow(NARROW);
  const sort = askedSort(view);
  const question = { ...questionOf(view), ...(sort === undefined ? {} : { sort }) };
  const query = useInfiniteQuery(conversationsQuery(caseName, question));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const asked = useSettled(view, !query.isPlaceholderData);
  const items = useMemo(
    () => (query.data?.pages ?? []).flatMap((page) => page.items),
    [query.data],
  );
  const rows = useMemo(() => rowsOf(items), [items]);
  const columns = useMemo(
    () => conversationColumns(caseName, view, isNarrow),
    [caseName, view, isNarrow],
  );
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (query.isPending)
    return (
      <Skeleton page label="Loading the conversations" rows={14} note={receivingWords(receiving)} />
    );
  if (query.isError) {
    const failure = asFailure(query.error);
    return (
      <ErrorState
        level={1}
        title="The conversations could not be loaded"
        reason={failure.message}
        code={failure.code}
        onClearFilter={() => change({ filter: '' })}
        onRetry={failure.retryable ? () => void query.refetch() : undefined}
      />
    );
  }
  const head = query.data.pages[0];
  const total = head?.total ?? null;
  const stopped = items.filter(({ verdict }) => isHindered(verdict)).length;
  const clauses = splitClauses(asked.filter);
  const derived = head?.completeness.derived;
  const isNone = rows.length === 0 && derived === undefined && !query.isPlaceholderData;
  // Before the first parts of a large case there is no count, not even 0.
  const isNoneYet = rows.length === 0 && derived !== undefined;
  return (
    <ListPage
      title="Conversations"
      derived={derived}
      isOld={query.isPlaceholderData}
      actions={
        <DefaultOrder
          sort={sort === undefined ? undefined : parseSort(sort)}
          order="the first seen first"
          onSort={() => change({ sort: undefined })}
        />
      }
      facts={
        <>
          <AnswerFacts isOld={query.isPlaceholderData} what="conversations">
            {!isNoneYet && (
              <span>{listedWords(items, { total, stopped, isSoFar: derived !== undefined })}</span>
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
      {isNoneYet && <Skeleton label="Gathering the conversations" rows={14} />}
      {isNone && clauses.length > 0 && (
        <NoMatch
          what="conversations"
          clauses={clauses}
          onRemove={(at) => change({ filter: withoutClause(clauses, at) })}
          onClear={() => change({ filter: '' })}
        />
      )}
      {isNone && clauses.length === 0 && asked.range !== undefined && (
        <EmptyState
          title="No conversation was open then"
          actions={<Button onPress={() => change({ range: undefined })}>Show all times</Button>}
        />
      )}
      {isNone && clauses.length === 0 && asked.range === undefined && (
        <EmptyState title="No conversation was seen">
          <p>The log holds no connection: the agent may not be watching the network.</p>
        </EmptyState>
      )}
      {rows.length > 0 && (
        <VirtualTable
          label="Conversations"
          rows={rows}
          columns={columns}
          total={total ?? -1}
          keyOf={({ key }) => key}
          rowHeight={ROW}
          sort={parseSort(sort ?? 'firstSeen')}
          onSort={(next) => change({ sort: formatSort(next) })}
          onOpen={({ key }) => change({ selected: key === view.selected ? undefined : key })}
          isOpen={({ key }) => key === view.selected}
          detail={({ item }) => {
            const span = spanOf(item);
            return (
              <ConversationDetail
                item={item}
                caseName={caseName}
                view={view}
                onOpenThen={span === undefined ? undefined : () => change({ range: span })}
              />
            );
          }}
          onEnd={loadMore}
          foot={hasNextPage ? 'Loading more…' : undefined}
        />
      )}
    </ListPage>
  );
}

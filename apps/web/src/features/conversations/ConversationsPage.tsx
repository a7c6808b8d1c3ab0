import { useInfiniteQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { conversationsQuery } from '../../api/queries.ts';
import { DefaultOrder } from '../../kit/DefaultOrder.tsx';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { formatSort, parseSort } from '../../kit/sortRows.ts';
import { useNarrow } from '../../kit/useNarrow.ts';
import { useSettled } from '../../kit/useSettled.ts';
import { VirtualTable } from '../../kit/VirtualTable.tsx';
import { ListOf } from '../../lists/ListOf.tsx';
import { useListPages } from '../../lists/listPages.ts';
import { useView } from '../../url/useView.ts';
import { ConversationDetail } from './ConversationDetail.tsx';
import { conversationColumns } from './conversationColumns.tsx';
import {
  askedSort,
  conversationCounts,
  conversationsQuestion,
  notableFirst,
  rowsOf,
  spanOf,
} from './conversationRows.ts';
import { OpenDuring } from './OpenDuring.tsx';
import { ResolverBar } from './ResolverBar.tsx';

const ROW = 46;
const NARROW = 720;

/** Every connection with both ends: who, with whom, when, how much, and what was judged of it. */
export function ConversationsPage() {
  const { case: caseName = '' } = useParams({ strict: false });
  const [view, change] = useView();
  const isNarrow = useNarrow(NARROW);
  const sort = askedSort(view);
  const query = useInfiniteQuery(conversationsQuery(caseName, conversationsQuestion(view)));
  const list = useListPages(query);
  const rows = useMemo(() => rowsOf(list.items), [list.items]);
  const columns = useMemo(
    () => conversationColumns(caseName, view, isNarrow),
    [caseName, view, isNarrow],
  );
  return (
    <ListOf
      title="Conversations"
      what="conversations"
      list={list}
      asked={useSettled(view, !list.isOld)}
      change={change}
      counts={conversationCounts(list)}
      actions={
        <>
          <OpenDuring view={view} change={change} />
          <DefaultOrder
            sort={parseSort(sort)}
            order={notableFirst}
            onSort={() => change({ sort: undefined })}
          />
        </>
      }
      bar={
        <ResolverBar
          leftOut={query.data?.pages[0]?.leftOut ?? 0}
          isDefaultOrder={sort === undefined}
          view={view}
          change={change}
        />
      }
      none={
        <EmptyState title="No conversation was seen">
          <p>The log holds no connection: the agent may not be watching the network.</p>
        </EmptyState>
      }
    >
      <VirtualTable
        label="Conversations"
        rows={rows}
        columns={columns}
        total={list.total ?? -1}
        keyOf={({ key }) => key}
        rowHeight={ROW}
        sort={parseSort(sort)}
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
        onEnd={list.loadMore}
        foot={list.hasMore ? 'Loading more…' : undefined}
      />
    </ListOf>
  );
}

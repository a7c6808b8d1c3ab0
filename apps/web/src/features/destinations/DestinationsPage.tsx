import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { destinationsQuery, nodesQuery } from '../../api/queries.ts';
import { DefaultOrder } from '../../kit/DefaultOrder.tsx';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { formatNoun } from '../../kit/format.ts';
import { formatSort, parseSort, sortRows } from '../../kit/sortRows.ts';
import { useSettled } from '../../kit/useSettled.ts';
import { VirtualTable } from '../../kit/VirtualTable.tsx';
import { ListOf } from '../../lists/ListOf.tsx';
import { useListPages } from '../../lists/listPages.ts';
import { destinationKey } from '../../url/destinationKey.ts';
import { questionOf } from '../../url/question.ts';
import { useView } from '../../url/useView.ts';
import { CallerList } from './CallerList.tsx';
import { destinationColumns, destinationSortKeys, externalFirst } from './destinationColumns.tsx';
import { destinationCounts, noneWords } from './words.ts';

/** Name or address first: who called it, from where, when, and how much went each way. */
export function DestinationsPage() {
  const { case: caseName = '' } = useParams({ strict: false });
  const [view, change] = useView();
  const list = useListPages(useInfiniteQuery(destinationsQuery(caseName, questionOf(view))));
  const { items } = list;
  const nodes = useQuery(nodesQuery(caseName));
  const rows = useMemo(() => {
    const sort = parseSort(view.sort);
    return sort === undefined ? externalFirst(items) : sortRows(items, sort, destinationSortKeys);
  }, [items, view.sort]);
  const columns = useMemo(() => destinationColumns(view), [view]);
  return (
    <ListOf
      title="Destinations"
      what="destinations"
      list={list}
      asked={useSettled(view, !list.isOld)}
      change={change}
      counts={destinationCounts(list)}
      actions={
        <DefaultOrder
          sort={parseSort(view.sort)}
          order="external and random names first"
          onSort={() => change({ sort: undefined })}
        />
      }
      none={
        <EmptyState title="No outbound connection is known">
          <p>{noneWords(nodes.data?.items)}</p>
        </EmptyState>
      }
    >
      <VirtualTable
        label="Destinations"
        rows={rows}
        columns={columns}
        total={list.total ?? -1}
        keyOf={destinationKey}
        sort={parseSort(view.sort)}
        onSort={(next) => change({ sort: formatSort(next) })}
        onOpen={(one) => {
          const key = destinationKey(one);
          change({ selected: key === view.selected ? undefined : key });
        }}
        isOpen={(one) => destinationKey(one) === view.selected}
        detail={(one) => <CallerList one={one} caseName={caseName} view={view} />}
        onEnd={list.loadMore}
        foot={
          list.hasMore
            ? `Loading more… sorted among the ${formatNoun(items.length, 'row')} that are here.`
            : undefined
        }
      />
    </ListOf>
  );
}

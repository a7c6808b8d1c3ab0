import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { type ApiFailure, asFailure } from '../api/failure.ts';
import type { TruthProps } from '../kit/Truth.tsx';

/** One page of an answer. */
interface Page<Item> {
  readonly items: readonly Item[];
  /** Null: not counted. */
  readonly total: number | null;
  readonly completeness: Omit<TruthProps, 'more'>;
}

/** An answer that comes in pages, as one list. */
export interface ListPages<Item> {
  /** Those that are here. */
  readonly items: readonly Item[];
  /** Of all pages; null: not counted, or not known yet. */
  readonly total: number | null;
  /** Undefined: nothing is here yet. */
  readonly completeness: Page<Item>['completeness'] | undefined;
  readonly isPending: boolean;
  /** Why nothing is here and nothing is on its way. */
  readonly failure: ApiFailure | undefined;
  /** What is here still answers the question before. */
  readonly isOld: boolean;
  readonly hasMore: boolean;
  /** When what is here was asked for. */
  readonly updatedAt: number;
  readonly loadMore: () => void;
  readonly askAgain: () => void;
}

/** The pages that a query has brought so far, as one list. */
export function useListPages<Item>(
  query: UseInfiniteQueryResult<InfiniteData<Page<Item>>>,
): ListPages<Item> {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = query;
  const items = useMemo(() => (data?.pages ?? []).flatMap((page) => page.items), [data]);
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const askAgain = useCallback(() => void refetch(), [refetch]);
  const [head] = data?.pages ?? [];
  return {
    items,
    total: head?.total ?? null,
    completeness: head?.completeness,
    isPending: query.isPending,
    failure: query.isError ? asFailure(query.error) : undefined,
    isOld: query.isPlaceholderData,
    hasMore: hasNextPage,
    updatedAt: query.dataUpdatedAt,
    loadMore,
    askAgain,
  };
}

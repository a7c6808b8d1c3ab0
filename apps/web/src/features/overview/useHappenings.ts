import { isHindered } from '@forebear/model/words/verdictWords';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { DestinationItem, PodItem } from '../../api/answers.ts';
import { callsQuery, conversationsQuery, lateralQuery, nodesQuery } from '../../api/queries.ts';
import { questionOf } from '../../url/question.ts';
import type { View } from '../../url/view.ts';
import { type Happenings, happeningsOf } from './caseHappenings.ts';

interface Told {
  readonly happenings: Happenings;
  /** More may come. */
  readonly isGathering: boolean;
  /** There are more conversations than were looked at for what did not come about: the stopped ones come first. */
  readonly areRefusalsPart: boolean;
}

/**
 * What happened in the case, as far as the answers to it are here. Calls and judgements are asked for only where an agent beside
 * Tetragon reports: it tells of neither. Hops of a case that is gathered in parts have a page of their own.
 */
export function useHappenings(
  caseName: string,
  view: View,
  pods: readonly PodItem[],
  destinations: readonly DestinationItem[],
  isWhole: boolean,
): Told {
  const nodes = useQuery({ ...nodesQuery(caseName), enabled: isWhole });
  const hasOthers = (nodes.data?.items ?? []).some(({ agents }) =>
    agents.some((agent) => agent !== 'tetragon'),
  );
  const { late } = questionOf(view);
  const calls = useQuery({ ...callsQuery(caseName), enabled: isWhole && hasOthers });
  const hops = useQuery({
    ...lateralQuery(caseName, late === undefined ? {} : { late }),
    enabled: isWhole,
  });
  const judged = useInfiniteQuery({
    ...conversationsQuery(caseName, { sort: 'notable', late }),
    enabled: isWhole && hasOthers,
  });
  const asked = [nodes, hops, ...(hasOthers ? [calls, judged] : [])];
  const isGathering = isWhole && asked.some(({ isPending }) => isPending);
  const happenings = useMemo(
    () =>
      happeningsOf({
        pods,
        destinations,
        calls: isWhole ? (calls.data?.items ?? []) : [],
        hops: isWhole ? (hops.data?.items ?? []) : [],
        conversations: isWhole ? (judged.data?.pages[0]?.items ?? []) : [],
      }),
    [pods, destinations, isWhole, calls.data, hops.data, judged.data],
  );
  const page = judged.data?.pages[0]?.items ?? [];
  const last = page[page.length - 1];
  const areRefusalsPart = judged.hasNextPage && last !== undefined && isHindered(last.verdict);
  return { happenings, isGathering, areRefusalsPart };
}

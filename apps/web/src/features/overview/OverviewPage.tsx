import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useRef } from 'react';
import type { PodItem } from '../../api/answers.ts';
import { asFailure } from '../../api/failure.ts';
import { destinationsQuery, nodesQuery, podsQuery } from '../../api/queries.ts';
import { useReceiving } from '../../api/receiving.ts';
import { AnswerFacts } from '../../kit/AnswerFacts.tsx';
import { cls } from '../../kit/cls.ts';
import { DefaultOrder } from '../../kit/DefaultOrder.tsx';
import { ErrorState } from '../../kit/ErrorState.tsx';
import { formatCount, formatNoun } from '../../kit/format.ts';
import { LateLimit } from '../../kit/LateLimit.tsx';
import { NoMatch } from '../../kit/NoMatch.tsx';
import { PageHead } from '../../kit/PageHead.tsx';
import { receivingWords } from '../../kit/receivingWords.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { Skeleton } from '../../kit/Skeleton.tsx';
import soFar from '../../kit/SoFar.module.css';
import { SoFar } from '../../kit/SoFar.tsx';
import { formatSort, parseSort, sortRows } from '../../kit/sortRows.ts';
import { Truth } from '../../kit/Truth.tsx';
import { useArrival } from '../../kit/useArrival.ts';
import { useSettled } from '../../kit/useSettled.ts';
import { VirtualTable } from '../../kit/VirtualTable.tsx';
import { AskedTime } from '../../lists/AskedTime.tsx';
import { splitClauses, withoutClause } from '../../url/clauses.ts';
import { caseLink } from '../../url/links.ts';
import { questionOf } from '../../url/question.ts';
import { useView } from '../../url/useView.ts';
import { AlertsLine } from './AlertsLine.tsx';
import { CaseLacks } from './CaseLacks.tsx';
import { CaseTiles } from './CaseTiles.tsx';
import { DetectedFormats } from './DetectedFormats.tsx';
import { EmptyCase } from './EmptyCase.tsx';
import { Happenings } from './Happenings.tsx';
import { itemLink } from './itemLink.ts';
import styles from './OverviewPage.module.css';
import { podColumns, podSortKeys } from './podColumns.tsx';
import { StandoutList } from './StandoutList.tsx';
import { StandoutSentence } from './StandoutSentence.tsx';
import { externalNames, randomNames, standoutOf } from './standout.ts';
import { useHappenings } from './useHappenings.ts';

const none: readonly PodItem[] = [];

/** What stands out in a case, and its pods in that order. */
export function OverviewPage() {
  const { case: caseName = '' } = useParams({ strict: false });
  const [view, change] = useView();
  const navigate = useNavigate();
  const pods = useQuery(podsQuery(caseName, questionOf(view)));
  const destinations = useInfiniteQuery(destinationsQuery(caseName, questionOf(view)));
  const receiving = useReceiving(caseName);
  // What is on screen may still answer the question before: then it is named by that.
  const isOld = pods.isPlaceholderData;
  const asked = useSettled(view, !isOld);
  const items = pods.data?.items;
  const standout = useMemo(() => standoutOf(items ?? []), [items]);
  const columns = useMemo(() => podColumns(caseName, view), [caseName, view]);
  const sort = parseSort(view.sort);
  const rows = useMemo(
    () => sortRows(items ?? [], parseSort(view.sort), podSortKeys),
    [items, view.sort],
  );
  const called = useMemo(
    () => (destinations.data?.pages ?? []).flatMap((page) => page.items),
    [destinations.data],
  );
  const random = isOld === destinations.isPlaceholderData ? randomNames(called) : [];
  const derived = pods.data?.completeness.derived;
  const areNamesKnown =
    !destinations.isPending &&
    !destinations.isPlaceholderData &&
    (derived !== undefined || destinations.data?.pages[0]?.completeness.derived === undefined);
  const external = areNamesKnown ? externalNames(called, destinations.hasNextPage) : undefined;

  const clauses = splitClauses(asked.filter);
  // Before the first parts of a large case there is no count, not even 0.
  const isNoneYet = rows.length === 0 && derived !== undefined;
  const isNone = rows.length === 0 && derived === undefined && !isOld;
  const isWhole = asked.filter.trim() === '' && asked.range === undefined && derived === undefined;
  const nodes = useQuery(nodesQuery(caseName));
  const agentsOfCase = [...new Set((nodes.data?.items ?? []).flatMap(({ agents }) => agents))];
  const { happenings, isGathering, areRefusalsPart } = useHappenings(
    caseName,
    view,
    items ?? none,
    called,
    isWhole && items !== undefined,
  );
  const nothing = pods.data !== undefined && isNone && clauses.length > 1;
  const without = useQueries({
    queries: (nothing ? clauses : []).map((_, at) =>
      podsQuery(caseName, questionOf({ ...view, filter: withoutClause(clauses, at) })),
    ),
  });
  const page = useRef<HTMLDivElement>(null);
  useArrival(rows.length > 0, () =>
    page.current?.querySelector<HTMLElement>('[role="grid"]')?.focus({ preventScroll: true }),
  );
  if (pods.isPending)
    return <Skeleton page label="Loading the pods" rows={14} note={receivingWords(receiving)} />;
  if (pods.isError) {
    const failure = asFailure(pods.error);
    return (
      <ErrorState
        level={1}
        title="The pods of this case could not be loaded"
        reason={failure.message}
        code={failure.code}
        onClearFilter={() => change({ filter: '' })}
        onRetry={failure.retryable ? () => void pods.refetch() : undefined}
      />
    );
  }
  if (isNone && clauses.length === 0) return <EmptyCase caseName={caseName} view={view} />;
  const healthLink = <Link {...caseLink('health', caseName, view)}>see health</Link>;
  return (
    <div ref={page} className={styles.page}>
      <PageHead
        title={<SafeText text={caseName} />}
        facts={
          <>
            <AnswerFacts isOld={isOld} what="pods">
              {!isNoneYet && (
                <span>
                  {formatNoun(standout.pods, 'pod')}
                  {derived === undefined ? ` · ${formatNoun(standout.hosts, 'host')}` : ' so far'}
                  {clauses.length > 0 && ' match'}
                </span>
              )}
              <Truth {...pods.data.completeness} more={healthLink} />
            </AnswerFacts>
            <AskedTime asked={view} change={change} />
            <DetectedFormats caseName={caseName} />
            <CaseLacks caseName={caseName} view={view} />
          </>
        }
        actions={
          <>
            <DefaultOrder
              sort={sort}
              order="the gravest pods first"
              onSort={() => change({ sort: undefined })}
            />
            <LateLimit ms={view.lateMs} onChange={(lateMs) => change({ lateMs })} />
          </>
        }
      />
      <SoFar derived={derived} isOld={isOld} />
      {isNoneYet && <Skeleton label="Gathering the pods" rows={14} />}
      {isNone && (
        <NoMatch
          what="pods"
          clauses={clauses}
          without={without.map(({ data }) => data?.total ?? data?.items.length)}
          onRemove={(at) => change({ filter: withoutClause(clauses, at) })}
          onClear={() => change({ filter: '' })}
        />
      )}
      {!isNone && !isNoneYet && (
        <div className={cls(styles.answer, isOld && soFar.dimmed)} aria-busy={isOld}>
          <div className={styles.story}>
            <div>
              <StandoutSentence
                caseName={caseName}
                view={asked}
                standout={standout}
                agents={isWhole ? agentsOfCase : []}
                random={random}
                isSoFar={derived !== undefined}
                isNaming={!areNamesKnown && !isOld}
              />
              <AlertsLine caseName={caseName} view={view} />
              <StandoutList caseName={caseName} view={view} standout={standout} />
            </div>
            <Happenings
              caseName={caseName}
              view={view}
              happenings={happenings}
              isGathering={isGathering || !areNamesKnown}
              areRefusalsPart={areRefusalsPart}
              isWhole={isWhole}
              pods={pods.data.items}
            />
          </div>
          <CaseTiles caseName={caseName} view={view} standout={standout} external={external} />
          <div className={styles.table}>
            <VirtualTable
              label="Pods and hosts"
              rows={rows}
              total={pods.data.nextCursor === null ? rows.length : (pods.data.total ?? -1)}
              columns={columns}
              keyOf={(pod) => `${pod.kind}/${pod.cluster}/${pod.namespace}/${pod.pod}/${pod.uid}`}
              sort={sort}
              onSort={(next) => change({ sort: formatSort(next) })}
              onOpen={(pod) => void navigate(itemLink(pod, caseName, view))}
              foot={
                pods.data.nextCursor === null
                  ? undefined
                  : `Shown: the first ${formatCount(rows.length)}${ofTotal(pods.data.total)} pods and hosts. Filter to see others.`
              }
            />
          </div>
        </div>
      )}
    </div>
  );
}

function ofTotal(total: number | null): string {
  return total === null ? '' : ` of ${formatCount(total)}`;
}

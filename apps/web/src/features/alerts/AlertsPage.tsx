import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { ArrowDownWideNarrow, Clock } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import type { AlertItem } from '../../api/answers.ts';
import { asFailure } from '../../api/failure.ts';
import { alertsQuery } from '../../api/queries.ts';
import { useReceiving } from '../../api/receiving.ts';
import { AnswerFacts } from '../../kit/AnswerFacts.tsx';
import { Button } from '../../kit/Button.tsx';
import { ErrorState } from '../../kit/ErrorState.tsx';
import { formatCount, formatNoun } from '../../kit/format.ts';
import { parseMoment, zoneName } from '../../kit/formatTime.ts';
import { ListPage } from '../../kit/ListPage.tsx';
import { NoMatch } from '../../kit/NoMatch.tsx';
import { RangeChip } from '../../kit/RangeChip.tsx';
import { receivingWords } from '../../kit/receivingWords.ts';
import { Skeleton } from '../../kit/Skeleton.tsx';
import { Truth } from '../../kit/Truth.tsx';
import { useNarrow } from '../../kit/useNarrow.ts';
import { useSettled } from '../../kit/useSettled.ts';
import { VirtualTable } from '../../kit/VirtualTable.tsx';
import { caseLink } from '../../url/links.ts';
import { questionOf } from '../../url/question.ts';
import { useView } from '../../url/useView.ts';
import { AlertDetail } from './AlertDetail.tsx';
import styles from './AlertsPage.module.css';
import { type AlertRow, alertColumns } from './alertColumns.tsx';
import { alertLink } from './alertLink.ts';
import { FacetBar } from './FacetBar.tsx';
import { NewAlerts } from './NewAlerts.tsx';
import { NoAlerts } from './NoAlerts.tsx';
import { alertsQuestion, narrowingParts, unnarrowed } from './narrowing.ts';
import { useFacets } from './useFacets.ts';

/** What the rules and policies of agents said, each with the way into the tree at its process. */
export function AlertsPage() {
  const { case: caseName = '' } = useParams({ strict: false });
  const [view, change] = useView();
  const navigate = useNavigate();
  const receiving = useReceiving(caseName);
  const alerts = useInfiniteQuery(alertsQuery(caseName, alertsQuestion(view)));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = alerts;
  // What is on screen may still answer the question before: then it is named by that.
  const isOld = alerts.isPlaceholderData;
  const asked = useSettled(view, !isOld);
  const items = useMemo(
    () => (alerts.data?.pages ?? []).flatMap((page) => page.items),
    [alerts.data],
  );
  const rows = useMemo(() => rowsOf(items), [items]);
  const facets = useFacets(caseName, asked, items, alerts.data !== undefined && !hasNextPage);
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const isNarrow = useNarrow(560);
  const zoneTitle = zoneName(view.zone, parseMoment(items[0]?.time ?? '') ?? { ms: 0, ns: 0 });
  const toggle = useCallback(
    (id: string) => change(({ selected }) => ({ selected: selected === id ? undefined : id })),
    [change],
  );
  const columns = useMemo(
    () => alertColumns({ caseName, view, zoneTitle, isNarrow, onToggle: toggle }),
    [caseName, view, zoneTitle, isNarrow, toggle],
  );
  const open = ({ alert }: AlertRow) => {
    const link = alertLink(alert, caseName, view);
    if (link === undefined) toggle(alert.id);
    else void navigate(link);
  };

  if (alerts.isPending)
    return <Skeleton page label="Loading the alerts" rows={16} note={receivingWords(receiving)} />;
  if (alerts.isError) {
    const failure = asFailure(alerts.error);
    return (
      <ErrorState
        level={1}
        title="The alerts could not be loaded"
        reason={failure.message}
        code={failure.code}
        onClearFilter={() => change(unnarrowed)}
        onRetry={failure.retryable ? () => void alerts.refetch() : undefined}
      />
    );
  }
  const [head] = alerts.data.pages;
  const total = head?.total ?? null;
  const parts = narrowingParts(asked);
  const isNarrowed = parts.length > 0 || asked.range !== undefined;
  const isByTime = view.sort === 'time';
  return (
    <ListPage
      title="Alerts"
      derived={head?.completeness.derived}
      isOld={isOld}
      facts={
        <>
          <AnswerFacts isOld={isOld} what="alerts">
            <span>
              {total === null
                ? `${formatCount(items.length)} loaded`
                : `${formatNoun(total, 'alert')}${isNarrowed ? ' match' : ''}`}
              {total !== null && items.length < total && ` · ${formatCount(items.length)} loaded`}
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
          <NewAlerts
            caseName={caseName}
            updatedAt={alerts.dataUpdatedAt}
            onShow={() => void alerts.refetch()}
          />
        </>
      }
      actions={
        <Button
          kind="quiet"
          icon={
            isByTime ? <Clock aria-hidden="true" /> : <ArrowDownWideNarrow aria-hidden="true" />
          }
          onPress={() => change({ sort: isByTime ? undefined : 'time' })}
        >
          {isByTime ? 'As they came' : 'Gravest first'}
        </Button>
      }
    >
      <div className={styles.list}>
        {(rows.length > 0 || isNarrowed) && (
          <div className={styles.bar}>
            <FacetBar facets={facets} view={view} change={change} />
            {hasNextPage && (
              <p className={styles.note}>
                {facets.isLoadedOnly ? 'All of these' : 'Rules and tags'} are counted among the{' '}
                {formatCount(items.length)} that are loaded.
              </p>
            )}
          </div>
        )}
        {rows.length === 0 && isNarrowed && !isOld && (
          <NoMatch
            what="alerts"
            clauses={parts.map(({ text }) => text)}
            onRemove={(at) => change(parts[at]?.without ?? {})}
            onClear={() => change(unnarrowed)}
          />
        )}
        {rows.length === 0 && !isNarrowed && !isOld && <NoAlerts caseName={caseName} view={view} />}
        {rows.length > 0 && (
          <div className={styles.table}>
            <VirtualTable
              // Another question is read from its first row, not from where the last one was left.
              key={JSON.stringify(alertsQuestion(asked))}
              label="Alerts"
              rows={rows}
              columns={columns}
              total={total ?? -1}
              keyOf={(row) => row.alert.id}
              onOpen={open}
              onToggle={({ alert }, isMore) => {
                if (isMore !== (alert.id === view.selected)) toggle(alert.id);
              }}
              isOpen={(row) => row.alert.id === view.selected}
              detail={({ alert }) => (
                <AlertDetail alert={alert} caseName={caseName} view={view} change={change} />
              )}
              onEnd={loadMore}
              foot={hasNextPage ? 'Loading more…' : endWords(rows.length)}
            />
          </div>
        )}
      </div>
    </ListPage>
  );
}

function rowsOf(items: readonly AlertItem[]): readonly AlertRow[] {
  return items.map((alert, at) => ({ alert, before: items[at - 1]?.time }));
}

function endWords(alerts: number): string {
  return alerts === 1 ? 'The only alert is here.' : `All ${formatNoun(alerts, 'alert')} are here.`;
}

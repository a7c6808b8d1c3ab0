import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { ArrowDownWideNarrow, Clock } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import type { AlertItem } from '../../api/answers.ts';
import { alertsQuery } from '../../api/queries.ts';
import { Button } from '../../kit/Button.tsx';
import { formatNoun } from '../../kit/format.ts';
import { parseMoment, zoneName } from '../../kit/formatTime.ts';
import { useNarrow } from '../../kit/useNarrow.ts';
import { useSettled } from '../../kit/useSettled.ts';
import { VirtualTable } from '../../kit/VirtualTable.tsx';
import { ListOf } from '../../lists/ListOf.tsx';
import { listedWords } from '../../lists/listedWords.ts';
import { type ListPages, useListPages } from '../../lists/listPages.ts';
import { useView } from '../../url/useView.ts';
import type { View } from '../../url/view.ts';
import { AlertDetail } from './AlertDetail.tsx';
import { type AlertRow, alertColumns } from './alertColumns.tsx';
import { alertLink } from './alertLink.ts';
import { FacetBar } from './FacetBar.tsx';
import { NewAlerts } from './NewAlerts.tsx';
import { NoAlerts } from './NoAlerts.tsx';
import { alertsQuestion, narrowingParts, unnarrowed } from './narrowing.ts';

/** What the rules and policies of agents said, each with the way into the tree at its process. */
export function AlertsPage() {
  const { case: caseName = '' } = useParams({ strict: false });
  const [view, change] = useView();
  const list = useListPages(useInfiniteQuery(alertsQuery(caseName, alertsQuestion(view))));
  // What is on screen may still answer the question before: then it is named by that.
  const asked = useSettled(view, !list.isOld);
  const isByTime = view.sort === 'time';
  return (
    <ListOf
      title="Alerts"
      what="alerts"
      list={list}
      asked={asked}
      change={change}
      counts={listedWords(list, 'alert')}
      parts={narrowingParts(asked)}
      unnarrowed={unnarrowed}
      news={<NewAlerts caseName={caseName} updatedAt={list.updatedAt} onShow={list.askAgain} />}
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
      bar={<FacetBar caseName={caseName} list={list} asked={asked} view={view} change={change} />}
      none={<NoAlerts caseName={caseName} view={view} />}
    >
      <AlertTable
        // Another question is read from its first row, not from where the last one was left.
        key={JSON.stringify(alertsQuestion(asked))}
        caseName={caseName}
        list={list}
        view={view}
      />
    </ListOf>
  );
}

interface AlertTableProps {
  readonly caseName: string;
  readonly list: ListPages<AlertItem>;
  readonly view: View;
}

function AlertTable({ caseName, list, view }: AlertTableProps) {
  const [, change] = useView();
  const navigate = useNavigate();
  const { items } = list;
  const rows = useMemo(
    () => items.map((alert, at): AlertRow => ({ alert, before: items[at - 1]?.time })),
    [items],
  );
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
  return (
    <VirtualTable
      label="Alerts"
      rows={rows}
      columns={columns}
      total={list.total ?? -1}
      keyOf={({ alert }) => alert.id}
      onOpen={({ alert }) => {
        const link = alertLink(alert, caseName, view);
        if (link === undefined) toggle(alert.id);
        else void navigate(link);
      }}
      onToggle={({ alert }, isMore) => {
        if (isMore !== (alert.id === view.selected)) toggle(alert.id);
      }}
      isOpen={({ alert }) => alert.id === view.selected}
      detail={({ alert }) => (
        <AlertDetail alert={alert} caseName={caseName} view={view} change={change} />
      )}
      onEnd={list.loadMore}
      foot={list.hasMore ? 'Loading more…' : endWords(rows.length)}
    />
  );
}

function endWords(alerts: number): string {
  return alerts === 1 ? 'The only alert is here.' : `All ${formatNoun(alerts, 'alert')} are here.`;
}

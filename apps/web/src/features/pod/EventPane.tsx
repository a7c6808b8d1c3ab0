import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { EventItem } from '../../api/answers.ts';
import { asFailure } from '../../api/failure.ts';
import { eventsQuery, processEventsQuery } from '../../api/queries.ts';
import { baseName } from '../../kit/clip.ts';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { ErrorState } from '../../kit/ErrorState.tsx';
import { formatDelta } from '../../kit/format.ts';
import { millisBetween, parseMoment, zoneName } from '../../kit/formatTime.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { Skeleton } from '../../kit/Skeleton.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import { type Column, VirtualTable } from '../../kit/VirtualTable.tsx';
import { questionOf } from '../../url/question.ts';
import { firstMain } from '../../view/relativeTime.ts';
import { askedEvents } from './askedEvents.ts';
import styles from './EventPane.module.css';
import { startOf } from './matchTree.ts';
import { type PodAddress, scopeFilter } from './podAddress.ts';
import { useRefTogether } from './useRefTogether.ts';
import type { TreeState } from './useTree.ts';

export interface EventPaneProps {
  readonly address: PodAddress;
  readonly state: TreeState;
  readonly onRaw: (id: string) => void;
}

/** The events of the selection; without one, of the whole pod. */
export function EventPane({ address, state, onRaw }: EventPaneProps) {
  const { model, view, process } = state;
  const { ref } = useRefTogether(
    address,
    state,
    process < 0 ? '' : (model.columns.nodes.ref[process] ?? ''),
  );
  const { from, to } = questionOf(view);
  const asked = askedEvents(view.filter);
  const filter = [scopeFilter(address, state.view), asked.filter]
    .filter((one) => one !== '')
    .join(' and ');
  const ofProcess = useInfiniteQuery({
    ...processEventsQuery(address.caseName, ref, asked.kind),
    enabled: ref !== '',
  });
  const ofPod = useInfiniteQuery({
    ...eventsQuery(address.caseName, {
      ...(filter && { filter }),
      ...(from && { from }),
      ...(to && { to }),
    }),
    enabled: ref === '',
  });
  const events = ref === '' ? ofPod : ofProcess;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = events;
  const rows = useMemo(
    () => (events.data?.pages ?? []).flatMap((page) => page.items),
    [events.data],
  );
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const columns = useMemo(() => columnsOf(state), [state]);
  if (events.isPending) return <Skeleton label="Loading the events" rows={6} />;
  if (events.isError) {
    const failure = asFailure(events.error);
    return (
      <ErrorState
        title="The events could not be loaded"
        reason={failure.message}
        code={failure.code}
        onRetry={() => void events.refetch()}
      />
    );
  }
  if (rows.length === 0)
    return (
      <EmptyState
        title={
          asked.filter === ''
            ? 'No events of the selection in this log'
            : 'No events of that kind of the selection in this log'
        }
      />
    );
  return (
    <VirtualTable
      label={ref === '' ? 'Events of the pod' : 'Events of the selection'}
      rows={rows}
      columns={columns}
      keyOf={(event) => event.id}
      total={events.data.pages[0]?.total ?? -1}
      onOpen={(event) => {
        const row = model.rowOfRef(event.process?.ref ?? '');
        if (row >= 0 && row !== process) state.reveal(row);
        onRaw(event.id);
      }}
      onEnd={loadMore}
    />
  );
}

function columnsOf({ model, view }: TreeState): readonly Column<EventItem>[] {
  const main = firstMain(model);
  const base = main < 0 ? undefined : startOf(model, main);
  const zone = zoneName(view.zone, base ?? { ms: 0, ns: 0 });
  return [
    {
      id: 'time',
      title: `Time, ${zone}`,
      width: '172px',
      cell: (event) => <TimeText time={event.time} zone={view.zone} digits="ns" />,
    },
    {
      id: 'delta',
      title: 'Δ main',
      width: '104px',
      align: 'end',
      cell: (event) => {
        const at = parseMoment(event.time ?? '');
        return at === undefined || base === undefined ? '' : formatDelta(millisBetween(base, at));
      },
    },
    { id: 'kind', title: 'Event', width: '84px', cell: (event) => <SafeText text={event.kind} /> },
    {
      id: 'process',
      title: 'Process',
      width: 'minmax(140px, 1fr)',
      cell: (event) =>
        event.process === null ? (
          '–'
        ) : (
          <span className={styles.who}>
            <SafeText text={baseName(event.process.binary)} className={styles.name} />
            <span>{event.process.pid ?? ''}</span>
          </span>
        ),
    },
    {
      id: 'summary',
      title: 'Detail',
      width: 'minmax(200px, 4fr)',
      cell: (event) => <SafeText mono text={event.summary} />,
    },
  ];
}

import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { EventItem } from '../../api/answers.ts';
import { eventsQuery } from '../../api/queries.ts';
import { linkButton } from '../../kit/Button.tsx';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { formatNoun } from '../../kit/format.ts';
import { parseMoment, zoneName } from '../../kit/formatTime.ts';
import { Splitter } from '../../kit/Splitter.tsx';
import { useNarrow } from '../../kit/useNarrow.ts';
import { useSettled } from '../../kit/useSettled.ts';
import { VirtualTable } from '../../kit/VirtualTable.tsx';
import { ListOf } from '../../lists/ListOf.tsx';
import { listedWords } from '../../lists/listedWords.ts';
import { useListPages } from '../../lists/listPages.ts';
import { questionOf } from '../../url/question.ts';
import { useView } from '../../url/useView.ts';
import { type EventRow, eventColumns } from './eventColumns.tsx';
import { NewEvents } from './NewEvents.tsx';
import { OrderButton } from './OrderButton.tsx';
import { RawDrawer } from './RawDrawer.tsx';
import { useLeaveKey } from './useLeaveKey.ts';

/** All events of a case, as far down as one scrolls, each with its original record. */
export function EventsPage() {
  const { case: caseName = '' } = useParams({ strict: false });
  const [view, change] = useView();
  const order = view.sort === '-time' ? 'desc' : 'asc';
  const list = useListPages(
    useInfiniteQuery(eventsQuery(caseName, { ...questionOf(view), order })),
  );
  const rows = useMemo(() => rowsOf(list.items), [list.items]);
  const firstTime = rows[0]?.event.time;
  const zoneTitle = zoneName(view.zone, parseMoment(firstTime ?? '') ?? { ms: 0, ns: 0 });
  const columns = useMemo(
    () => eventColumns(caseName, view, zoneTitle),
    [caseName, view, zoneTitle],
  );
  const { selected } = view;
  const isNarrow = useNarrow(760);
  useLeaveKey(selected !== undefined, change);
  return (
    <ListOf
      title="Events"
      what="events"
      list={list}
      asked={useSettled(view, !list.isOld)}
      change={change}
      counts={listedWords(list, 'event')}
      news={<NewEvents updatedAt={list.updatedAt} onShow={list.askAgain} />}
      actions={
        <OrderButton
          order={order}
          onChange={(next) => change({ sort: next === 'desc' ? '-time' : undefined })}
        />
      }
      none={<NoEvents />}
    >
      <Splitter
        key={isNarrow ? 'below' : 'beside'}
        name={isNarrow ? 'events.raw.below' : 'events.raw'}
        label="Resize the record"
        direction={isNarrow ? 'column' : 'row'}
        sized="second"
        initial={isNarrow ? 280 : 460}
        min={isNarrow ? 120 : 280}
        max={1100}
        collapsed={selected === undefined}
        first={
          <VirtualTable
            label="Events"
            rows={rows}
            columns={columns}
            total={list.total ?? -1}
            keyOf={({ event }) => event.id}
            selected={selected}
            onOpen={({ event: { id } }) => change({ selected: id === selected ? undefined : id })}
            onEnd={list.loadMore}
            foot={list.hasMore ? 'Loading more…' : endWords(rows.length)}
          />
        }
        second={
          selected === undefined ? null : (
            <RawDrawer
              caseName={caseName}
              id={selected}
              onClose={() => change({ selected: undefined })}
            />
          )
        }
      />
    </ListOf>
  );
}

function NoEvents() {
  return (
    <EmptyState
      title="There are no events in this case"
      actions={
        <Link className={linkButton} to="/">
          Add a log
        </Link>
      }
    >
      <p>Drop log files or folders on this page.</p>
    </EmptyState>
  );
}

function rowsOf(events: readonly EventItem[]): readonly EventRow[] {
  let before: string | undefined;
  return events.map((event) => {
    const row = { event, before };
    before = event.time ?? before;
    return row;
  });
}

function endWords(events: number): string {
  return events === 1 ? 'The only event is here.' : `All ${formatNoun(events, 'event')} are here.`;
}

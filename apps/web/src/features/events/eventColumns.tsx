import { agentWords } from '@forebear/model/words/agentWords';
import { nodeWords } from '@forebear/model/words/nodeWords';
import { Link } from '@tanstack/react-router';
import type { EventItem } from '../../api/answers.ts';
import { Badge } from '../../kit/Badge.tsx';
import { baseName } from '../../kit/clip.ts';
import type { Zone } from '../../kit/formatTime.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { isOtherDay, TimeText } from '../../kit/TimeText.tsx';
import type { Column } from '../../kit/VirtualTable.tsx';
import { hostLink, podLink } from '../../url/links.ts';
import type { View } from '../../url/view.ts';
import styles from './EventsPage.module.css';

/** An event and the last time said above it, so that the day is said when it changes. */
export interface EventRow {
  readonly event: EventItem;
  readonly before: string | null | undefined;
}

/** The columns of the events table; `zoneTitle` heads the times. */
export function eventColumns(
  caseName: string,
  view: View,
  zoneTitle: string,
): readonly Column<EventRow>[] {
  return [
    {
      id: 'time',
      title: `Time, ${zoneTitle}`,
      width: '244px',
      cell: ({ event, before }) => <EventTime event={event} before={before} zone={view.zone} />,
    },
    {
      id: 'agent',
      title: 'Agent',
      width: '112px',
      hint: 'Who tells it',
      cell: ({ event }) => <SafeText text={agentWords(event.agent)} className={styles.muted} />,
    },
    {
      id: 'kind',
      title: 'Event',
      width: '112px',
      cell: ({ event }) => (
        <>
          <span title={event.label}>{event.kind}</span>
          {event.sameAs && (
            <Badge
              tone="plain"
              title="Says the same as an earlier record in other bytes; counted once"
            >
              again
            </Badge>
          )}
        </>
      ),
    },
    {
      id: 'process',
      title: 'Process',
      width: 'minmax(140px, 1fr)',
      cell: ({ event }) => <EventProcess event={event} caseName={caseName} view={view} />,
    },
    {
      id: 'pod',
      title: 'Pod',
      width: 'minmax(150px, 1.2fr)',
      cell: ({ event }) => <EventPlace event={event} />,
    },
    {
      id: 'summary',
      title: 'What happened',
      width: 'minmax(240px, 3fr)',
      cell: ({ event }) => <SafeText mono text={event.summary} />,
    },
  ];
}

/** The pod, else the host; a record that names neither a process nor a node is of no host. */
function EventPlace({ event }: { readonly event: EventItem }) {
  const { pod, node, process } = event;
  if (pod !== null) return <SafeText text={pod.name} className={styles.muted} />;
  if (node === '' && process === null) return <span className={styles.muted}>–</span>;
  return (
    <span className={styles.muted}>
      host <SafeText text={nodeWords(node)} />
    </span>
  );
}

interface EventTimeProps extends EventRow {
  readonly zone: Zone;
}

function EventTime({ event, before, zone }: EventTimeProps) {
  const day = before === undefined || isOtherDay(before, event.time, zone);
  return <TimeText time={event.time} zone={zone} digits="ns" day={day} />;
}

interface EventProcessProps {
  readonly event: EventItem;
  readonly caseName: string;
  readonly view: View;
}

function EventProcess({ event, caseName, view }: EventProcessProps) {
  const { process, pod, node } = event;
  if (process === null) return <span className={styles.muted}>–</span>;
  const selected = { selected: process.ref };
  const link =
    pod === null
      ? hostLink({ caseName, node }, view, selected)
      : podLink({ caseName, namespace: pod.namespace, pod: pod.name }, view, selected);
  return (
    <>
      <Link {...link} tabIndex={-1}>
        <SafeText text={process.binary} shown={baseName(process.binary)} />
      </Link>
      {process.pid !== null && <span className={styles.pid}>{process.pid}</span>}
    </>
  );
}

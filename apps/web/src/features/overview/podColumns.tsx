import { countAstray } from '@forebear/model/words/flagMark';
import { graveWords, podOrderWords } from '@forebear/model/words/graveWords';
import { markSign, markWords } from '@forebear/model/words/markWords';
import { nodeWords } from '@forebear/model/words/nodeWords';
import { Link } from '@tanstack/react-router';
import type { PodItem } from '../../api/answers.ts';
import { AstrayBadge } from '../../kit/AstrayBadge.tsx';
import { Badge } from '../../kit/Badge.tsx';
import { formatCount, formatNoun } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import type { SortKey } from '../../kit/sortRows.ts';
import { TimeText } from '../../kit/TimeText.tsx';
import type { Column } from '../../kit/VirtualTable.tsx';
import type { View } from '../../url/view.ts';
import { itemLink } from './itemLink.ts';
import styles from './OverviewPage.module.css';

/** The columns of the pods table. */
export function podColumns(caseName: string, view: View): readonly Column<PodItem>[] {
  const number = (of: (pod: PodItem) => number) => (pod: PodItem) => <Count value={of(pod)} />;
  return [
    {
      id: 'pod',
      title: 'Pod',
      width: 'minmax(220px, 3fr)',
      sortable: true,
      cell: (pod) => (
        <>
          <Link {...itemLink(pod, caseName, view)} className={styles.pod} tabIndex={-1}>
            <SafeText text={nodeWords(pod.pod)} />
          </Link>
          {pod.kind === 'host' && <Badge tone="plain">host</Badge>}
        </>
      ),
    },
    {
      id: 'namespace',
      from: 560,
      title: 'Namespace',
      width: 'minmax(110px, 1fr)',
      sortable: true,
      cell: (pod) => <SafeText text={pod.namespace} className={styles.muted} />,
    },
    {
      id: 'lateNew',
      title: 'Flagged',
      width: '162px',
      align: 'end',
      sortable: true,
      hint: `Processes later than the limit after main, by a command that their parent’s program had not started before in this container or workload (◷); those that left their container (⇱); whether one of them called a random-looking name (▲name); and those that stand out for something else, by its sign. The table’s own order: ${podOrderWords}`,
      cell: (pod) => <Flagged pod={pod} />,
    },
    {
      id: 'external',
      title: 'External',
      width: '68px',
      align: 'end',
      sortable: true,
      hint: 'External destinations it called',
      cell: (pod) =>
        pod.externalDestinations === 0 ? (
          <Count value={0} />
        ) : (
          <Badge
            tone="external"
            label={formatNoun(pod.externalDestinations, 'external destination')}
          >
            {formatCount(pod.externalDestinations)}
          </Badge>
        ),
    },
    {
      id: 'late',
      title: 'Late',
      width: '56px',
      align: 'end',
      sortable: true,
      hint: 'All processes later than the limit, seen before or not',
      cell: number((pod) => pod.late),
    },
    {
      id: 'processes',
      title: 'Processes',
      width: '84px',
      align: 'end',
      sortable: true,
      hint: 'Its own processes. Its tree shows the host’s above them, too',
      cell: number((pod) => pod.processes),
    },
    {
      id: 'restarts',
      title: 'Restarts',
      // In a narrower window the tree of the pod tells them.
      from: 1300,
      width: '68px',
      align: 'end',
      sortable: true,
      cell: number((pod) => pod.restarts),
    },
    {
      id: 'node',
      title: 'Node',
      width: 'minmax(116px, 1fr)',
      sortable: true,
      cell: (pod) => <SafeText text={nodeWords(pod.node)} className={styles.muted} />,
    },
    {
      id: 'firstSeen',
      title: 'Started',
      width: '152px',
      sortable: true,
      hint: 'When its earliest process started, as the agent tells it: this may be before the first event of the log. Its first event where no start is told',
      cell: (pod) => <TimeText time={pod.started} zone={view.zone} digits="s" day none="–" />,
    },
    {
      id: 'lastSeen',
      title: 'Last event',
      width: '152px',
      sortable: true,
      hint: 'The last event of its processes in this log',
      cell: (pod) => (
        <TimeText time={pod.lastSeen} beside={pod.started} zone={view.zone} digits="s" none="–" />
      ),
    },
  ];
}

/** How each column is compared. */
export const podSortKeys: ReadonlyMap<string, SortKey<PodItem>> = new Map<string, SortKey<PodItem>>(
  [
    ['pod', (pod) => pod.pod],
    ['namespace', (pod) => pod.namespace],
    ['lateNew', flaggedCount],
    ['external', (pod) => pod.externalDestinations],
    ['late', (pod) => pod.late],
    ['processes', (pod) => pod.processes],
    ['restarts', (pod) => pod.restarts],
    ['node', (pod) => pod.node],
    ['firstSeen', (pod) => pod.started ?? undefined],
    ['lastSeen', (pod) => pod.lastSeen ?? undefined],
  ],
);

/** How many marks its processes have; one process may have several. */
function flaggedCount(pod: PodItem): number {
  return pod.marks.reduce((sum, { processes }) => sum + processes, pod.lateNew + countAstray(pod));
}

function Flagged({ pod }: { readonly pod: PodItem }) {
  if (flaggedCount(pod) === 0 && pod.grave.length === 0) return <Count value={0} />;
  return (
    <>
      {pod.lateNew > 0 && (
        <Badge tone="late" label={`${pod.lateNew} late and new`}>
          {formatCount(pod.lateNew)}
        </Badge>
      )}
      <AstrayBadge pod={pod} />
      {pod.grave.includes('random_name') && (
        <Badge tone="alert" label={graveWords(['random_name'])}>
          name
        </Badge>
      )}
      {pod.marks.length > 0 && (
        <Badge
          tone="alert"
          sign={pod.marks.map(({ code }) => markSign(code)).join('')}
          label={pod.marks
            .map(({ code, processes }) => `${formatCount(processes)} ${markWords(code, processes)}`)
            .join(', ')}
        >
          {''}
        </Badge>
      )}
    </>
  );
}

function Count({ value }: { readonly value: number }) {
  return (
    <span className={value === 0 ? styles.zero : undefined}>
      {value === 0 ? '–' : formatCount(value)}
    </span>
  );
}

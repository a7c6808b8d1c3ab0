import { agentWords } from '@forebear/model/words/agentWords';
import type { Source, SourceState } from '../../api/answers.ts';
import { Badge, type BadgeTone } from '../../kit/Badge.tsx';
import { formatBytes, formatCount, formatNoun, formatShares } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import type { Column } from '../../kit/VirtualTable.tsx';
import type { View } from '../../url/view.ts';
import styles from './HealthPage.module.css';

const STATES: Readonly<Record<SourceState, BadgeTone>> = {
  receiving: 'main',
  live: 'main',
  complete: 'plain',
  cancelled: 'late-quiet',
  interrupted: 'late-quiet',
  damaged: 'alert',
  failed: 'alert',
  refused: 'alert',
};

/** The columns of the sources table. */
export function sourceColumns(view: View): readonly Column<Source>[] {
  return [
    {
      id: 'name',
      title: 'Source',
      width: 'minmax(220px, 2.4fr)',
      cell: (one) => <SafeText text={one.name} className={styles.name} />,
    },
    {
      id: 'state',
      title: 'State',
      width: '184px',
      cell: (one) => {
        const words = sourceWords(one);
        const lacks = one.state === 'complete' && one.ledger.quarantined > 0;
        return lacks ? (
          <Badge tone="late-quiet" sign="" title={words}>
            {words}
          </Badge>
        ) : (
          <Badge tone={STATES[one.state]}>{words}</Badge>
        );
      },
    },
    {
      id: 'formats',
      title: 'Detected',
      width: 'minmax(88px, 1fr)',
      hint: 'Which agents wrote it, by events',
      cell: (one) => (
        <SafeText text={formatShares(byAgent(one.formats))} className={styles.muted} />
      ),
    },
    {
      id: 'bytes',
      title: 'Received',
      width: '80px',
      align: 'end',
      cell: (one) => (
        <span title={`${one.bytesReceived} bytes`}>{formatBytes(one.bytesReceived)}</span>
      ),
    },
    {
      id: 'events',
      title: 'Events',
      width: '80px',
      align: 'end',
      cell: (one) => formatCount(one.ledger.events),
    },
    {
      id: 'quarantined',
      title: 'Not understood',
      width: '98px',
      align: 'end',
      cell: (one) =>
        one.state === 'refused' ? (
          <span className={styles.zero} title="The whole file was refused: it is no log">
            –
          </span>
        ) : (
          <Lack count={one.ledger.quarantined} />
        ),
    },
    {
      id: 'duplicate',
      title: 'Duplicates',
      width: '76px',
      align: 'end',
      cell: (one) => formatCount(one.ledger.duplicate),
    },
    {
      id: 'gaps',
      title: 'File gaps',
      hint: 'Where the file or stream itself is cut or damaged. What agents say they lost stands below, under Nodes',
      width: '64px',
      align: 'end',
      cell: (one) => <Lack count={one.gaps.length} />,
    },
    {
      id: 'first',
      title: 'First event',
      width: '152px',
      cell: (one) => <TimeText time={one.firstTime} zone={view.zone} digits="s" day none="–" />,
    },
    {
      id: 'last',
      title: 'Last event',
      width: '152px',
      cell: (one) => (
        <TimeText time={one.lastTime} beside={one.firstTime} zone={view.zone} digits="s" none="–" />
      ),
    },
  ];
}

/** `2 sources · 497.0 MiB received · 1 file refused`: of a refused file nothing is in the case. */
export function receivedWords(sources: readonly Pick<Source, 'state' | 'bytesReceived'>[]): string {
  const held = sources.filter(({ state }) => state !== 'refused');
  const refused = sources.length - held.length;
  const bytes = held.reduce((sum, one) => sum + one.bytesReceived, 0);
  const words = `${formatNoun(held.length, 'source')} · ${formatBytes(bytes)} received`;
  return refused === 0 ? words : `${words} · ${formatNoun(refused, 'file')} refused`;
}

/** A source that came in to its end is not called complete when something in it was not understood. */
export function sourceWords({ state, ledger }: Pick<Source, 'state' | 'ledger'>): string {
  if (state === 'refused') return 'refused: no log';
  if (state !== 'complete') return state;
  const unread = ledger.quarantined;
  return unread === 0 ? 'received whole' : `received, ${formatCount(unread)} not understood`;
}

function Lack({ count }: { readonly count: number }) {
  return (
    <span className={count > 0 ? styles.lack : styles.zero}>
      {count > 0 ? formatCount(count) : '–'}
    </span>
  );
}

/** Events by the agents' own names. */
function byAgent(formats: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(formats).map(([id, count]) => [agentWords(id), count]));
}

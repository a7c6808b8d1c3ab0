import type { HopRow } from '@forebear/model/answer/hopRows';
import { Link } from '@tanstack/react-router';
import type { HopItem } from '../../api/answers.ts';
import { BytesText, bytesWidth } from '../../kit/BytesText.tsx';
import { baseName } from '../../kit/clip.ts';
import { formatCount } from '../../kit/format.ts';
import { LoudBadges } from '../../kit/LoudBadges.tsx';
import { SafeText } from '../../kit/SafeText.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import type { Column } from '../../kit/VirtualTable.tsx';
import type { View } from '../../url/view.ts';
import { confidenceMeaning } from '../../view/hopWords.ts';
import { calleeLink, callerLink } from './hopLinks.ts';
import styles from './LateralPage.module.css';

/** The columns of the hops table; what a narrow window leaves out stands in the opened row. */
export function hopColumns(caseName: string, view: View): readonly Column<HopRow>[] {
  return [
    {
      id: 'from',
      title: 'From',
      width: 'minmax(316px, 2fr)',
      sortable: true,
      cell: ({ hop, all }) => (
        <End end={hop.from} isOne={all.length === 1} link={callerLink(hop, caseName, view)} />
      ),
    },
    {
      id: 'to',
      title: 'To',
      width: 'minmax(284px, 2fr)',
      sortable: true,
      cell: ({ hop, all }) => (
        <>
          <span className={styles.arrow} aria-hidden="true">
            →
          </span>
          <End end={hop.to} isOne={all.length === 1} link={calleeLink(hop, caseName, view)} />
        </>
      ),
    },
    {
      id: 'times',
      title: 'Hops',
      width: '40px',
      align: 'end',
      sortable: true,
      hint: 'How many hops between these two are alike, whatever their PIDs',
      cell: ({ all }) => (all.length === 1 ? '' : `×${formatCount(all.length)}`),
    },
    {
      id: 'port',
      title: 'Port',
      width: '86px',
      sortable: true,
      cell: ({ hop: { port, protocol } }) => (
        <span className={styles.mono}>
          :{port}
          <SafeText text={`/${protocol.toLowerCase()}`} className={styles.muted} />
        </span>
      ),
    },
    {
      id: 'firstSeen',
      title: 'First seen',
      width: '152px',
      sortable: true,
      cell: (row) => <TimeText time={row.firstSeen} zone={view.zone} digits="s" day none="–" />,
    },
    {
      id: 'lastSeen',
      title: 'Last seen',
      from: 1400,
      width: '96px',
      sortable: true,
      cell: (row) => (
        <TimeText time={row.lastSeen} beside={row.firstSeen} zone={view.zone} digits="s" none="–" />
      ),
    },
    {
      id: 'confidence',
      title: 'How sure',
      from: 1340,
      width: '72px',
      sortable: true,
      hint: 'How sure it is that the one reached the other',
      cell: ({ hop: { confidence } }) => (
        <span
          className={confidence === 'certain' ? undefined : styles.unsure}
          title={confidenceMeaning(confidence)}
        >
          {confidence}
        </span>
      ),
    },
    {
      id: 'evidence',
      title: 'Evidence',
      from: 1540,
      width: 'minmax(120px, 1.3fr)',
      cell: ({ hop: { evidence } }) => (
        <span className={styles.muted} title={evidence}>
          <SafeText text={evidence} />
        </span>
      ),
    },
    {
      id: 'sent',
      title: 'Sent',
      width: bytesWidth,
      align: 'end',
      sortable: true,
      hint: 'Bytes from the caller, as the caller saw them',
      cell: (row) => <BytesText bytes={row.bytesSent} />,
    },
    {
      id: 'received',
      title: 'Received',
      width: bytesWidth,
      align: 'end',
      sortable: true,
      hint: 'Bytes to the caller, as the caller saw them',
      cell: (row) => <BytesText bytes={row.bytesReceived} />,
    },
  ];
}

interface EndProps {
  readonly end: HopItem['from'];
  /** The row is of one hop: its PID says which process. */
  readonly isOne: boolean;
  readonly link: ReturnType<typeof callerLink>;
}

/** One end on one line: whether it stands out, the process, and the pod it is in. */
function End({ end, isOne, link }: EndProps) {
  return (
    <span className={styles.end}>
      <LoudBadges process={end} narrow="signs" />
      <Link {...link} tabIndex={-1} className={styles.process}>
        <SafeText text={end.binary} shown={baseName(end.binary)} />
      </Link>
      {isOne && end.pid !== null && <span className={styles.mono}>{end.pid}</span>}
      <SafeText text={end.pod} className={styles.pod} />
    </span>
  );
}

import { standsOut } from '@forebear/model/answer/standing';
import { callerPlaceWords, noProcessWords } from '@forebear/model/words/callerWords';
import { loopbackWords } from '@forebear/model/words/loopbackWords';
import { randomNameMark, randomNameReason } from '@forebear/model/words/nameWords';
import { scopeWords } from '@forebear/model/words/scopeWords';
import { verdictRank } from '@forebear/model/words/verdictWords';
import type { DestinationItem } from '../../api/answers.ts';
import { Badge } from '../../kit/Badge.tsx';
import { BytesText, bytesWidth } from '../../kit/BytesText.tsx';
import { baseName } from '../../kit/clip.ts';
import { formatCount } from '../../kit/format.ts';
import { LoudBadges } from '../../kit/LoudBadges.tsx';
import { SafeText } from '../../kit/SafeText.tsx';
import type { SortKey } from '../../kit/sortRows.ts';
import { TimeText } from '../../kit/TimeText.tsx';
import { VerdictText } from '../../kit/VerdictText.tsx';
import type { Column } from '../../kit/VirtualTable.tsx';
import type { View } from '../../url/view.ts';
import styles from './DestinationsPage.module.css';
import { nameWords } from './words.ts';

/** The columns of the destinations table. */
export function destinationColumns(view: View): readonly Column<DestinationItem>[] {
  return [
    {
      id: 'name',
      title: 'Destination',
      width: 'minmax(200px, 3fr)',
      sortable: true,
      cell: (one) => (
        <>
          <Name one={one} />
          {one.randomName && (
            <Badge tone="alert" label={randomNameMark} title={randomNameReason(one.randomDetail)}>
              <span className={styles.mark}>{randomNameMark}</span>
            </Badge>
          )}
        </>
      ),
    },
    {
      id: 'ip',
      title: 'Address',
      width: 'minmax(132px, 1fr)',
      sortable: true,
      cell: (one) => (
        <SafeText
          mono
          text={`${one.ip.includes(':') ? `[${one.ip}]` : one.ip}:${one.port}`}
          className={styles.muted}
        />
      ),
    },
    {
      id: 'scope',
      title: 'Where',
      width: '92px',
      sortable: true,
      cell: (one) =>
        one.external ? (
          <Badge tone="external">EXTERNAL</Badge>
        ) : (
          <span className={styles.muted}>{scopeWords(one.scope)}</span>
        ),
    },
    {
      id: 'evidence',
      title: 'How named',
      width: 'minmax(98px, 1.2fr)',
      hint: 'How the name is known',
      cell: (one) => {
        const words = nameWords(one.name, one.nameEvidence);
        return (
          <span className={styles.muted} title={words}>
            {words}
          </span>
        );
      },
    },
    {
      id: 'callers',
      title: 'Called by',
      width: 'minmax(98px, 1.2fr)',
      sortable: true,
      cell: (one) => <Callers one={one} />,
    },
    {
      id: 'verdict',
      title: 'Verdict',
      width: '100px',
      sortable: true,
      hint: 'The gravest that the network or an agent judged of its connections, and of how many',
      cell: (one) => <Verdict one={one} />,
    },
    {
      id: 'connections',
      title: 'Connections',
      width: '80px',
      align: 'end',
      sortable: true,
      cell: (one) => formatCount(one.connections),
    },
    {
      id: 'sent',
      title: 'Sent',
      width: bytesWidth,
      align: 'end',
      sortable: true,
      cell: (one) => <BytesText bytes={one.bytesSent} />,
    },
    {
      id: 'received',
      title: 'Received',
      width: bytesWidth,
      align: 'end',
      sortable: true,
      cell: (one) => <BytesText bytes={one.bytesReceived} />,
    },
    {
      id: 'firstSeen',
      title: 'First seen',
      width: '152px',
      sortable: true,
      cell: (one) => <TimeText time={one.firstSeen} zone={view.zone} digits="s" day none="–" />,
    },
  ];
}

export const destinationSortKeys: ReadonlyMap<string, SortKey<DestinationItem>> = new Map<
  string,
  SortKey<DestinationItem>
>([
  ['name', (one) => one.name ?? (loopbackWords(one) || one.ip)],
  ['ip', (one) => one.ip],
  ['scope', (one) => one.scope],
  ['callers', (one) => one.processes.length],
  ['verdict', (one) => (one.verdict === '' ? undefined : verdictRank(one.verdict))],
  ['connections', (one) => one.connections],
  ['sent', (one) => Number(one.bytesSent ?? -1)],
  ['received', (one) => Number(one.bytesReceived ?? -1)],
  ['firstSeen', (one) => one.firstSeen ?? undefined],
]);

/**
 * The order of the page: external ones first, of these the random names, then whom a process called that stands out; random
 * names by the bytes that went there, as the overview names them; then the API's own order.
 */
export function externalFirst(items: readonly DestinationItem[]): readonly DestinationItem[] {
  const weight = (one: DestinationItem) =>
    (one.external ? 4 : 0) + (one.randomName ? 2 : 0) + (one.processes.some(standsOut) ? 1 : 0);
  const sent = (one: DestinationItem) => (one.randomName ? Number(one.bytesSent ?? 0) : 0);
  return items.toSorted((a, b) => weight(b) - weight(a) || sent(b) - sent(a));
}

/** Its name; a loopback address is one of a pod, and another in the next. */
function Name({ one }: { readonly one: DestinationItem }) {
  const loopback = loopbackWords(one);
  if (loopback === '') return <SafeText text={one.name ?? one.ip} className={styles.name} />;
  return (
    <>
      {one.name !== null && <SafeText text={one.name} className={styles.name} />}
      <SafeText text={loopback} className={one.name === null ? styles.name : styles.muted} />
    </>
  );
}

/** The gravest judgement, and of how many connections where it is not that of all. */
function Verdict({ one }: { readonly one: DestinationItem }) {
  const [gravest] = one.verdicts;
  return (
    <>
      <VerdictText item={one} />
      {gravest !== undefined && gravest.count < one.connections && (
        <span className={styles.others}>×{formatCount(gravest.count)}</span>
      )}
    </>
  );
}

/** A process by its binary; of whose calls no process is known, by its pod. */
function Caller({ caller }: { readonly caller: DestinationItem['processes'][number] }) {
  if (caller.ref !== null) return <SafeText text={caller.binary} shown={baseName(caller.binary)} />;
  const where = callerPlaceWords(caller);
  return (
    <SafeText
      text={`${where}, ${noProcessWords}`}
      shown={`${caller.pod === '' ? where : caller.pod}, ${noProcessWords}`}
      className={styles.muted}
    />
  );
}

function Callers({ one }: { readonly one: DestinationItem }) {
  const loud = one.processes.find(standsOut);
  const named = loud ?? one.processes.find(({ ref }) => ref !== null) ?? one.processes[0];
  if (named === undefined) return <span className={styles.muted}>–</span>;
  const others = one.processes.length - 1;
  return (
    <>
      {loud !== undefined && <LoudBadges process={loud} narrow="signs" />}
      <Caller caller={named} />
      {others > 0 && <span className={styles.others}>+{formatCount(others)}</span>}
    </>
  );
}

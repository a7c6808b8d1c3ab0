import { directionUnknown, stillOpen } from '@forebear/model/words/conversationWords';
import { BytesText } from '../../kit/BytesText.tsx';
import { formatDuration } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import { VerdictText } from '../../kit/VerdictText.tsx';
import type { Column } from '../../kit/VirtualTable.tsx';
import type { View } from '../../url/view.ts';
import styles from './Conversations.module.css';
import { type ConversationRow, lengthOf } from './conversationRows.ts';
import { EndCell } from './EndCell.tsx';

/** The columns; in a narrow window the client, which stays in sight, comes first and the time behind the ends. */
export function conversationColumns(
  caseName: string,
  view: View,
  isNarrow: boolean,
): readonly Column<ConversationRow>[] {
  const time: Column<ConversationRow> = {
    id: 'firstSeen',
    title: 'First seen',
    width: '152px',
    sortable: true,
    cell: ({ item }) => <Times item={item} view={view} />,
  };
  const client: Column<ConversationRow> = {
    id: 'client',
    title: 'Client',
    width: 'minmax(236px, 1fr)',
    hint: 'Who called: the process, its pod, its address',
    cell: ({ item }) => <EndCell end={item.client} caseName={caseName} view={view} />,
  };
  const between: Column<ConversationRow> = {
    id: 'verdict',
    title: 'Verdict',
    width: '112px',
    sortable: true,
    hint: 'What the network or an agent judged of it',
    cell: ({ item }) => <Between item={item} />,
  };
  const server: Column<ConversationRow> = {
    id: 'server',
    title: 'Server',
    width: 'minmax(236px, 1fr)',
    hint: 'Who was called: the process or what it is known by, its pod, the address that was called',
    cell: ({ item }) => <EndCell end={item.server} caseName={caseName} view={view} />,
  };
  const bytes: Column<ConversationRow> = {
    id: 'bytes',
    title: 'Bytes',
    width: '112px',
    align: 'end',
    sortable: true,
    hint: 'From the client, and to it',
    cell: ({ item }) => <Bytes item={item} />,
  };
  return isNarrow ? [client, between, server, bytes, time] : [time, client, between, server, bytes];
}

type ItemProps = Pick<ConversationRow, 'item'>;

function Times({ item, view }: ItemProps & { readonly view: View }) {
  const length = lengthOf(item);
  return (
    <span className={styles.end}>
      <TimeText time={item.firstSeen} zone={view.zone} digits="s" day none="no time in log" />
      <span className={styles.length}>
        {item.open && item.closed === null ? (
          <span title={stillOpen}>still open</span>
        ) : (
          length !== undefined && (length === 0 ? 'seen once' : `for ${formatDuration(length)}`)
        )}
      </span>
    </span>
  );
}

function Between({ item }: ItemProps) {
  const { protocol, directionKnown, server } = item;
  return (
    <span className={styles.end}>
      <span className={styles.line}>
        <span className={styles.arrow} aria-hidden="true">
          →
        </span>
        <span className={styles.mono}>
          <SafeText text={protocol === '' ? '?' : protocol.toLowerCase()} />
          {server.port !== 0 && `:${server.port}`}
        </span>
        {!directionKnown && (
          <span className={styles.unknown} title={directionUnknown}>
            ?
          </span>
        )}
      </span>
      <span className={styles.line}>
        <VerdictText item={item} />
      </span>
    </span>
  );
}

function Bytes({ item: { bytesSent, bytesReceived } }: ItemProps) {
  if (bytesSent === null && bytesReceived === null) return <BytesText bytes={null} />;
  return (
    <span className={styles.bytes}>
      <span>
        <BytesText bytes={bytesSent} /> <span aria-hidden="true">↑</span>
        <span className={styles.spoken}>sent</span>
      </span>
      <span>
        <BytesText bytes={bytesReceived} /> <span aria-hidden="true">↓</span>
        <span className={styles.spoken}>received</span>
      </span>
    </span>
  );
}

import { Link } from '@tanstack/react-router';
import type { HopItem } from '../../api/answers.ts';
import { BytesText } from '../../kit/BytesText.tsx';
import { formatCount } from '../../kit/format.ts';
import { TimeText } from '../../kit/TimeText.tsx';
import type { View } from '../../url/view.ts';
import { calleeLink, callerLink } from './hopLinks.ts';
import styles from './LateralPage.module.css';

const MOST = 50;

export interface HopMembersProps {
  readonly hops: readonly HopItem[];
  readonly caseName: string;
  readonly view: View;
}

/** The hops of one row, each with a way into both trees: the first fifty. */
export function HopMembers({ hops, caseName, view }: HopMembersProps) {
  const rest = hops.length - MOST;
  return (
    <>
      <table className={styles.members}>
        <thead>
          <tr>
            <th scope="col">First seen</th>
            <th scope="col">Caller</th>
            <th scope="col">Called</th>
            <th scope="col" className={styles.number}>
              Sent
            </th>
            <th scope="col" className={styles.number}>
              Received
            </th>
          </tr>
        </thead>
        <tbody>
          {hops.slice(0, MOST).map((hop) => (
            <tr key={`${hop.from.ref}>${hop.to.ref}`}>
              <td>
                <TimeText time={hop.firstSeen} zone={view.zone} digits="ms" none="–" />
              </td>
              <td>
                <Link {...callerLink(hop, caseName, view)}>{pidWords(hop.from)}</Link>
              </td>
              <td>
                <Link {...calleeLink(hop, caseName, view)}>{pidWords(hop.to)}</Link>
              </td>
              <td className={styles.number}>
                <BytesText bytes={hop.bytesSent} />
              </td>
              <td className={styles.number}>
                <BytesText bytes={hop.bytesReceived} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 && (
        <p className={styles.muted}>
          and {formatCount(rest)} more: “Show each hop” has them all in rows.
        </p>
      )}
    </>
  );
}

function pidWords({ pid }: HopItem['from']): string {
  return pid === null ? 'no PID' : `pid ${pid}`;
}

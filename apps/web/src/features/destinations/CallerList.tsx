import { callerPlaceWords, noProcessWords } from '@forebear/model/words/callerWords';
import { randomNameReason } from '@forebear/model/words/nameWords';
import { countedVerdictWords } from '@forebear/model/words/verdictWords';
import { Link } from '@tanstack/react-router';
import type { DestinationItem } from '../../api/answers.ts';
import { BytesText } from '../../kit/BytesText.tsx';
import { CopyButton } from '../../kit/CopyButton.tsx';
import { formatCount } from '../../kit/format.ts';
import { LoudBadges } from '../../kit/LoudBadges.tsx';
import { SafeText } from '../../kit/SafeText.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import { podLink } from '../../url/links.ts';
import type { View } from '../../url/view.ts';
import styles from './CallerList.module.css';
import { callersWords } from './words.ts';

export interface CallerListProps {
  readonly one: DestinationItem;
  readonly caseName: string;
  readonly view: View;
}

/** Which container, PID and binary called a destination: all of them, the first call first. */
export function CallerList({ one, caseName, view }: CallerListProps) {
  const pods = new Set(one.processes.map(({ namespace, pod }) => `${namespace}/${pod}`)).size;
  const judged = countedVerdictWords(one.verdicts, one.connections, formatCount);
  return (
    <div className={styles.callers}>
      {one.randomName && (
        <p className={styles.reason}>
          <SafeText text={randomNameReason(one.randomDetail)} />
        </p>
      )}
      {judged !== '' && (
        <p className={styles.reason}>
          Its connections: <SafeText text={judged} />
          {one.verdictReason !== '' && (
            <>
              {' '}
              (<SafeText text={one.verdictReason} />)
            </>
          )}
          .
        </p>
      )}
      {one.scope === 'loopback' && (
        <p className={styles.note}>
          A loopback address leads nowhere but into the caller’s own{' '}
          {pods > 1 ? 'pod: it is another place in each of these' : 'pod'}.
        </p>
      )}
      <table className={styles.table}>
        <caption className={styles.caption}>
          Called by {callersWords(one.processes)}, first call first
        </caption>
        <thead>
          <tr>
            <th scope="col">Process</th>
            <th scope="col">PID</th>
            <th scope="col">Pod</th>
            <th scope="col">Container</th>
            <th scope="col">First call</th>
            <th scope="col" className={styles.number}>
              Connections
            </th>
            <th scope="col" className={styles.number}>
              Sent
            </th>
            <th scope="col" className={styles.number}>
              Received
            </th>
          </tr>
        </thead>
        <tbody>
          {one.processes.map((process, at) => (
            <tr key={process.ref ?? `${callerPlaceWords(process)}/${at}`}>
              <td>
                <span className={styles.process}>
                  {process.pod === '' ? (
                    <Who caller={process} />
                  ) : (
                    <Link
                      {...podLink(
                        { caseName, namespace: process.namespace, pod: process.pod },
                        view,
                        { selected: process.ref ?? undefined },
                      )}
                    >
                      <Who caller={process} />
                    </Link>
                  )}
                  <LoudBadges process={process} />
                </span>
              </td>
              <td className={styles.mono}>{process.pid ?? '–'}</td>
              <td>
                <SafeText text={callerPlaceWords(process)} />
              </td>
              <td>
                {process.container === null ? (
                  '–'
                ) : (
                  <span className={styles.container}>
                    <SafeText text={process.container.name} />
                    <SafeText
                      mono
                      text={process.container.id}
                      shown={(process.container.docker || process.container.id).slice(0, 15)}
                      className={styles.id}
                    />
                    <CopyButton text={process.container.id} what="container ID" />
                  </span>
                )}
              </td>
              <td>
                <TimeText time={process.firstSeen} zone={view.zone} day />
              </td>
              <td className={styles.number}>{formatCount(process.connections)}</td>
              <td className={styles.number}>
                <BytesText bytes={process.bytesSent} />
              </td>
              <td className={styles.number}>
                <BytesText bytes={process.bytesReceived} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Its binary; a pod or address of whose calls no process is known is told in its own column. */
function Who({ caller }: { readonly caller: DestinationItem['processes'][number] }) {
  if (caller.ref === null) return noProcessWords;
  return <SafeText mono text={caller.binary} />;
}

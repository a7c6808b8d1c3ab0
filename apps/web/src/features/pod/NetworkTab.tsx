import { evidenceWords } from '@forebear/model/words/evidenceWords';
import { randomNameReason } from '@forebear/model/words/nameWords';
import { scopeWords } from '@forebear/model/words/scopeWords';
import { verdictMark, verdictWords } from '@forebear/model/words/verdictWords';
import type { ProcessAnswer, WireConnection } from '../../api/answers.ts';
import { Badge } from '../../kit/Badge.tsx';
import { EmptyState } from '../../kit/EmptyState.tsx';
import { exactBytes, formatCount, wholeTraffic } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import type { View } from '../../url/view.ts';
import styles from './DetailsPanel.module.css';
import { LeafPeers } from './LeafPeers.tsx';
import { LookupLine } from './LookupLine.tsx';
import type { PodAddress } from './podAddress.ts';

export interface NetworkTabProps {
  readonly answer: ProcessAnswer;
  readonly address: PodAddress;
  readonly view: View;
}

/** Whom it talked to: name and why it is called so, bytes, times, and the process at the other end. */
export function NetworkTab({ answer, address, view }: NetworkTabProps) {
  const { connections, lookups } = answer;
  if (connections.length === 0 && lookups.length === 0) {
    return (
      <EmptyState title="No connections of this process in the log">
        <p>The agent records connections only where a policy or its network parser is on.</p>
      </EmptyState>
    );
  }
  return (
    <div className={styles.tab}>
      <ul className={styles.leaves}>
        {connections.map((leaf, at) => (
          <NetworkLeaf key={at} leaf={leaf} processRef={answer.ref} address={address} view={view} />
        ))}
      </ul>
      {lookups.length > 0 && (
        <section className={styles.group}>
          <h3>Lookups</h3>
          <ul className={styles.leaves}>
            {lookups.map((one, at) => (
              <li key={at} className={styles.leaf}>
                <LookupLine one={one} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

interface LeafProps {
  readonly leaf: WireConnection;
  /** The process whose it is; empty: of none that is known. */
  readonly processRef: string;
  readonly address: PodAddress;
  readonly view: View;
}

/** One connection with everything known of it. */
export function NetworkLeaf({ leaf, processRef, address, view }: LeafProps) {
  const words = { outbound: 'to', inbound: 'called by', listen: 'listens' }[leaf.direction];
  const hindrance = verdictMark(leaf.verdict);
  return (
    <li className={styles.leaf}>
      <div className={styles.leafLine}>
        <span className={styles.aside}>{words}</span>
        <SafeText breaksAtPoints text={leaf.name ?? leaf.ip} className={styles.leafName} />
        <span className={styles.mono}>
          {leaf.direction === 'inbound' && 'on '}:{leaf.port}/<SafeText text={leaf.protocol} />
        </span>
        {hindrance !== '' && (
          <Badge tone="alert" sign="⊘">
            <SafeText text={hindrance} />
          </Badge>
        )}
        {leaf.external && <Badge tone="external">EXTERNAL</Badge>}
      </div>
      <Verdict leaf={leaf} isHindered={hindrance !== ''} />
      <p className={styles.aside}>
        {leaf.name !== null && (
          <>
            <SafeText mono text={leaf.ip} /> ·{' '}
          </>
        )}
        {scopeWords(leaf.scope)}
        {leaf.nameEvidence !== '' && <SafeText text={` · ${evidenceWords(leaf.nameEvidence)}`} />}
        {leaf.nameDetail !== '' && (
          <>
            {': '}
            <SafeText text={leaf.nameDetail} />
          </>
        )}
      </p>
      {leaf.otherNames.length > 0 && (
        <p className={styles.aside}>
          {'also called '}
          <SafeText text={leaf.otherNames.join(', ')} />
        </p>
      )}
      {leaf.randomName && (
        <p className={styles.suspect}>
          <SafeText text={randomNameReason(leaf.randomDetail)} />
        </p>
      )}
      <p className={styles.traffic}>
        <span title={exactBytes(leaf.bytesSent)}>↑ {wholeTraffic(leaf.bytesSent)} sent</span>
        <span title={exactBytes(leaf.bytesReceived)}>
          ↓ {wholeTraffic(leaf.bytesReceived)} received
        </span>
        <span>×{formatCount(leaf.count)}</span>
      </p>
      <p className={styles.aside}>
        <TimeText time={leaf.firstSeen} zone={view.zone} digits="ns" />
        {leaf.lastSeen !== null && leaf.lastSeen !== leaf.firstSeen && (
          <>
            {' – '}
            <TimeText time={leaf.lastSeen} zone={view.zone} digits="ns" />
          </>
        )}
      </p>
      <LeafPeers leaf={leaf} processRef={processRef} address={address} view={view} />
    </li>
  );
}

/** What was judged of it: loud when it did not come about, quiet when it did; nothing when nobody judged. */
function Verdict({
  leaf,
  isHindered,
}: {
  readonly leaf: WireConnection;
  readonly isHindered: boolean;
}) {
  if (leaf.verdict === null) return null;
  return (
    <p className={isHindered ? styles.suspect : styles.aside}>
      <SafeText text={verdictWords(leaf.verdict)} />
      {leaf.verdictReason !== '' && (
        <>
          {': '}
          <SafeText text={leaf.verdictReason} />
        </>
      )}
    </p>
  );
}

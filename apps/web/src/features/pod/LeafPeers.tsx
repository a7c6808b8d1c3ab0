import { podWords } from '@forebear/model/words/podWords';
import { Link } from '@tanstack/react-router';
import type { WireConnection } from '../../api/answers.ts';
import { baseName } from '../../kit/clip.ts';
import { formatCount, formatNoun, formatTraffic } from '../../kit/format.ts';
import { LoudBadges } from '../../kit/LoudBadges.tsx';
import { SafeText } from '../../kit/SafeText.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import { podLink } from '../../url/links.ts';
import type { View } from '../../url/view.ts';
import { confidenceMeaning } from '../../view/hopWords.ts';
import styles from './DetailsPanel.module.css';
import { hopFrom } from './hops.ts';
import type { PodAddress } from './podAddress.ts';

type LeafPeer = WireConnection['peers'][number];

export interface LeafPeersProps {
  readonly leaf: WireConnection;
  /** The process whose leaf it is. */
  readonly processRef: string;
  readonly address: PodAddress;
  readonly view: View;
}

/** Every process at the other end of a connection, each with how sure that is and a way to its tree. */
export function LeafPeers({ leaf, processRef, address, view }: LeafPeersProps) {
  const { peers, peerCount } = leaf;
  if (peers.length === 0) return null;
  const linkTo = (peer: LeafPeer) =>
    podLink({ caseName: address.caseName, namespace: peer.namespace, pod: peer.pod }, view, {
      selected: peer.ref,
      shape: view.shape,
      trail: hopFrom(address, view, processRef),
    });
  const only = peers.length === 1 && peerCount === 1;
  const role = leaf.direction === 'inbound' ? ['caller', 'callers'] : ['process', 'processes'];
  return (
    <div>
      {!only && (
        <p className={styles.aside}>
          {formatNoun(peerCount, role[0] ?? '', role[1])} at the other end, most connections first
          {peers.length < peerCount && `; the first ${formatCount(peers.length)} are here`}
        </p>
      )}
      <ul className={styles.peers}>
        {peers.map((peer) => (
          <li key={peer.ref}>
            <p className={styles.leafLine}>
              <LoudBadges process={peer} />
              <Link {...linkTo(peer)}>
                → <SafeText text={podWords(peer.namespace, peer.pod)} /> ·{' '}
                <SafeText text={baseName(peer.binary)} />
              </Link>
              {peer.pid !== null && <span className={styles.mono}>{peer.pid}</span>}
            </p>
            <p className={styles.aside}>
              <b title={confidenceMeaning(peer.confidence)}>{peer.confidence}</b>:{' '}
              <SafeText text={peer.evidence} />
            </p>
            {!only && (
              <p className={styles.aside}>
                ×{formatCount(peer.count)} · ↑ {formatTraffic(peer.bytesSent)} · ↓{' '}
                {formatTraffic(peer.bytesReceived)} ·{' '}
                <TimeText time={peer.firstSeen} zone={view.zone} digits="ms" />
              </p>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

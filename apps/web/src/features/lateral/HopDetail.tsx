import { outOfPlaceWords } from '@forebear/model/words/flagMark';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { HopItem } from '../../api/answers.ts';
import { linkButton } from '../../kit/Button.tsx';
import { exactBytes, formatBytes, formatDelta } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import type { View } from '../../url/view.ts';
import { confidenceMeaning } from '../../view/hopWords.ts';
import { calleeLink, callerLink } from './hopLinks.ts';
import styles from './LateralPage.module.css';

export interface HopDetailProps {
  readonly hop: HopItem;
  readonly caseName: string;
  readonly view: View;
}

/** One hop in full: both ends with a way into their trees, when, how much, and how it is known. */
export function HopDetail({ hop, caseName, view }: HopDetailProps) {
  return (
    <div className={styles.detail}>
      <dl className={styles.facts}>
        <Fact name="Caller">
          <EndWords end={hop.from} />
        </Fact>
        <Fact name="Called">
          <EndWords end={hop.to} />
        </Fact>
        <Fact name="When">
          <TimeText time={hop.firstSeen} zone={view.zone} digits="ns" day />
          {hop.lastSeen !== null && hop.lastSeen !== hop.firstSeen && (
            <>
              {' – '}
              <TimeText time={hop.lastSeen} zone={view.zone} digits="ns" beside={hop.firstSeen} />
            </>
          )}
        </Fact>
        <Fact name="Bytes">
          <span title={exactBytes(hop.bytesSent)}>↑ {formatBytes(hop.bytesSent)} sent</span>{' '}
          <span title={exactBytes(hop.bytesReceived)}>
            ↓ {formatBytes(hop.bytesReceived)} received
          </span>
          <span className={styles.muted}> · as the caller saw them</span>
        </Fact>
        <Fact name="How sure">
          {hop.confidence}: {confidenceMeaning(hop.confidence)}
          <span className={styles.muted}>
            {' · '}
            <SafeText text={hop.evidence} />
          </span>
        </Fact>
      </dl>
      <p className={styles.ways}>
        <Link {...callerLink(hop, caseName, view)} className={linkButton}>
          Tree of the caller
        </Link>
        <Link {...calleeLink(hop, caseName, view)} className={linkButton}>
          Tree of the called
        </Link>
      </p>
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function EndWords({ end }: { readonly end: HopItem['from'] }) {
  return (
    <>
      <SafeText text={`${end.namespace}/${end.pod}`} /> <SafeText mono text={end.binary} />
      {end.pid !== null && ` pid ${end.pid}`}
      {end.lateByMs !== null && (
        <span className={styles.muted}>
          {` · ${formatDelta(end.lateByMs)}${end.lateNew ? ', late and new' : ''}`}
        </span>
      )}
      {end.outOfPlace.length > 0 && (
        <span className={styles.muted}>{` · ${outOfPlaceWords(end.outOfPlace)}`}</span>
      )}
    </>
  );
}

import type { HopRow } from '@forebear/model/answer/hopRows';
import { outOfPlaceWords } from '@forebear/model/words/flagMark';
import { lateAndNew } from '@forebear/model/words/lateWords';
import { podWords } from '@forebear/model/words/podWords';
import { Link } from '@tanstack/react-router';
import type { HopItem } from '../../api/answers.ts';
import { linkButton } from '../../kit/Button.tsx';
import { Fact, Facts } from '../../kit/Facts.tsx';
import { exactBytes, formatCount, formatDelta, formatTraffic } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import type { View } from '../../url/view.ts';
import { confidenceMeaning } from '../../view/hopWords.ts';
import { HopMembers } from './HopMembers.tsx';
import { calleeLink, callerLink } from './hopLinks.ts';
import styles from './LateralPage.module.css';

export interface HopDetailProps {
  readonly row: HopRow;
  readonly caseName: string;
  readonly view: View;
}

/** One hop in full, or all that are alike: both ends with a way into their trees, when, how much, and how it is known. */
export function HopDetail({ row, caseName, view }: HopDetailProps) {
  const { hop, all, firstSeen, lastSeen, bytesSent, bytesReceived } = row;
  const isOne = all.length === 1;
  return (
    <div className={styles.detail}>
      <Facts className={styles.facts}>
        <Fact name="Caller">
          <EndWords end={hop.from} isOne={isOne} />
        </Fact>
        <Fact name="Called">
          <EndWords end={hop.to} isOne={isOne} />
        </Fact>
        <Fact name="When">
          <TimeText time={firstSeen} zone={view.zone} digits="ns" day />
          {lastSeen !== null && lastSeen !== firstSeen && (
            <>
              {' – '}
              <TimeText time={lastSeen} zone={view.zone} digits="ns" beside={firstSeen} />
            </>
          )}
          {!isOne && <span className={styles.muted}> · ×{formatCount(all.length)}</span>}
        </Fact>
        <Fact name="Bytes">
          ↑ {formatTraffic(bytesSent)} sent
          <span className={styles.muted}> ({exactBytes(bytesSent)})</span> ↓{' '}
          {formatTraffic(bytesReceived)} received
          <span className={styles.muted}> ({exactBytes(bytesReceived)})</span>
          <span className={styles.muted}>
            {isOne ? ' · as the caller saw them' : ' · of all, as the callers saw them'}
          </span>
        </Fact>
        <Fact name="How sure">
          {hop.confidence}: {confidenceMeaning(hop.confidence)}
          <span className={styles.muted}>
            {' · '}
            <SafeText text={hop.evidence} />
          </span>
        </Fact>
      </Facts>
      {isOne ? (
        <p className={styles.ways}>
          <Link {...callerLink(hop, caseName, view)} className={linkButton}>
            Tree of the caller
          </Link>
          <Link {...calleeLink(hop, caseName, view)} className={linkButton}>
            Tree of the called
          </Link>
        </p>
      ) : (
        <HopMembers hops={all} caseName={caseName} view={view} />
      )}
    </div>
  );
}

interface EndWordsProps {
  readonly end: HopItem['from'];
  readonly isOne: boolean;
}

function EndWords({ end, isOne }: EndWordsProps) {
  return (
    <>
      <SafeText text={podWords(end.namespace, end.pod)} /> <SafeText mono text={end.binary} />
      {isOne && end.pid !== null && ` pid ${end.pid}`}
      {isOne && end.lateByMs !== null && (
        <span className={styles.muted}>
          {` · ${formatDelta(end.lateByMs)}${end.lateNew ? `, ${lateAndNew}` : ''}`}
        </span>
      )}
      {end.outOfPlace.length > 0 && (
        <span className={styles.muted}>{` · ${outOfPlaceWords(end.outOfPlace)}`}</span>
      )}
    </>
  );
}

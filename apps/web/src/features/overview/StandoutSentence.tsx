import { escapeWords } from '@forebear/model/words/flagMark';
import { graveWords } from '@forebear/model/words/graveWords';
import { randomNameWords } from '@forebear/model/words/nameWords';
import { Link } from '@tanstack/react-router';
import { Fragment } from 'react';
import type { DestinationItem, PodItem } from '../../api/answers.ts';
import { clipMiddle } from '../../kit/clip.ts';
import { formatCount, formatDelta, formatLimit, formatNoun } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { destinationKey } from '../../url/destinationKey.ts';
import { caseLink } from '../../url/links.ts';
import type { View } from '../../url/view.ts';
import { itemLink } from './itemLink.ts';
import styles from './OverviewPage.module.css';
import { filteredScopeWords, type Standout, untoldProcessesWords } from './standout.ts';

const NAMED = 3;

export interface StandoutSentenceProps {
  readonly caseName: string;
  readonly view: View;
  readonly standout: Standout;
  /** Who reports in the case; empty: not known yet, or other processes of it than these are known. */
  readonly agents: readonly string[];
  /** External destinations whose names look random, one for each name. */
  readonly random: readonly DestinationItem[];
  /** More of the case is still being derived: what is said may not stay. */
  readonly isSoFar: boolean;
  /** Names are still being gathered: that there are none cannot be told. */
  readonly isNaming: boolean;
}

/** One sentence made of counts: which pods to look at, and why. */
export function StandoutSentence({
  caseName,
  view,
  standout,
  agents,
  random,
  isSoFar,
  isNaming,
}: StandoutSentenceProps) {
  const { loud, astray } = standout;
  const limit = formatLimit(view.lateMs);
  const isPart = view.filter.trim() !== '';
  return (
    <p className={styles.sentence}>
      {isSoFar && <>So far: </>}
      {isPart && (
        <>
          Of {formatNoun(standout.pods, 'pod')}
          {standout.hosts > 0 && ` and ${formatNoun(standout.hosts, 'host')}`} that{' '}
          {standout.pods + standout.hosts === 1 ? 'matches' : 'match'}{' '}
          <SafeText mono text={view.filter.trim()} />:{' '}
        </>
      )}
      {loud.length === 0 ? (
        <>
          {isPart ? 'no' : 'No'}{' '}
          {standout.processes === 0
            ? untoldProcessesWords(agents)
            : `process was both later than ${limit} after its main and new to its container.`}{' '}
        </>
      ) : (
        <>
          {loud.length === 1
            ? '1 pod has processes'
            : `${formatCount(loud.length)} pods have processes`}{' '}
          that started more than {limit} after main, by a command that their parent’s program had
          not run before:{' '}
          {loud.slice(0, NAMED).map((pod, at) => (
            <Fragment key={`${pod.cluster}/${pod.namespace}/${pod.pod}/${pod.uid}`}>
              {at > 0 && ', '}
              <LoudPod caseName={caseName} view={view} pod={pod} />
            </Fragment>
          ))}
          {loud.length > NAMED && ` and ${formatCount(loud.length - NAMED)} more`}.{' '}
        </>
      )}
      {astray.length > 0 && (
        <>
          {astray.length === 1 ? '1 pod has' : `${formatCount(astray.length)} pods have`} processes
          out of place:{' '}
          {astray.slice(0, NAMED).map((pod, at) => (
            <Fragment key={`${pod.cluster}/${pod.namespace}/${pod.pod}/${pod.uid}`}>
              {at > 0 && ', '}
              <PodName caseName={caseName} view={view} pod={pod} />{' '}
              <span className={styles.whole}>
                ({escapeWords(pod.leftContainer, pod.lateContainer)})
              </span>
            </Fragment>
          ))}
          {astray.length > NAMED && ` and ${formatCount(astray.length - NAMED)} more`}.{' '}
        </>
      )}
      {random.length > 0 && (
        <>
          {random.length === 1
            ? `1 external name ${randomNameWords}: `
            : `${formatCount(random.length)} external names look random: `}
          {random.slice(0, NAMED).map((one, at) => (
            <Fragment key={destinationKey(one)}>
              {at > 0 && ', '}
              <Link
                {...caseLink('destinations', caseName, view, {
                  selected: destinationKey(one),
                })}
              >
                <SafeText text={one.name ?? one.ip} />
              </Link>
            </Fragment>
          ))}
          {random.length > NAMED && (
            <>
              {' '}
              and{' '}
              <Link
                {...caseLink('destinations', caseName, view)}
                title="All of them, first in the list of destinations"
              >
                {formatCount(random.length - NAMED)} more
              </Link>
            </>
          )}
          .{' '}
        </>
      )}
      {isNaming && <span className={styles.muted}>External names are still being gathered. </span>}
      {isPart && <span className={styles.muted}>{filteredScopeWords}</span>}
    </p>
  );
}

interface PodNameProps {
  readonly caseName: string;
  readonly view: View;
  readonly pod: PodItem;
}

/** By its workload, where it has one. */
function PodName({ caseName, view, pod }: PodNameProps) {
  const name = pod.workload === '' ? pod.pod : pod.workload;
  return (
    <Link {...itemLink(pod, caseName, view)} className={styles.loudPod}>
      <SafeText text={pod.pod} shown={clipMiddle(name, 40)} />
    </Link>
  );
}

/** With what makes it the gravest: its number alone does not say why it is named before others that have more. */
function LoudPod({ caseName, view, pod }: PodNameProps) {
  const first = pod.firstLoudMs === null ? '' : `, first at ${formatDelta(pod.firstLoudMs)}`;
  return (
    <>
      <PodName caseName={caseName} view={view} pod={pod} />{' '}
      <span className={styles.whole}>
        ({formatCount(pod.lateNew)}
        {first}
        {pod.grave.length === 0 && ')'}
      </span>
      {pod.grave.length > 0 && `; ${graveWords(pod.grave)})`}
    </>
  );
}

import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { formatCount, formatNoun } from '../../kit/format.ts';
import { destinationKey } from '../../url/destinationKey.ts';
import { caseLink } from '../../url/links.ts';
import type { Happenings as All } from './caseHappenings.ts';
import {
  CallLine,
  type HappeningPlace,
  LeavingLine,
  Line,
  ReachLine,
  RefusalLine,
  RunningLine,
} from './HappeningLine.tsx';
import styles from './OverviewPage.module.css';

const NAMED = 3;

export interface HappeningsProps extends HappeningPlace {
  readonly happenings: All;
  /** More may come. */
  readonly isGathering: boolean;
  /** There are more refusals than are counted. */
  readonly areRefusalsPart: boolean;
  /** The whole case is looked at: no filter, no range. */
  readonly isWhole: boolean;
}

/** What happened, a line for each thing in order of time, each with the way to its place: who came in, where it went, what left. */
export function Happenings(props: HappeningsProps) {
  const { caseName, view, areRefusalsPart } = props;
  const { calls, reaches, leavings, refusals, running } = props.happenings;
  const lines = [
    ...calls.slice(0, 2 * NAMED).map((call) => ({
      time: call.time,
      line: <CallLine key={`call ${call.auditId}`} {...props} call={call} />,
    })),
    ...reaches.slice(0, NAMED).map((reach) => ({
      time: reach.hop.firstSeen,
      line: (
        <ReachLine key={`hop ${reach.hop.from.ref} ${reach.hop.port}`} {...props} reach={reach} />
      ),
    })),
    ...leavings.slice(0, NAMED).map((one) => ({
      time: one.destination.firstSeen,
      line: (
        <LeavingLine key={`left ${destinationKey(one.destination)}`} {...props} leaving={one} />
      ),
    })),
    ...refusals.slice(0, NAMED).map((one, at) => ({
      time: one.conversation.firstSeen,
      line: <RefusalLine key={`refused ${at}`} {...props} refusal={one} />,
    })),
  ].toSorted((a, b) => compareTimes(a.time, b.time));
  const more: readonly ReactNode[] = [
    ...running
      .slice(0, NAMED)
      .map((pod) => <RunningLine key={`runs ${pod.pod}${pod.uid}`} {...props} pod={pod} />),
    calls.length > 2 * NAMED && (
      <Line key="calls" sign="…">
        {formatNoun(calls.length - 2 * NAMED, 'call')} more to the API server, in the pods’ details
      </Line>
    ),
    reaches.length > NAMED && (
      <Line key="hops" sign="→">
        <Link {...caseLink('lateral', caseName, view)}>
          {formatCount(reaches.length - NAMED)} more ways between pods
        </Link>
      </Line>
    ),
    refusals.length > NAMED && (
      <Line key="refusals" sign="✕">
        <Link {...caseLink('conversations', caseName, view, { sort: 'notable' })}>
          {areRefusalsPart && 'at least '}
          {formatCount(refusals.length - NAMED)} more that did not come about
        </Link>
      </Line>
    ),
  ];
  const shown = [...lines.map(({ line }) => line), ...more.filter((line) => line !== false)];
  return (
    <section className={styles.happened} aria-labelledby="happened">
      <div className={styles.happenedScroll}>
        <h2 id="happened" className={styles.happenedTitle}>
          What happened
        </h2>
        {shown.length > 0 && (
          <ul className={styles.reasons} aria-label="What happened">
            {shown}
          </ul>
        )}
        <Note {...props} isEmpty={shown.length === 0} />
      </div>
    </section>
  );
}

/** As ISO texts; without a time last. */
function compareTimes(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a < b ? -1 : Number(a > b);
}

/** What there is to say where a line is missing. */
function Note({
  isGathering,
  isWhole,
  isEmpty,
}: HappeningsProps & {
  readonly isEmpty: boolean;
}) {
  if (isGathering) return <p className={styles.happenedNote}>Gathering what happened…</p>;
  if (!isWhole)
    return (
      <p className={styles.happenedNote}>
        Calls to the API server and ways between pods are told of the whole case, without a filter
        or a range of time.
      </p>
    );
  if (!isEmpty) return null;
  return (
    <p className={styles.happenedNote}>
      Nothing that these logs tell of: no command from outside, no way to another pod, nothing that
      left the cluster by a late process.
    </p>
  );
}

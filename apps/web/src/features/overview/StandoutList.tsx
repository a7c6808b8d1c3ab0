import { markRank, markSign, markWords } from '@forebear/model/words/markWords';
import { nodeWords } from '@forebear/model/words/nodeWords';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { PodItem } from '../../api/answers.ts';
import { baseName, clipEnd, clipMiddle } from '../../kit/clip.ts';
import { formatCount, formatNoun } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { caseLink } from '../../url/links.ts';
import type { View } from '../../url/view.ts';
import { itemLink } from './itemLink.ts';
import styles from './OverviewPage.module.css';
import type { MarkedPods, PodShare, ReportedPods, Standout } from './standout.ts';

const NAMED = 3;

export interface StandoutListProps {
  readonly caseName: string;
  readonly view: View;
  readonly standout: Standout;
}

/** What stands out beside time and place, one reason a line, gravest first: how many, the process to look at, and where. */
export function StandoutList(props: StandoutListProps) {
  const { policies, marks } = props.standout;
  if (marks.length === 0 && policies.length === 0) return null;
  const graver = marks.filter(({ code }) => markRank(code) < markRank('policy_hit'));
  // A line for each policy says more than one for all of them.
  const others = marks.filter(
    (mark) => !graver.includes(mark) && (mark.code !== 'policy_hit' || policies.length === 0),
  );
  return (
    <ul className={styles.reasons} aria-label="Why flagged, beside lateness">
      {graver.map((mark) => (
        <MarkReason key={mark.code} {...props} mark={mark} />
      ))}
      {policies.slice(0, NAMED).map((one) => (
        <Reason key={`policy ${one.policy}`} sign={markSign('policy_hit')}>
          <PolicyWords {...props} reported={one} />
        </Reason>
      ))}
      {policies.length > NAMED && (
        <Reason sign={markSign('policy_hit')}>
          {formatNoun(policies.length - NAMED, 'policy', 'policies')} more with more hits
        </Reason>
      )}
      {others.map((mark) => (
        <MarkReason key={mark.code} {...props} mark={mark} />
      ))}
    </ul>
  );
}

function MarkReason(props: StandoutListProps & { readonly mark: MarkedPods }) {
  return (
    <Reason sign={markSign(props.mark.code)}>
      <MarkWords {...props} />
    </Reason>
  );
}

function Reason({ sign, children }: { readonly sign: string; readonly children: ReactNode }) {
  return (
    <li>
      <span className={styles.reasonSign} aria-hidden="true">
        {sign}
      </span>
      <span>{children}</span>
    </li>
  );
}

/** `1 hit of the agent’s policy tokens: cat 24952 in crawler`; of several pods those with the most hits. */
function PolicyWords(props: StandoutListProps & { readonly reported: ReportedPods }) {
  const { caseName, view, reported } = props;
  const { policy, hits, processes, pods } = reported;
  return (
    <>
      <b>{formatNoun(hits, 'hit')}</b> of the agent’s policy{' '}
      <Link {...caseLink('events', caseName, view, { filter: policy })}>
        <SafeText mono text={policy} shown={clipMiddle(policy, 60)} />
      </Link>
      {processes > 1 && `, of ${formatCount(processes)} processes`}
      {': '}
      {pods.slice(0, NAMED).map(({ pod, count, first }, at) => (
        <span key={first.ref}>
          {at > 0 && ', '}
          <ProcessName {...props} pod={pod} first={first} />
          {first.pid !== null && ` ${first.pid}`} in{' '}
          <Link {...itemLink(pod, caseName, view)}>
            <PodWord pod={pod} />
          </Link>
          {hits > count && ` (${formatCount(count)})`}
        </span>
      ))}
      {pods.length > NAMED && `, and in ${formatCount(pods.length - NAMED)} more`}
    </>
  );
}

function ProcessName({
  caseName,
  view,
  pod,
  first,
}: StandoutListProps & Pick<PodShare, 'pod' | 'first'>) {
  return (
    <Link {...itemLink(pod, caseName, view, { selected: first.ref })} className={styles.reasonName}>
      <SafeText text={first.binary} shown={baseName(first.binary) || 'process'} />
    </Link>
  );
}

/** `1 process rose to root: sandbox-helper --ns … in crawler`; of several processes and pods the first ones. */
function MarkWords(props: StandoutListProps & { readonly mark: MarkedPods }) {
  const { caseName, view, mark } = props;
  const { code, processes, pods } = mark;
  return (
    <>
      <b>{formatNoun(processes, 'process', 'processes')}</b> {markWords(code, processes)}:{' '}
      {pods.slice(0, NAMED).map(({ pod, count, first }, at) => (
        <span key={first.ref}>
          {at > 0 && ', '}
          <ProcessName {...props} pod={pod} first={first} />
          {first.arguments !== '' && (
            <SafeText mono text={first.arguments} shown={` ${clipEnd(first.arguments, 48)}`} />
          )}
          {count > 1 && ` and ${formatCount(count - 1)} more`} in{' '}
          <Link {...itemLink(pod, caseName, view)}>
            <PodWord pod={pod} />
          </Link>
        </span>
      ))}
      {pods.length > NAMED && `, and in ${formatCount(pods.length - NAMED)} more`}
    </>
  );
}

function PodWord({ pod }: { readonly pod: PodItem }) {
  const name = pod.kind === 'host' ? nodeWords(pod.pod) : pod.workload || pod.pod;
  return <SafeText text={pod.pod} shown={clipMiddle(name, 40)} />;
}

import { markSign, markWords } from '@forebear/model/words/markWords';
import { nodeWords } from '@forebear/model/words/nodeWords';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import type { PodItem } from '../../api/answers.ts';
import { policyEventsQuery, sourcesQuery } from '../../api/queries.ts';
import { baseName, clipEnd, clipMiddle } from '../../kit/clip.ts';
import { formatCount, formatNoun } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { caseLink, hostLink, podLink } from '../../url/links.ts';
import { questionOf } from '../../url/question.ts';
import type { View } from '../../url/view.ts';
import { itemLink } from './itemLink.ts';
import styles from './OverviewPage.module.css';
import { countPolicyHits, type HitProcess, mayHavePolicies } from './policyHits.ts';
import type { MarkedPods, Standout } from './standout.ts';

const NAMED = 3;

export interface StandoutListProps {
  readonly caseName: string;
  readonly view: View;
  readonly standout: Standout;
}

/** What stands out beside time and place, one reason a line, gravest first: how many, the process to look at, and where. */
export function StandoutList(props: StandoutListProps) {
  const { caseName, view, standout } = props;
  const sources = useQuery(sourcesQuery(caseName));
  const mayBeNamed = mayHavePolicies(sources.data?.items ?? []);
  const events = useQuery({
    ...policyEventsQuery(caseName, questionOf(view)),
    enabled: mayBeNamed,
  });
  const policies = useMemo(() => countPolicyHits(events.data?.items ?? []), [events.data]);
  const isNamed = policies.length > 0;
  // A line for each policy says more than one for all of them.
  const marks = standout.marks.filter(({ code }) => code !== 'policy_hit' || !isNamed);
  // One line either way: what is found out later must not move what stands below.
  const isTold = isNamed || marks.some(({ code }) => code === 'policy_hit');
  const isLined = mayBeNamed && !isTold;
  if (marks.length === 0 && !isNamed && !isLined) return null;
  // Of a part of the events who has the most hits, and how many have any, cannot be told.
  const isPart = events.data?.isPart === true;
  return (
    <ul className={styles.reasons} aria-label="Why flagged, beside lateness">
      {isLined && (
        <Reason sign="">
          <span className={styles.muted}>{policyLine(events)}</span>
        </Reason>
      )}
      {policies.slice(0, NAMED).map(({ policy, hits, processes }) => (
        <Reason key={`policy ${policy}`} sign={markSign('policy_hit')}>
          <b>
            {isPart && 'at least '}
            {formatNoun(hits, 'hit')}
          </b>{' '}
          of the agent’s policy{' '}
          <Link {...caseLink('events', caseName, view, { filter: policy })}>
            <SafeText mono text={policy} shown={clipMiddle(policy, 60)} />
          </Link>
          {processes.length > 0 && (isPart ? ', the earliest of ' : ': ')}
          {processes.slice(0, NAMED).map((process, at) => (
            <span key={process.ref}>
              {at > 0 && ', '}
              <HitName {...props} process={process} isCounted={!isPart} />
            </span>
          ))}
          {processes.length > NAMED &&
            (isPart
              ? ' and more'
              : ` and ${formatNoun(processes.length - NAMED, 'process', 'processes')} more`)}
        </Reason>
      ))}
      {policies.length > NAMED && (
        <Reason sign={markSign('policy_hit')}>
          {formatNoun(policies.length - NAMED, 'policy', 'policies')} more with fewer hits
        </Reason>
      )}
      {marks.map((mark) => (
        <Reason key={mark.code} sign={markSign(mark.code)}>
          <MarkWords {...props} mark={mark} />
        </Reason>
      ))}
    </ul>
  );
}

/** What is said of policies as long as none is named. */
function policyLine({ isPending, isError }: { isPending: boolean; isError: boolean }): string {
  if (isPending) return 'Looking at policies…';
  return isError ? 'The events of policies could not be loaded' : 'No event here names a policy';
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

function HitName({
  caseName,
  view,
  process,
  isCounted,
}: StandoutListProps & { readonly process: HitProcess; readonly isCounted: boolean }) {
  const { ref, binary, pid, pod, node, hits } = process;
  const linkTo = (patch: { readonly selected?: string }) =>
    pod === null
      ? hostLink({ caseName, node }, view, patch)
      : podLink({ caseName, namespace: pod.namespace, pod: pod.name }, view, patch);
  return (
    <>
      <Link {...linkTo({ selected: ref })} className={styles.reasonName}>
        <SafeText text={binary} shown={baseName(binary)} />
        {pid !== null && ` ${pid}`}
      </Link>{' '}
      in{' '}
      <Link {...linkTo({})}>
        <SafeText text={pod === null ? nodeWords(node) : pod.name} />
      </Link>
      {isCounted && ` (${formatCount(hits)})`}
    </>
  );
}

/** `1 process rose to root: sandbox-helper --ns … in crawler`; of several processes and pods the first ones. */
function MarkWords({ caseName, view, mark }: StandoutListProps & { readonly mark: MarkedPods }) {
  const { code, processes, pods } = mark;
  return (
    <>
      <b>{formatNoun(processes, 'process', 'processes')}</b> {markWords(code, processes)}:{' '}
      {pods.slice(0, NAMED).map(({ pod, count, first }, at) => (
        <span key={first.ref}>
          {at > 0 && ', '}
          <Link
            {...itemLink(pod, caseName, view, { selected: first.ref })}
            className={styles.reasonName}
          >
            <SafeText text={first.binary} shown={baseName(first.binary) || 'process'} />
          </Link>
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

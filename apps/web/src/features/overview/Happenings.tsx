import { authorWords } from '@forebear/model/words/authorWords';
import { nodeWords } from '@forebear/model/words/nodeWords';
import { verdictWords } from '@forebear/model/words/verdictWords';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CallItem, PodItem } from '../../api/answers.ts';
import { baseName, clipEnd, clipMiddle } from '../../kit/clip.ts';
import { formatCount, formatNoun, formatTraffic } from '../../kit/format.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { destinationKey } from '../../url/destinationKey.ts';
import { caseLink, podLink } from '../../url/links.ts';
import type { View } from '../../url/view.ts';
import { callDid, callSign, isRefused } from '../../view/callWords.ts';
import type { Happenings as All, Leaving, Reach, Refusal, RunningPod } from './caseHappenings.ts';
import { itemLink } from './itemLink.ts';
import styles from './OverviewPage.module.css';

const NAMED = 3;

export interface HappeningsProps {
  readonly caseName: string;
  readonly view: View;
  readonly happenings: All;
  /** More may come. */
  readonly isGathering: boolean;
  /** There are more refusals than are counted. */
  readonly areRefusalsPart: boolean;
  /** The whole case is looked at: no filter, no range. */
  readonly isWhole: boolean;
  /** Pods are called by their workloads here, as elsewhere on the page. */
  readonly pods: readonly PodItem[];
}

/** What happened, a line for each thing, each with the way to its place: who came in, where it went, what left, what was refused. */
export function Happenings(props: HappeningsProps) {
  const { calls, reaches, leavings, refusals, running } = props.happenings;
  const lines: readonly ReactNode[] = [
    ...calls
      .slice(0, 2 * NAMED)
      .map((call) => <Call key={`call ${call.auditId}`} {...props} call={call} />),
    calls.length > 2 * NAMED && (
      <Line key="calls" sign="…">
        {formatNoun(calls.length - 2 * NAMED, 'call')} more to the API server, in the pods’ details
      </Line>
    ),
    ...reaches
      .slice(0, NAMED)
      .map((reach) => <ReachLine key={`hop ${reach.hop.from.ref}`} {...props} reach={reach} />),
    reaches.length > NAMED && (
      <Line key="hops" sign="→">
        <Link {...caseLink('lateral', props.caseName, props.view)}>
          {formatCount(reaches.length - NAMED)} more ways between pods
        </Link>
      </Line>
    ),
    ...leavings
      .slice(0, NAMED)
      .map((one) => (
        <LeavingLine key={`left ${destinationKey(one.destination)}`} {...props} leaving={one} />
      )),
    ...refusals
      .slice(0, NAMED)
      .map((one, at) => <RefusalLine key={`refused ${at}`} {...props} refusal={one} />),
    refusals.length > NAMED && (
      <Line key="refusals" sign="✕">
        <Link {...caseLink('conversations', props.caseName, props.view, { sort: 'notable' })}>
          {props.areRefusalsPart && 'at least '}
          {formatCount(refusals.length - NAMED)} more that did not come about
        </Link>
      </Line>
    ),
    ...running
      .slice(0, NAMED)
      .map((pod) => <Running key={`runs ${pod.pod}${pod.uid}`} {...props} pod={pod} />),
  ];
  const shown = lines.filter((line) => line !== false);
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

function Line({ sign, children }: { readonly sign: string; readonly children: ReactNode }) {
  return (
    <li>
      <span className={styles.reasonSign} aria-hidden="true">
        {sign}
      </span>
      <span>{children}</span>
    </li>
  );
}

/** `ci@shop.example (as admin) ran a command: bash, in checkout`. */
function Call(props: HappeningsProps & { readonly call: CallItem }) {
  const { caseName, view, call } = props;
  const { process } = call;
  const pod = call.target ?? call.caller;
  const place = process === null ? pod : { namespace: process.namespace, name: process.pod };
  const did = <SafeText text={callDid(call)} shown={clipEnd(callDid(call), 80)} />;
  const selected = process === null ? {} : { selected: process.ref };
  return (
    <Line sign={callSign([call])}>
      <b>
        <SafeText text={authorWords(call)} />
      </b>{' '}
      {place === null ? (
        did
      ) : (
        <>
          <Link
            {...podLink({ caseName, namespace: place.namespace, pod: place.name }, view, selected)}
          >
            {did}
          </Link>
          {', in '}
          <PodName {...props} namespace={place.namespace} name={place.name} />
        </>
      )}
      {isRefused(call) && ` (${call.mark === 'refused' ? '' : 'refused, '}${call.code})`}
    </Line>
  );
}

/** `curl in checkout reached java in search, port 9200: 1.9 KiB there, 2.96 MiB back`. */
function ReachLine(props: HappeningsProps & { readonly reach: Reach }) {
  const { caseName, view, reach } = props;
  const { from, to, port, bytesSent, bytesReceived, confidence } = reach.hop;
  const trail = [{ namespace: from.namespace, pod: from.pod, ref: from.ref }];
  return (
    <Line sign="→">
      <b>
        <Link
          {...podLink({ caseName, namespace: from.namespace, pod: from.pod }, view, {
            selected: from.ref,
          })}
        >
          <SafeText text={from.binary} shown={baseName(from.binary)} />
        </Link>
      </b>
      {' in '}
      <PodName {...props} namespace={from.namespace} name={from.pod} />
      {' reached '}
      <Link
        {...podLink({ caseName, namespace: to.namespace, pod: to.pod }, view, {
          selected: to.ref,
          trail,
        })}
      >
        <SafeText text={to.binary} shown={baseName(to.binary)} />
      </Link>
      {' in '}
      <PodName {...props} namespace={to.namespace} name={to.pod} />
      {`, port ${port}`}
      {bytesSent !== null && bytesReceived !== null
        ? `: ${formatTraffic(bytesSent)} there, ${formatTraffic(bytesReceived)} back`
        : ''}
      {reach.count > 1 && `, first of ${formatCount(reach.count)}`}
      {confidence !== 'certain' && ` (${confidence})`}
    </Line>
  );
}

/** `2.97 MiB left to x.example:8443, by curl in checkout`. */
function LeavingLine(props: HappeningsProps & { readonly leaving: Leaving }) {
  const { caseName, view, leaving } = props;
  const { destination, caller, bytes } = leaving;
  return (
    <Line sign="⊙">
      <b>{formatTraffic(String(bytes))}</b>
      {' left to '}
      <Link
        {...caseLink('destinations', caseName, view, { selected: destinationKey(destination) })}
      >
        <SafeText text={destination.name ?? destination.ip} />:{destination.port}
      </Link>
      {', by '}
      <Link
        {...podLink({ caseName, namespace: caller.namespace, pod: caller.pod }, view, {
          selected: caller.ref,
        })}
      >
        <SafeText text={caller.binary} shown={baseName(caller.binary)} />
      </Link>
      {' in '}
      <PodName {...props} namespace={caller.namespace} name={caller.pod} />
    </Line>
  );
}

/** `.x in checkout was refused 198.51.100.66:4444: dropped by the network`. */
function RefusalLine(props: HappeningsProps & { readonly refusal: Refusal }) {
  const { caseName, view, refusal } = props;
  const { client, server, verdict, verdictReason } = refusal.conversation;
  const name = client.binary === null ? 'somebody' : baseName(client.binary);
  const to = `${server.name ?? server.ip}:${server.port}`;
  return (
    <Line sign="✕">
      <b>
        {client.pod === null || client.ref === null ? (
          <SafeText text={name} />
        ) : (
          <Link
            {...podLink({ caseName, namespace: client.namespace ?? '', pod: client.pod }, view, {
              selected: client.ref,
            })}
          >
            <SafeText text={name} />
          </Link>
        )}
      </b>
      {client.pod !== null && (
        <>
          {' in '}
          <PodName {...props} namespace={client.namespace ?? ''} name={client.pod} />
        </>
      )}
      {' did not reach '}
      <Link {...caseLink('conversations', caseName, view, { sort: 'notable' })}>
        <SafeText text={to} />
      </Link>
      {`: ${verdictWords(verdict)}`}
      {verdictReason !== '' && (
        <>
          {' ('}
          <SafeText text={verdictReason} shown={clipEnd(verdictReason, 60)} />)
        </>
      )}
      {refusal.count > 1 && `, ${formatNoun(refusal.count, 'time')}`}
    </Line>
  );
}

/** `.x --quiet still ran when the log ended, in checkout`. */
function Running(props: HappeningsProps & { readonly pod: RunningPod }) {
  const { caseName, view, pod } = props;
  const { first, processes } = pod.stillRuns;
  return (
    <Line sign="▸">
      <b>
        <Link {...itemLink(pod, caseName, view, { selected: first.ref })}>
          <SafeText text={first.binary} shown={baseName(first.binary) || 'process'} />
        </Link>
      </b>
      {first.arguments !== '' && (
        <SafeText mono text={first.arguments} shown={` ${clipEnd(first.arguments, 48)}`} />
      )}
      {processes > 1 && ` and ${formatCount(processes - 1)} more`}
      {' still ran when the log ended, in '}
      <PodName {...props} namespace={pod.namespace} name={pod.pod} />
    </Line>
  );
}

/** A pod by its workload, where the table has it, with the way to its tree. */
function PodName(props: HappeningsProps & { readonly namespace: string; readonly name: string }) {
  const { caseName, view, pods, namespace, name } = props;
  if (name === '') return <>a host</>;
  const item = pods.find((pod) => pod.pod === name && pod.namespace === namespace);
  const words = item === undefined || item.workload === '' ? nodeWords(name) : item.workload;
  return (
    <Link {...podLink({ caseName, namespace, pod: name }, view)}>
      <SafeText text={name} shown={clipMiddle(words, 40)} />
    </Link>
  );
}

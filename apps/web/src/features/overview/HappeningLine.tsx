import { authorWords } from '@forebear/model/words/authorWords';
import { callerPlaceWords } from '@forebear/model/words/callerWords';
import { nodeWords } from '@forebear/model/words/nodeWords';
import { verdictWords } from '@forebear/model/words/verdictWords';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CallItem, PodItem } from '../../api/answers.ts';
import { baseName, clipEnd, clipMiddle } from '../../kit/clip.ts';
import { formatCount, formatNoun, formatTraffic } from '../../kit/format.ts';
import type { Zone } from '../../kit/formatTime.ts';
import { SafeText } from '../../kit/SafeText.tsx';
import { TimeText } from '../../kit/TimeText.tsx';
import { destinationKey } from '../../url/destinationKey.ts';
import { caseLink, podLink } from '../../url/links.ts';
import type { View } from '../../url/view.ts';
import { callDid, callSign, isRefused } from '../../view/callWords.ts';
import type { Leaving, Reach, Refusal, RunningPod } from './caseHappenings.ts';
import { itemLink } from './itemLink.ts';
import styles from './OverviewPage.module.css';

/** Where a line stands. */
export interface HappeningPlace {
  readonly caseName: string;
  readonly view: View;
  /** Pods are called by their workloads here, as elsewhere on the page. */
  readonly pods: readonly PodItem[];
}

/** `13:09:59 ❯ …`. */
export function Line({
  sign,
  time = null,
  zone = 'utc',
  children,
}: {
  readonly sign: string;
  readonly time?: string | null;
  readonly zone?: Zone;
  readonly children: ReactNode;
}) {
  return (
    <li>
      <span className={styles.reasonSign} aria-hidden="true">
        {sign}
      </span>
      <span>
        {time !== null && (
          <>
            <TimeText time={time} zone={zone} digits="s" />{' '}
          </>
        )}
        {children}
      </span>
    </li>
  );
}

/** `ci@shop.example (as admin) ran a command: bash, in checkout`. */
export function CallLine(props: HappeningPlace & { readonly call: CallItem }) {
  const { caseName, view, call } = props;
  const process = call.process ?? call.madeBy;
  const pod = call.target ?? call.caller;
  const place = process === null ? pod : { namespace: process.namespace, name: process.pod };
  const did = <SafeText text={callDid(call)} shown={clipEnd(callDid(call), 80)} />;
  const selected = process === null ? {} : { selected: process.ref };
  return (
    <Line sign={callSign([call])} time={call.time} zone={view.zone}>
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
      {isEntry(call) && call.sourceIps.length > 0 && (
        <>
          {', from '}
          <SafeText
            mono
            text={call.sourceIps.join(', ')}
            shown={clipEnd(call.sourceIps.join(', '), 80)}
          />
        </>
      )}
      {isRefused(call) && ` (${call.mark === 'refused' ? '' : 'refused, '}${call.code})`}
    </Line>
  );
}

/** Somebody came in: from where is half of the answer. */
function isEntry({ mark }: CallItem): boolean {
  return ['exec', 'attach', 'port_forward', 'ephemeral_container'].includes(mark);
}

/** `curl in checkout reached java in search, port 9200: 1.9 KiB there, 2.96 MiB back`. */
export function ReachLine(props: HappeningPlace & { readonly reach: Reach }) {
  const { caseName, view, reach } = props;
  const { from, to, port, bytesSent, bytesReceived, confidence } = reach.hop;
  const trail = [{ namespace: from.namespace, pod: from.pod, ref: from.ref }];
  return (
    <Line sign="→" time={reach.hop.firstSeen} zone={view.zone}>
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
export function LeavingLine(props: HappeningPlace & { readonly leaving: Leaving }) {
  const { caseName, view, leaving } = props;
  const { destination, caller, bytes, senders } = leaving;
  return (
    <Line sign="⊙" time={destination.firstSeen} zone={view.zone}>
      <b>{formatTraffic(String(bytes))}</b>
      {' left to '}
      <Link
        {...caseLink('destinations', caseName, view, { selected: destinationKey(destination) })}
      >
        <SafeText text={destination.name ?? destination.ip} />:{destination.port}
      </Link>
      {caller.ref === null ? (
        ', from '
      ) : (
        <>
          {', by '}
          <Link
            {...podLink({ caseName, namespace: caller.namespace, pod: caller.pod }, view, {
              selected: caller.ref,
            })}
          >
            <SafeText text={caller.binary} shown={baseName(caller.binary)} />
          </Link>
          {' in '}
        </>
      )}
      {caller.ref === null && caller.pod === '' ? (
        <SafeText text={callerPlaceWords(caller)} />
      ) : (
        <PodName {...props} namespace={caller.namespace} name={caller.pod} />
      )}
      {caller.ref === null && ' (no process known)'}
      {senders > 1 && ` and ${formatNoun(senders - 1, 'process', 'processes')} more`}
    </Line>
  );
}

/** `.x in checkout was refused 198.51.100.66:4444: dropped by the network`. */
export function RefusalLine(props: HappeningPlace & { readonly refusal: Refusal }) {
  const { caseName, view, refusal } = props;
  const { client, server, verdict, verdictReason } = refusal.conversation;
  const name = client.binary === null ? 'somebody' : baseName(client.binary);
  const to = `${server.name ?? server.ip}:${server.port}`;
  return (
    <Line sign="✕" time={refusal.conversation.firstSeen} zone={view.zone}>
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
export function RunningLine(props: HappeningPlace & { readonly pod: RunningPod }) {
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
function PodName(props: HappeningPlace & { readonly namespace: string; readonly name: string }) {
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

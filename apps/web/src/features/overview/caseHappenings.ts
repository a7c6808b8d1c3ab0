import { standsOut } from '@forebear/model/answer/standing';
import { isHindered } from '@forebear/model/words/verdictWords';
import type {
  CallItem,
  ConversationItem,
  DestinationItem,
  HopItem,
  PodItem,
} from '../../api/answers.ts';

/** What is known of a case beside its pods; what has not come yet is empty. */
export interface CaseAnswers {
  readonly pods: readonly PodItem[];
  readonly calls: readonly CallItem[];
  readonly destinations: readonly DestinationItem[];
  readonly hops: readonly HopItem[];
  readonly conversations: readonly ConversationItem[];
}

/** Bytes that one destination outside got from processes that stand out. */
export interface Leaving {
  readonly destination: DestinationItem;
  /** Who sent most of them. */
  readonly caller: DestinationItem['processes'][number];
  readonly bytes: number;
  /** How many sent any. */
  readonly senders: number;
}

/** Hops of one binary of a pod into one other pod, from processes that stand out. */
export interface Reach {
  readonly hop: HopItem;
  readonly count: number;
}

/** Connections of one end to one other that did not come about, and by what judgement. */
export interface Refusal {
  readonly conversation: ConversationItem;
  readonly count: number;
}

/** A pod in which something grave still ran when the log ended. */
export type RunningPod = PodItem & { readonly stillRuns: NonNullable<PodItem['stillRuns']> };

/** What happened in a case, by what it was; each kind in the order of its weight. */
export interface Happenings {
  /** Through the API server: who came in, what was read, what was changed. */
  readonly calls: readonly CallItem[];
  readonly reaches: readonly Reach[];
  readonly leavings: readonly Leaving[];
  readonly refusals: readonly Refusal[];
  readonly running: readonly RunningPod[];
}

/** Calls that tell of somebody coming in or of rights and secrets; that a pod was created is said by its page. */
const grave: readonly CallItem['mark'][] = [
  'exec',
  'attach',
  'ephemeral_container',
  'port_forward',
  'secret_read',
  'rbac_changed',
  'refused',
];

export function happeningsOf(answers: CaseAnswers): Happenings {
  const { pods, calls, destinations, hops, conversations } = answers;
  return {
    calls: grave.flatMap((mark) => calls.filter((call) => call.mark === mark)),
    reaches: reachesOf(hops),
    leavings: leavingsOf(destinations),
    refusals: refusalsOf(conversations),
    running: pods.flatMap((pod) =>
      pod.stillRuns === null ? [] : [{ ...pod, stillRuns: pod.stillRuns }],
    ),
  };
}

/** One for each way from pod to pod, in order of time. */
function reachesOf(hops: readonly HopItem[]): readonly Reach[] {
  const found = new Map<string, { readonly hop: HopItem; count: number }>();
  for (const hop of hops) {
    const { from, to, port } = hop;
    if (!standsOut(from)) continue;
    const key = JSON.stringify([from.namespace, from.pod, from.binary, to.namespace, to.pod, port]);
    const known = found.get(key);
    if (known === undefined) found.set(key, { hop, count: 1 });
    else known.count += 1;
  }
  return [...found.values()];
}

/** The most bytes first. */
function leavingsOf(destinations: readonly DestinationItem[]): readonly Leaving[] {
  return destinations
    .flatMap((destination): Leaving[] => {
      if (!destination.external) return [];
      // Of whom no process is known nobody can say that it was late: what left is told all the same.
      const loud = destination.processes.filter((one) => one.ref === null || standsOut(one));
      const caller = loud.toSorted((a, b) => sentBy(b) - sentBy(a))[0];
      const bytes = loud.reduce((sum, one) => sum + sentBy(one), 0);
      const senders = loud.filter((one) => sentBy(one) > 0).length;
      return caller === undefined || bytes === 0 ? [] : [{ destination, caller, bytes, senders }];
    })
    .toSorted((a, b) => b.bytes - a.bytes);
}

function sentBy({ bytesSent }: DestinationItem['processes'][number]): number {
  return Number(bytesSent ?? 0);
}

/** Of ends that stand out first, then most often. */
function refusalsOf(conversations: readonly ConversationItem[]): readonly Refusal[] {
  const found = new Map<string, { readonly conversation: ConversationItem; count: number }>();
  for (const conversation of conversations) {
    const { client, server, verdict } = conversation;
    if (!isHindered(verdict)) continue;
    const key = JSON.stringify([
      client.ref,
      client.pod,
      client.ip,
      server.ip,
      server.port,
      verdict,
    ]);
    const known = found.get(key);
    if (known === undefined) found.set(key, { conversation, count: 1 });
    else known.count += 1;
  }
  const isLoud = ({ conversation: { client } }: Refusal) => Number(standsOut(client));
  return [...found.values()].toSorted((a, b) => isLoud(b) - isLoud(a) || b.count - a.count);
}

import { markOf } from '../../event/auditMark.ts';
import type { AuditFact } from '../../event/facts.ts';
import type { Nanos } from '../../event/time.ts';
import type { PodNames } from '../loose/places.ts';
import type { PodAddresses } from '../loose/podAddresses.ts';
import { compareAbsentLast, compareText, earlier, later } from '../order.ts';
import { type Call, serviceAccountOf } from './call.ts';

type Caller = Pick<Call, 'caller' | 'callerBy'>;

const nobody: Caller = { caller: undefined, callerBy: undefined };

/** Calls that were served and are worth a mark, and those that pods made, served or not; in order of time. */
export function callsOf(
  audits: readonly AuditFact[],
  pods: PodNames,
  addresses: PodAddresses,
): Call[] {
  const stages = new Map<string, AuditFact[]>();
  for (const audit of audits) {
    const isMarked = markOf(audit) !== undefined;
    if (!isMarked && callerOf(audit, pods, addresses).caller === undefined) continue;
    const key = `${audit.cluster}\0${audit.auditId}\0${audit.auditId === '' ? (audit.time ?? '') : ''}`;
    const known = stages.get(key);
    if (known === undefined) stages.set(key, [audit]);
    else known.push(audit);
  }
  return [...stages.values()]
    .flatMap((each) => callOf(each, pods, addresses) ?? [])
    .sort(compareCalls);
}

/**
 * By service account: the pods that are known to have called as it. What else it called, one of them may have called.
 */
export function podsOfAccounts(calls: readonly Call[]): ReadonlyMap<string, ReadonlySet<number>> {
  const pods = new Map<string, Set<number>>();
  for (const { audit, caller } of calls) {
    const account = serviceAccountOf(audit);
    if (account === undefined || caller === undefined) continue;
    const key = `${audit.cluster}\0${account}`;
    const known = pods.get(key);
    if (known === undefined) pods.set(key, new Set([caller]));
    else known.add(caller);
  }
  return pods;
}

/** The pods that may have made a call of which only the service account is known, in their order. */
export function accountPodsOf(
  call: Call,
  accounts: ReadonlyMap<string, ReadonlySet<number>>,
): readonly number[] {
  const account = serviceAccountOf(call.audit);
  if (account === undefined || call.caller !== undefined) return [];
  const pods = accounts.get(`${call.audit.cluster}\0${account}`) ?? [];
  return [...pods].sort((a, b) => a - b);
}

function callOf(
  told: readonly AuditFact[],
  pods: PodNames,
  addresses: PodAddresses,
): Call | undefined {
  const marked = told.filter((stage) => markOf(stage) !== undefined);
  const stages = marked.length > 0 ? marked : told;
  const [audit] = [...stages].sort(compareStages);
  if (audit === undefined) return undefined;
  let received: Nanos | undefined;
  let ended: Nanos | undefined;
  for (const stage of stages) {
    received = earlier(received, stage.received ?? stage.time);
    if (stage.stage === 'ResponseComplete') ended = later(ended, stage.time);
  }
  const { cluster, resource, namespace, name } = audit;
  return {
    mark: markOf(audit),
    audit,
    received,
    ended,
    target: resource === 'pods' ? podOf(cluster, namespace, name, pods) : undefined,
    ...callerOf(audit, pods, addresses),
  };
}

/**
 * The pod that a token is bound to, else the one that has the address from which the call came: the last of its addresses, because
 * those before it are what proxies, or the caller, say.
 */
function callerOf(
  { cluster, callerNamespace, callerPod, sourceIps }: AuditFact,
  pods: PodNames,
  addresses: PodAddresses,
): Caller {
  const bound = podOf(cluster, callerNamespace, callerPod, pods);
  if (bound !== undefined) return { caller: bound, callerBy: 'token' };
  if (callerPod !== '') return nobody;
  const caller = addresses.podOf(cluster, sourceIps.at(-1) ?? '');
  return caller === undefined ? nobody : { caller, callerBy: 'address' };
}

function podOf(
  cluster: string,
  namespace: string,
  name: string,
  pods: PodNames,
): number | undefined {
  return name === '' ? undefined : pods.find(cluster, namespace, name);
}

/** The latest first. */
function compareStages(a: AuditFact, b: AuditFact): number {
  return (
    compareAbsentLast(b.time, a.time) ||
    compareText(b.stage, a.stage) ||
    b.code - a.code ||
    compareText(a.process, b.process)
  );
}

function compareCalls(a: Call, b: Call): number {
  return (
    compareAbsentLast(a.received, b.received) ||
    compareText(a.audit.auditId, b.audit.auditId) ||
    compareText(a.audit.cluster, b.audit.cluster)
  );
}

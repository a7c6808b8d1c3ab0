import { markOf } from '../../event/auditMark.ts';
import type { AuditFact } from '../../event/facts.ts';
import type { Nanos } from '../../event/time.ts';
import type { PodNames } from '../loose/places.ts';
import { compareAbsentLast, compareText, earlier, later } from '../order.ts';
import type { Call } from './call.ts';

/** Calls that were served, in order of time. */
export function callsOf(audits: readonly AuditFact[], pods: PodNames): Call[] {
  const stages = new Map<string, AuditFact[]>();
  for (const audit of audits) {
    if (markOf(audit) === undefined) continue;
    const key = `${audit.cluster}\0${audit.auditId}\0${audit.auditId === '' ? (audit.time ?? '') : ''}`;
    const known = stages.get(key);
    if (known === undefined) stages.set(key, [audit]);
    else known.push(audit);
  }
  return [...stages.values()].flatMap((each) => callOf(each, pods) ?? []).sort(compareCalls);
}

function callOf(stages: readonly AuditFact[], pods: PodNames): Call | undefined {
  const [audit] = [...stages].sort(compareStages);
  const mark = audit === undefined ? undefined : markOf(audit);
  if (audit === undefined || mark === undefined) return undefined;
  let received: Nanos | undefined;
  let ended: Nanos | undefined;
  for (const stage of stages) {
    received = earlier(received, stage.received ?? stage.time);
    if (stage.stage === 'ResponseComplete') ended = later(ended, stage.time);
  }
  const { cluster, resource, namespace, name, callerNamespace, callerPod } = audit;
  return {
    mark,
    audit,
    received,
    ended,
    target: resource === 'pods' ? podOf(cluster, namespace, name, pods) : undefined,
    caller: podOf(cluster, callerNamespace, callerPod, pods),
  };
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

import { isForbidden } from '../event/auditMark.ts';
import type { Nanos } from '../event/time.ts';
import type { Derived, DerivedCall } from '../graph/derived.ts';
import type { CallItem } from '../wire/calls.ts';
import type { ApiCall } from '../wire/judgements.ts';
import { processName } from './processName.ts';
import { timeTextOf } from './timeText.ts';

/** Which calls are asked for; nothing: all. */
export interface CallScope {
  /** Of one pod: what was called about it, and what it called itself, or may have where only its service account is known. */
  readonly namespace?: string;
  readonly pod?: string;
  /** [from, to); a call without a time is in no range. */
  readonly from?: Nanos;
  readonly to?: Nanos;
}

/** The calls of the scope, in order of time. */
export function callItems(derived: Derived, scope: CallScope): CallItem[] {
  return derived.calls.flatMap((call) => {
    const mark = shownAs(call);
    return mark !== undefined && isAsked(derived, call, scope) ? [itemOf(derived, call, mark)] : [];
  });
}

/** The calls that a process made, served or not, worth a mark or not; in order of time. */
export function apiCallsOf(derived: Derived, process: number): ApiCall[] {
  return derived.calls.flatMap(({ madeBy, audit, received }) => {
    if (madeBy !== process) return [];
    const { auditId, verb, resource, subresource, namespace, name } = audit;
    const { user, userAgent, decision, code } = audit;
    return [
      {
        auditId,
        time: timeTextOf(received),
        verb,
        resource: subresource === '' ? resource : `${resource}/${subresource}`,
        namespace,
        name,
        user,
        userAgent,
        decision,
        code,
      },
    ];
  });
}

/** What a pod was forbidden is worth a mark as well; its other calls are those of its processes. */
function shownAs({ mark, audit }: DerivedCall): CallItem['mark'] | undefined {
  if (mark !== undefined) return mark;
  return isForbidden(audit) ? 'refused' : undefined;
}

function isAsked(
  derived: Derived,
  { received, audit, target, caller, accountPods }: DerivedCall,
  { namespace, pod, from, to }: CallScope,
): boolean {
  if (from !== undefined && (received === undefined || received < from)) return false;
  if (to !== undefined && (received === undefined || received >= to)) return false;
  if (pod === undefined) return namespace === undefined || audit.namespace === namespace;
  return [target, caller, ...accountPods].some((index) => {
    const fact = derived.pods[index ?? -1]?.fact;
    return fact?.name === pod && (namespace === undefined || fact.namespace === namespace);
  });
}

function itemOf(derived: Derived, call: DerivedCall, mark: CallItem['mark']): CallItem {
  const { audit, received, ended, process, madeBy } = call;
  const { auditId, user, impersonating, userAgent, verb, resource, subresource } = audit;
  const { namespace, name, decision, code, container } = audit;
  return {
    mark,
    auditId,
    time: timeTextOf(received),
    ended: timeTextOf(ended),
    user,
    impersonating,
    sourceIps: [...audit.sourceIps],
    userAgent,
    verb,
    resource,
    subresource,
    namespace,
    name,
    decision,
    code,
    container,
    command: [...audit.command],
    target: podName(derived, call.target),
    caller: podName(derived, call.caller),
    callerBy: call.callerBy ?? (call.accountPods.length > 0 ? 'service_account' : null),
    madeBy: madeBy === undefined ? null : (processName(derived, madeBy) ?? null),
    makers: call.makers,
    process: process === undefined ? null : (processName(derived, process) ?? null),
  };
}

function podName(derived: Derived, index: number | undefined): CallItem['target'] {
  const fact = derived.pods[index ?? -1]?.fact;
  return fact === undefined ? null : { namespace: fact.namespace, name: fact.name };
}

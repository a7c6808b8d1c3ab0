import type { Nanos } from '../event/time.ts';
import type { Derived, DerivedCall } from '../graph/derived.ts';
import type { CallItem } from '../wire/calls.ts';
import { processName } from './processName.ts';
import { timeTextOf } from './timeText.ts';

/** Which calls are asked for; nothing: all. */
export interface CallScope {
  /**
   * Of one pod: what was called about it, what it called itself, and what changed rights or read secrets in its namespace or for the
   * whole cluster.
   */
  readonly namespace?: string;
  readonly pod?: string;
  /** [from, to); a call without a time is in no range. */
  readonly from?: Nanos;
  readonly to?: Nanos;
}

/** The calls of the scope, in order of time. */
export function callItems(derived: Derived, scope: CallScope): CallItem[] {
  return derived.calls
    .filter((call) => isAsked(derived, call, scope))
    .map((call) => itemOf(derived, call));
}

function isAsked(
  derived: Derived,
  call: DerivedCall,
  { namespace, pod, from, to }: CallScope,
): boolean {
  const { received, audit, target, caller, mark } = call;
  if (from !== undefined && (received === undefined || received < from)) return false;
  if (to !== undefined && (received === undefined || received >= to)) return false;
  if (pod === undefined) return namespace === undefined || audit.namespace === namespace;
  const isOwn = [target, caller].some((index) => {
    const fact = derived.pods[index ?? -1]?.fact;
    return fact?.name === pod && (namespace === undefined || fact.namespace === namespace);
  });
  if (isOwn) return true;
  if (mark !== 'rbac_changed' && mark !== 'secret_read') return false;
  return audit.namespace === '' || audit.namespace === namespace;
}

function itemOf(derived: Derived, call: DerivedCall): CallItem {
  const { mark, audit, received, ended, process } = call;
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
    process: process === undefined ? null : (processName(derived, process) ?? null),
  };
}

function podName(derived: Derived, index: number | undefined): CallItem['target'] {
  const fact = derived.pods[index ?? -1]?.fact;
  return fact === undefined ? null : { namespace: fact.namespace, name: fact.name };
}

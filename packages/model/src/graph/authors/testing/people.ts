import type { AuditFact } from '../../../event/facts.ts';
import { type Nanos, nanos } from '../../../event/time.ts';
import type { Injected } from '../authors.ts';
import type { Call } from '../call.ts';

function at(seconds: number): Nanos {
  return nanos(BigInt(Math.round(seconds * 1000)) * 1_000_000n);
}

/** A `kubectl exec` into the container `web` of the first pod, so many seconds after the epoch. */
export function execCall(user: string, seconds: number, command: readonly string[] = ['sh']): Call {
  const audit: AuditFact = {
    process: '',
    cluster: '',
    node: '',
    time: at(seconds),
    auditId: user,
    stage: 'ResponseStarted',
    verb: 'create',
    user,
    groups: [],
    impersonating: '',
    sourceIps: [],
    userAgent: '',
    resource: 'pods',
    subresource: 'exec',
    apiGroup: '',
    namespace: 'shop',
    name: 'web',
    decision: 'allow',
    code: 101,
    container: 'web',
    command,
    received: at(seconds),
    callerNamespace: '',
    callerPod: '',
  };
  return {
    mark: 'exec',
    audit,
    received: at(seconds),
    ended: undefined,
    target: 0,
    caller: undefined,
    callerBy: undefined,
  };
}

/** A shell in that pod. */
export function shellAt(card: number, seconds: number, container = 'web'): Injected {
  return {
    card,
    pod: 0,
    container,
    start: at(seconds),
    images: [{ binary: '/bin/bash', arguments: '' }],
  };
}

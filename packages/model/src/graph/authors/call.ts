import type { AuditMark } from '../../event/auditMark.ts';
import type { AuditFact } from '../../event/facts.ts';
import type { Nanos } from '../../event/time.ts';

/** A call to the API server that is worth a mark on a timeline, or that a pod made; its stages are one. */
export interface Call {
  /** Undefined: none, a pod made it. */
  readonly mark: AuditMark | undefined;
  /** The latest stage. */
  readonly audit: AuditFact;
  /** When it came in. */
  readonly received: Nanos | undefined;
  /** When it was over, as far as the log tells. */
  readonly ended: Nanos | undefined;
  /** Indexes into `Derived.pods`; undefined: not known. */
  readonly target: number | undefined;
  /** The pod that made it. */
  readonly caller: number | undefined;
  /** How that is known: the token is bound to the pod, or the connection came from its address; undefined: it is not. */
  readonly callerBy: 'token' | 'address' | undefined;
}

/** The service account that made a call; undefined: somebody else. */
export function serviceAccountOf({ user }: AuditFact): string | undefined {
  return user.startsWith('system:serviceaccount:') ? user : undefined;
}

import { z } from 'zod';
import { listOf, markedProcess, timeText } from './primitives.ts';

const namedPod = z.object({ namespace: z.string(), name: z.string() });

/** A call to the Kubernetes API that is worth a mark on a timeline; its stages are one. Empty texts: not told. */
export const callItem = z.object({
  /** Why it is worth one. */
  mark: z.enum([
    'pod_created',
    'rbac_changed',
    'secret_read',
    'exec',
    'attach',
    'port_forward',
    'ephemeral_container',
    // A call of a pod that the API server forbade, whatever it asked for.
    'refused',
  ]),
  auditId: z.string(),
  /** When it came in; null: no time in the log. */
  time: timeText.nullable(),
  /** When a session was over. */
  ended: timeText.nullable(),
  user: z.string(),
  /** Whom `user` claimed to be. */
  impersonating: z.string(),
  sourceIps: z.array(z.string()),
  userAgent: z.string(),
  verb: z.string(),
  resource: z.string(),
  subresource: z.string(),
  namespace: z.string(),
  name: z.string(),
  decision: z.string(),
  /** Status of the response; 0: none yet. */
  code: z.number().int(),
  container: z.string(),
  command: z.array(z.string()),
  /** The pod that was called about, when the case knows it. */
  target: namedPod.nullable(),
  /** The pod that called. */
  caller: namedPod.nullable(),
  /**
   * How that is known: its token is bound to the pod, or it came from the pod's address. `service_account`: a pod of the account
   * `user` did, which of several is not known; null: no pod that is known.
   */
  callerBy: z.enum(['token', 'address', 'service_account']).nullable(),
  /** The process that made it; null: none that is known, or several fit. */
  madeBy: markedProcess.nullable(),
  /** How many processes of the caller may have made it. */
  makers: z.number().int(),
  /** The process that it started. */
  process: markedProcess.nullable(),
});
export type CallItem = z.infer<typeof callItem>;
export const callsAnswer = listOf(callItem);
export type CallsAnswer = z.infer<typeof callsAnswer>;

import { z } from 'zod';
import {
  connectionBytes,
  hopConfidence,
  listOf,
  markedProcess,
  scope,
  timeText,
} from './primitives.ts';

export const destinationItem = z.object({
  name: z.string().nullable(),
  nameEvidence: z.string(),
  ip: z.string(),
  port: z.number().int(),
  protocol: z.string(),
  scope,
  external: z.boolean(),
  randomName: z.boolean(),
  randomDetail: z.string(),
  connections: z.number().int(),
  bytesSent: connectionBytes,
  bytesReceived: connectionBytes,
  firstSeen: timeText.nullable(),
  lastSeen: timeText.nullable(),
  /** The gravest judgement of any of its connections (`DROPPED`), and why, as the agent says it; empty: nobody judged them. */
  verdict: z.string(),
  verdictReason: z.string(),
  /** Its connections by what was judged of them, gravest first; those of which nothing was are in none. */
  verdicts: z.array(z.object({ verdict: z.string(), count: z.number().int() })),
  /** All callers, first call first: processes, and pods, addresses and nodes of whose calls no process is known. */
  processes: z.array(
    markedProcess.extend({
      /** Null: no process is known; `binary` is empty then, and the pod, else `place`, is who called. */
      ref: z.string().nullable(),
      /** Where no process and no pod is known: the address that called, else the node. Empty: else, or nobody tells. */
      place: z.string(),
      container: z.object({ id: z.string(), name: z.string(), docker: z.string() }).nullable(),
      firstSeen: timeText.nullable(),
      /** This caller's part of the sums above. */
      connections: z.number().int(),
      bytesSent: connectionBytes,
      bytesReceived: connectionBytes,
    }),
  ),
});
export type DestinationItem = z.infer<typeof destinationItem>;
export const destinationsAnswer = listOf(destinationItem);
export type DestinationsAnswer = z.infer<typeof destinationsAnswer>;

/** One end of a hop, and what stands out about it. */
const hopEnd = markedProcess.extend({ lateByMs: z.number().nullable() });

export const hopItem = z.object({
  from: hopEnd,
  to: hopEnd,
  port: z.number().int(),
  protocol: z.string(),
  firstSeen: timeText.nullable(),
  lastSeen: timeText.nullable(),
  bytesSent: connectionBytes,
  bytesReceived: connectionBytes,
  evidence: z.string(),
  confidence: hopConfidence,
});
export type HopItem = z.infer<typeof hopItem>;
export const lateralAnswer = listOf(hopItem);
export type LateralAnswer = z.infer<typeof lateralAnswer>;

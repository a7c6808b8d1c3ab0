import { z } from 'zod';
import {
  connectionBytes,
  direction,
  hopConfidence,
  markedProcess,
  scope,
  timeText,
} from './primitives.ts';

const wireFailures = z.array(
  z.object({ rcode: z.number().int(), name: z.string(), count: z.number().int() }),
);

/** Lookups of one name, or of several below one parent, by one process. */
export const wireLookup = z.object({
  /** The name that was asked; of several the registrable parent, and `distinct` of them below it. */
  name: z.string(),
  /** The first 8 of the names, `nameCount` in all. */
  names: z.array(z.string()),
  nameCount: z.number().int(),
  /** 0: only tries with search suffixes. */
  count: z.number().int(),
  distinct: z.number().int(),
  decodedBytes: z.number().int(),
  failed: z.number().int(),
  /** What `failed` counts, by the code of the answer and its name: `NXDOMAIN`. */
  failures: wireFailures,
  /** Tries with search suffixes, and what came of them; in no other count. */
  tries: z.number().int(),
  triesFailed: wireFailures,
  /** The addresses that were answered: the first 8 of them, `addressCount` in all. */
  addresses: z.array(z.string()),
  addressCount: z.number().int(),
  resolver: z.string(),
});

/** What a process did with one remote. */
export const wireConnection = z.object({
  name: z.string().nullable(),
  nameEvidence: z.string(),
  nameDetail: z.string(),
  otherNames: z.array(z.string()),
  ip: z.string(),
  port: z.number().int(),
  protocol: z.string(),
  direction,
  scope,
  external: z.boolean(),
  randomName: z.boolean(),
  randomDetail: z.string(),
  count: z.number().int(),
  bytesSent: connectionBytes,
  bytesReceived: connectionBytes,
  firstSeen: timeText.nullable(),
  lastSeen: timeText.nullable(),
  /** The gravest judgement of any of them, in the agent's word: `DROPPED`; null: nobody judged them. */
  verdict: z.string().nullable(),
  verdictReason: z.string(),
  peer: z
    .object({
      ref: z.string(),
      namespace: z.string(),
      pod: z.string(),
      binary: z.string(),
      evidence: z.string(),
    })
    .nullable(),
  /** Every process at the other end, `peer` first; the first 200 of them, `peerCount` in all. */
  peers: z.array(
    markedProcess.extend({
      lateByMs: z.number().nullable(),
      count: z.number().int(),
      bytesSent: connectionBytes,
      bytesReceived: connectionBytes,
      firstSeen: timeText.nullable(),
      evidence: z.string(),
      confidence: hopConfidence,
    }),
  ),
  peerCount: z.number().int(),
});
export type WireConnection = z.infer<typeof wireConnection>;

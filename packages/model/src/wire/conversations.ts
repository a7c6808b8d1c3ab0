import { z } from 'zod';
import { connectionBytes, hopConfidence, listOf, scope, timeText } from './primitives.ts';

/** One end of a conversation. What nobody tells is null: an end may be a process, a pod, or an address alone. */
const conversationEnd = z.object({
  ref: z.string().nullable(),
  /** Of the process. */
  cluster: z.string().nullable(),
  /** Of the process. */
  node: z.string().nullable(),
  /** Of the pod whose tree holds the process, else of the pod that has the address; null: the host, or nobody knows. */
  namespace: z.string().nullable(),
  pod: z.string().nullable(),
  binary: z.string().nullable(),
  pid: z.number().int().nullable(),
  /** Late, and new or not to be quiet about. */
  lateNew: z.boolean(),
  /** What else it is loud for, by code of its flag, gravest first. */
  outOfPlace: z.array(z.string()),
  /** As the other end sees it, so the address that was called; empty: not told. */
  ip: z.string(),
  /** 0: not told. */
  port: z.number().int(),
  /** What the other end called it by. */
  name: z.string().nullable(),
  nameEvidence: z.string(),
  /** As the other end sees it. */
  scope: scope.nullable(),
});

export const conversationItem = z.object({
  client: conversationEnd,
  server: conversationEnd,
  /** Where it was accepted, when that is not where it was called: behind a service's address. */
  accepted: z.object({ ip: z.string(), port: z.number().int() }).nullable(),
  protocol: z.string(),
  /** False: it was open before anybody looked, and who called whom is taken from the ports. */
  directionKnown: z.boolean(),
  /** As the client saw them, else as the server did, turned round. */
  bytesSent: connectionBytes,
  bytesReceived: connectionBytes,
  /** `DROPPED`, `FORWARDED`, `BLOCKED`, as the agent says it; empty: nobody judged it. */
  verdict: z.string(),
  verdictReason: z.string(),
  firstSeen: timeText.nullable(),
  lastSeen: timeText.nullable(),
  /** Its connect or accept; null: it was open before anybody looked. */
  opened: timeText.nullable(),
  closed: timeText.nullable(),
  /** Still open at the end of the time that was asked for, as far as anybody tells. */
  open: z.boolean(),
  /** How it is known who is at both ends; empty: only one end is told. */
  evidence: z.string(),
  confidence: hopConfidence.nullable(),
  /** Who told of it. */
  agents: z.array(z.string()),
});
export type ConversationItem = z.infer<typeof conversationItem>;
export const conversationsAnswer = listOf(conversationItem).extend({
  /** Conversations with the cluster's resolver that the question left out; 0 when it did not ask for that. */
  leftOut: z.number().int(),
});
export type ConversationsAnswer = z.infer<typeof conversationsAnswer>;

/**
 * By what conversations can be ordered; what has none of it comes last. `notable`: first what was stopped, the gravest judgement first,
 * then what leads outside, then the most bytes.
 */
export const conversationSorts = [
  'firstSeen',
  'lastSeen',
  'sent',
  'received',
  'bytes',
  'verdict',
  'notable',
] as const;

/** How conversations are ordered. */
export interface ConversationOrder {
  readonly by: (typeof conversationSorts)[number];
  readonly descending: boolean;
}

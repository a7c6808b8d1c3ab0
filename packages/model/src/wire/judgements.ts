import { z } from 'zod';
import { severity, timeText } from './primitives.ts';

/** What an agent calls a process, and how it is known that it means this one: `own`, or a sentence. */
export const agentId = z.object({ dialect: z.string(), id: z.string(), evidence: z.string() });

/** What a rule said, without the text: what a filter asks about. */
export const toldRule = z.object({
  /** The dialect of who said it. */
  source: z.string(),
  rule: z.string(),
  severity,
  tags: z.array(z.string()),
});
export type ToldRule = z.infer<typeof toldRule>;

/** What an agent said of a process or a pod. */
export const toldAlert = z.object({
  /** The dialect of who said it. */
  source: z.string(),
  rule: z.string(),
  severity,
  /** The agent's own word or figure for it. */
  severityWord: z.string(),
  tags: z.array(z.string()),
  output: z.string(),
  /** What the agent did or would do: `Audit`, `Block`; empty: it only reports. */
  action: z.string(),
  enforcer: z.string(),
  /** What became of the attempt, in the agent's words. */
  result: z.string(),
  /** True: what it tells of was prevented. */
  blocked: z.boolean(),
  time: timeText.nullable(),
});
export type ToldAlert = z.infer<typeof toldAlert>;

/** Who had a process started through the API server. */
export const author = z.object({
  user: z.string(),
  /** Whom the user claimed to be; empty: nobody else. */
  impersonating: z.string(),
  sourceIps: z.array(z.string()),
  userAgent: z.string(),
  command: z.string(),
  time: timeText.nullable(),
  match: z.enum(['exact', 'ambiguous']),
  /** How many calls fit, this one among them. */
  candidates: z.number().int(),
});
export type WireAuthor = z.infer<typeof author>;

/** A call to the API server that a process made. */
export const apiCall = z.object({
  auditId: z.string(),
  time: timeText.nullable(),
  verb: z.string(),
  /** With its subresource: `pods/exec`. */
  resource: z.string(),
  namespace: z.string(),
  name: z.string(),
  user: z.string(),
  userAgent: z.string(),
  decision: z.string(),
  /** Status of the response; 0: none yet. */
  code: z.number().int(),
});
export type ApiCall = z.infer<typeof apiCall>;

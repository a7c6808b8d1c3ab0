import { z } from 'zod';
import { listOf, severity, timeText } from './primitives.ts';

/** What an agent's rule or policy said of one event. Empty texts: nothing is said. */
export const alertItem = z.object({
  /** Of the event: its raw record is fetched by it. */
  id: z.string(),
  /** Null: no time in the log. */
  time: timeText.nullable(),
  /** The dialect of the agent: `falco`, `kubearmor`. */
  source: z.string(),
  /** The rule's or policy's name. */
  rule: z.string(),
  severity,
  /** The agent's own word or figure for it. */
  severityWord: z.string(),
  tags: z.array(z.string()),
  /** What the agent says to people. */
  output: z.string(),
  /** What the agent did or would do: `Audit`, `Block`. */
  action: z.string(),
  /** What enforced it (`BPFLSM`). */
  enforcer: z.string(),
  /** What became of the attempt, in the agent's words. */
  result: z.string(),
  /** True: what the event tells was prevented. */
  blocked: z.boolean(),
  /** The kind of what happened; `alert`: the record tells of nothing else. */
  kind: z.string(),
  /** What it was about: `read /etc/shadow`. */
  subject: z.string(),
  /** Null: no process is known. */
  process: z
    .object({
      ref: z.string(),
      binary: z.string(),
      arguments: z.string(),
      pid: z.number().int().nullable(),
    })
    .nullable(),
  /** Empty with the namespace: of no pod that is known. */
  pod: z.string(),
  namespace: z.string(),
  node: z.string(),
  cluster: z.string(),
});
export type AlertItem = z.infer<typeof alertItem>;
export const alertsAnswer = listOf(alertItem).extend({
  /** Of all pages; null: there are none. */
  gravest: severity.nullable(),
});
export type AlertsAnswer = z.infer<typeof alertsAnswer>;

import { z } from 'zod';
import { completeness, listOf, timeText } from './primitives.ts';

export const eventItem = z.object({
  id: z.string(),
  /** Null: no time in the log. */
  time: timeText.nullable(),
  kind: z.string(),
  /** The log's own name of the kind. */
  label: z.string(),
  /** The dialect of who tells it. */
  agent: z.string(),
  process: z
    .object({
      ref: z.string(),
      binary: z.string(),
      arguments: z.string(),
      pid: z.number().int().nullable(),
    })
    .nullable(),
  pod: z.object({ namespace: z.string(), name: z.string() }).nullable(),
  node: z.string(),
  summary: z.string(),
  source: z.string(),
  /** The agent's policy that reported it; null: it names none. */
  policy: z.string().nullable(),
  /** What was done to which file, and nothing else of what the summary says; null: an event of another kind. */
  file: z.object({ verb: z.string(), path: z.string() }).nullable(),
  /** The rule that spoke of it; null: none did. */
  rule: z.string().nullable(),
  /** Says the same as an earlier record in other bytes; counted once. */
  sameAs: z.boolean(),
});
export type EventItem = z.infer<typeof eventItem>;
export const eventsAnswer = listOf(eventItem);
export type EventsAnswer = z.infer<typeof eventsAnswer>;

/** Counts by time and event class; `buckets[i]` covers [from + i*widthMs, from + (i+1)*widthMs). */
export const histogramAnswer = z.object({
  from: timeText.nullable(),
  to: timeText.nullable(),
  widthMs: z.number(),
  exec: z.array(z.number().int()),
  network: z.array(z.number().int()),
  dns: z.array(z.number().int()),
  file: z.array(z.number().int()),
  other: z.array(z.number().int()),
  /** Starts of loud processes, so that the strip can mark them. */
  loud: z.array(z.object({ time: timeText, ref: z.string() })),
  gaps: z.array(
    z.object({
      kind: z.string(),
      node: z.string(),
      from: timeText.nullable(),
      to: timeText.nullable(),
      count: z.number().nullable(),
    }),
  ),
  completeness,
});
export type HistogramAnswer = z.infer<typeof histogramAnswer>;

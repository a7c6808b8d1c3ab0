import { z } from 'zod';
import { ledger, timeText } from './primitives.ts';
import { source } from './sources.ts';
import { treeColumns } from './tree.ts';

/** SSE `progress`: a source moved. Coalesced to at most four a second. */
export const progressEvent = z.object({
  source,
  eventsPerSecond: z.number(),
  bytesPerSecond: z.number(),
});
export type ProgressEvent = z.infer<typeof progressEvent>;

/**
 * SSE `upsert`: the open pod's tree moved to `version`. `tree` is its whole new columnar answer when small
 * enough to be cheaper than a question (up to 2,000 processes); null says: ask for it.
 */
export const upsertEvent = z.object({
  case: z.string(),
  version: z.number().int(),
  namespace: z.string(),
  pod: z.string(),
  processes: z.number().int(),
  loud: z.number().int(),
  tree: treeColumns.nullable(),
});
export type UpsertEvent = z.infer<typeof upsertEvent>;

/** SSE `stats`: the pulse of a case, once a second while something listens. */
export const statsEvent = z.object({
  case: z.string(),
  version: z.number().int(),
  eventsPerSecond: z.number(),
  /** Now minus the newest event's time, when the case is fed live. */
  lagMs: z.number().nullable(),
  ledger,
  newestTime: timeText.nullable(),
});
export type StatsEvent = z.infer<typeof statsEvent>;

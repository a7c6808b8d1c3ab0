import { z } from 'zod';
import { timeText } from './primitives.ts';

/** A case name: letters, digits, dot, dash, underscore; it names a file, so nothing else. */
export const caseName = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,63}$/i);

export const caseItem = z.object({
  name: z.string(),
  sources: z.number().int(),
  /** Bytes of its database on disk. */
  sizeBytes: z.number().int(),
  events: z.number().int(),
  /** Processes as agents name them, before it is found out which names mean one: what several agents told counts for each. */
  processes: z.number().int(),
  firstTime: timeText.nullable(),
  lastTime: timeText.nullable(),
});
export type CaseItem = z.infer<typeof caseItem>;
export const casesAnswer = z.object({
  items: z.array(caseItem),
  nextCursor: z.null(),
  total: z.number().int(),
});
export const newCase = z.object({ name: caseName });

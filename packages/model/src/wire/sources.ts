import { z } from 'zod';
import { completeness, ledger, timeText } from './primitives.ts';

export const sourceState = z.enum([
  'receiving',
  'complete',
  'cancelled',
  'interrupted',
  'damaged',
  /** Taking it in broke down. */
  'failed',
  /** It is no log: nothing of it counts, and `note` says what it is. */
  'refused',
  'live',
]);
export type SourceState = z.infer<typeof sourceState>;

/** One file inside an upload: an archive's entry, or the upload itself. */
const sourceMember = z.object({
  name: z.string(),
  /** Decompressed bytes. */
  bytes: z.number().int(),
  records: z.number().int(),
  /** What was wrong with it: where in the compressed bytes, and why. */
  damage: z.array(z.object({ kind: z.string(), offset: z.number().int(), reason: z.string() })),
});

export const sourceGap = z.object({
  cluster: z.string(),
  node: z.string(),
  kind: z.string(),
  from: timeText.nullable(),
  to: timeText.nullable(),
  count: z.number().int().nullable(),
  detail: z.string(),
});
export type SourceGap = z.infer<typeof sourceGap>;

export const source = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['upload', 'push', 'command']),
  state: sourceState,
  cluster: z.string(),
  /** Events by format id. */
  formats: z.record(z.string(), z.number().int()),
  /** Events by the log's own label. */
  kinds: z.record(z.string(), z.number().int()),
  startedAt: timeText,
  finishedAt: timeText.nullable(),
  /** As received, before decompression. */
  bytesReceived: z.number().int(),
  /** Announced by the sender, when it was. */
  bytesExpected: z.number().int().nullable(),
  /** Of the bytes as received; null until they ended. */
  sha256: z.string().nullable(),
  members: z.array(sourceMember),
  ledger,
  firstTime: timeText.nullable(),
  lastTime: timeText.nullable(),
  gaps: z.array(sourceGap),
  /** One sentence for people when the state is not `complete`. */
  note: z.string(),
});
export type Source = z.infer<typeof source>;
export const sourceAnswer = z.object({ source });
export const sourcesAnswer = z.object({
  items: z.array(source),
  nextCursor: z.string().nullable(),
  total: z.number().int().nullable(),
  completeness,
});
export type SourcesAnswer = z.infer<typeof sourcesAnswer>;

export const quarantined = z.object({
  offset: z.number().int(),
  length: z.number().int(),
  line: z.number().int(),
  member: z.string(),
  reason: z.string(),
  /** The first bytes as text, at most 512 characters. */
  sample: z.string(),
});
export type Quarantined = z.infer<typeof quarantined>;
export const quarantineAnswer = z.object({
  items: z.array(quarantined),
  nextCursor: z.string().nullable(),
  total: z.number().int().nullable(),
});
export const ingestAnswer = z.object({ ledger });

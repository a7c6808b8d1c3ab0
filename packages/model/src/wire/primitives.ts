import { z } from 'zod';

/** RFC 3339 UTC with the log's full precision, `2023-07-26T07:06:18.110713332Z`. */
export const timeText = z.string();

/** Decimal digits of an unsigned counter: byte counts pass 2^53. */
const counterText = z.string().regex(/^\d+$/);
/** Bytes of connections; null: no counter was ever reported, which is not 0. */
export const connectionBytes = counterText.nullable();

/** How far the answer about a large case has come: its parts are derived one after the other. */
const derivation = z.object({ parts: z.number().int(), of: z.number().int() });
export type Derivation = z.infer<typeof derivation>;

/** How much of the truth an answer holds, for its own scope (semantics, Honesty). */
export const completeness = z.object({
  /** Every source ended cleanly, no gap in the scope, nothing quarantined in it. */
  complete: z.boolean(),
  agentLoss: z.enum(['none reported', 'reported', 'not monitored']),
  gaps: z.number().int(),
  quarantined: z.number().int(),
  /** Parts of the store that could not be asked. Always 0: a case lies in one file. */
  shardsMissing: z.number().int(),
  /** Present: the answer so far, of these parts alone, because whoever asked would wait no longer (`patience`). */
  derived: derivation.optional(),
});
export type Completeness = z.infer<typeof completeness>;

/** Records by what became of them: `in = stored + duplicate + quarantined + skipped + blank`; events apart. */
export const ledger = z.object({
  in: z.number().int(),
  stored: z.number().int(),
  duplicate: z.number().int(),
  quarantined: z.number().int(),
  skipped: z.number().int(),
  blank: z.number().int(),
  events: z.number().int(),
});
export type Ledger = z.infer<typeof ledger>;

/** Wraps a schema of items as a list that may come in pages; those of cases and processes are always whole and have their own shapes. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    /** Opaque; null on the last page. */
    nextCursor: z.string().nullable(),
    /** Null where counting would cost more than the page. */
    total: z.number().int().nullable(),
    completeness,
  });
}

/** How a process came to be known. `inferred`: known by its name alone, from a descendant that names its ancestors. */
export const processKind = z.enum(['exec', 'fork', 'procfs', 'ghost', 'inferred']);
export const processEnd = z.enum(['running', 'exited', 'replaced', 'unknown']);
export const processRole = z.enum(['main', 'probe', 'injected', 'host', '']);
export const lateBase = z.enum(['main', 'container_start', 'first_seen']);
/** How a parent was found, best first. `name_chain`: by the names of ancestors alone. */
export const linkMethod = z.enum([
  'exec_id',
  'embedded',
  'ancestors',
  'pid_as_of',
  'name_chain',
  'none',
]);
/** How sure it is who is at the other end: both ends said so, one did, or it follows from what listens there. */
export const hopConfidence = z.enum(['certain', 'likely', 'inferred']);
export const direction = z.enum(['outbound', 'inbound', 'listen']);
export const scope = z.enum([
  'loopback',
  'pod',
  'service',
  'node',
  'api_server',
  'dns',
  'metadata',
  'private',
  'public',
]);
export const severity = z.enum([
  'Emergency',
  'Alert',
  'Critical',
  'Error',
  'Warning',
  'Notice',
  'Informational',
  'Debug',
]);

/** A mark and why: stable code, one sentence, the figures it was made from. */
export const flag = z.object({
  code: z.string(),
  reason: z.string(),
  inputs: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});

/** A process named elsewhere, and whether it stands out there. */
export const markedProcess = z.object({
  ref: z.string(),
  /** Of the pod whose tree holds it: also of one whose container it left. Empty: the host. */
  namespace: z.string(),
  pod: z.string(),
  binary: z.string(),
  pid: z.number().int().nullable(),
  /** Late, and new or not to be quiet about. */
  lateNew: z.boolean(),
  /** What else it is loud for, by code of its flag, gravest first: `left_container`, `late_container`. */
  outOfPlace: z.array(z.string()),
});

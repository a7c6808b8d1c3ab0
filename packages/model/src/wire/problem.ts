import { z } from 'zod';

/**
 * Every failure the API can answer: code, HTTP status, whether the same request may succeed later.
 * Codes are stable; messages are for people and may change.
 */
export const problems = {
  bad_request: { status: 400, retryable: false },
  bad_filter: { status: 400, retryable: false },
  not_supported_yet: { status: 400, retryable: false },
  missing_client_header: { status: 403, retryable: false },
  cross_site: { status: 403, retryable: false },
  unknown_route: { status: 404, retryable: false },
  unknown_case: { status: 404, retryable: false },
  unknown_pod: { status: 404, retryable: false },
  unknown_node: { status: 404, retryable: false },
  unknown_process: { status: 404, retryable: false },
  unknown_event: { status: 404, retryable: false },
  unknown_source: { status: 404, retryable: false },
  case_exists: { status: 409, retryable: false },
  source_exists: { status: 409, retryable: false },
  source_finished: { status: 409, retryable: false },
  idempotency_mismatch: { status: 409, retryable: false },
  too_large: { status: 413, retryable: false },
  unsupported_content: { status: 415, retryable: false },
  wrong_host: { status: 421, retryable: false },
  not_a_log: { status: 422, retryable: false },
  saturated: { status: 429, retryable: true },
  internal: { status: 500, retryable: true },
  storage_full: { status: 507, retryable: true },
  out_of_memory: { status: 507, retryable: false },
} as const;
export type ProblemCode = keyof typeof problems;

export const problemBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    retryable: z.boolean(),
    /** Where in a filter, what was found in a file: shown, never parsed. */
    details: z.record(z.string(), z.unknown()).optional(),
  }),
});
export type ProblemBody = z.infer<typeof problemBody>;

/** A format of logs that an upload may be read as (`format=`). */
export const formatChoice = z.object({ id: z.string(), title: z.string() });
export type FormatChoice = z.infer<typeof formatChoice>;

/** What a file holds that is no log (`details` of `not_a_log`), so that the user can be asked what it is. */
export const notALogDetails = z.object({
  records: z.number().int(),
  /** Records by the code of why they were not taken. */
  reasons: z.record(z.string(), z.number().int()),
  members: z.array(z.string()),
  /** How it begins: at most five lines that are text, of at most 400 characters. Hostile, as all of a log. */
  lines: z.array(z.string()),
  /** The formats that came close, the closest first: they claimed records that they then refused, or records resemble theirs. */
  near: z.array(formatChoice.extend({ records: z.number().int() })),
  /** All that may be asked for. */
  formats: z.array(formatChoice),
});
export type NotALogDetails = z.infer<typeof notALogDetails>;

/** The body of 422 `not_a_log`. */
export const notALogBody = z.object({
  error: problemBody.shape.error.extend({ details: notALogDetails }),
});

/** `details` of the `bad_request` that names a format which does not exist. */
export const unknownFormatDetails = z.object({ formats: z.array(formatChoice) });

/** An expected failure as a value: what a port or a parser returns instead of throwing. */
export interface Problem {
  readonly code: ProblemCode;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

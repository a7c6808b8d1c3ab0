import { problemBody } from '@forebear/model/wire/problem';

/**
 * Why a question got no answer. `code` is the server's stable code, or one of ours: `unreachable` (no answer at
 * all), `unexpected_answer` (not of the contract's shape), `cancelled` (we stopped it).
 */
export class ApiFailure extends Error {
  readonly code: string;
  readonly retryable: boolean;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(failure: {
    code: string;
    message: string;
    retryable: boolean;
    status?: number;
    details?: Readonly<Record<string, unknown>> | undefined;
  }) {
    super(failure.message);
    this.name = 'ApiFailure';
    this.code = failure.code;
    this.retryable = failure.retryable;
    this.status = failure.status ?? 0;
    this.details = failure.details ?? {};
  }
}

/** Reads the failure out of an answer that is not 2xx; bodies that are not ours become a plain sentence. */
export function failureOf(status: number, text: string): ApiFailure {
  const body = problemBody.safeParse(jsonOf(text));
  if (body.success) return new ApiFailure({ ...body.data.error, status });
  return new ApiFailure({
    code: 'unexpected_answer',
    message: `the server answered ${status} without saying why`,
    retryable: status >= 500 || status === 429,
    status,
  });
}

/** No connection, refused, or cut off. */
export function unreachable(): ApiFailure {
  return new ApiFailure({
    code: 'unreachable',
    message: 'the Forebear server does not answer; is it still running?',
    retryable: true,
  });
}

/** An answer that is not of the shape the contract promises; `where` is the first path that differs. */
export function unexpected(where: string): ApiFailure {
  return new ApiFailure({
    code: 'unexpected_answer',
    message: `the server's answer is not of the expected shape (${where}); the page and the server may be of different versions`,
    retryable: false,
  });
}

/** Whether a question was stopped by ourselves: shown to nobody. */
export function isCancelled(error: unknown): boolean {
  return (
    (error instanceof ApiFailure && error.code === 'cancelled') ||
    (error instanceof DOMException && error.name === 'AbortError')
  );
}

/** Anything thrown, as a failure that can be shown. */
export function asFailure(error: unknown): ApiFailure {
  if (error instanceof ApiFailure) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new ApiFailure({ code: 'internal', message, retryable: false });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

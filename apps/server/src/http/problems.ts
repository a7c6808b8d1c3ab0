import {
  type Problem,
  type ProblemBody,
  type ProblemCode,
  problems,
} from '@forebear/model/wire/problem';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type Answer, OutOfMemory, StorageFull } from '../store/ports.ts';

/** An expected failure on its way to the error handler: thrown inside http only, so that routes read straight. */
export class HttpProblem extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** The value of an answer, or its problem thrown for the error handler. */
export function valueOf<T>(answer: Answer<T>): T {
  if (answer.ok) return answer.value;
  throw new HttpProblem(answer.problem);
}

/** The body of a failure: code, message, whether a retry may help. */
export function problemBodyOf(problem: Problem): ProblemBody {
  return {
    error: {
      code: problem.code,
      message: problem.message,
      retryable: problems[problem.code].retryable,
      ...(problem.details === undefined ? {} : { details: { ...problem.details } }),
    },
  };
}

/** The HTTP status of a code. */
export function statusOf(code: ProblemCode): number {
  return problems[code].status;
}

/** Fastify's error handler: our problems as they are, its own validation as `bad_request`, the rest as `internal` and silent. */
export function answerError(
  error: FastifyError | HttpProblem | StorageFull | Error,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const problem = problemOf(error);
  if (problem.code === 'internal') request.log.error({ err: error }, 'request failed');
  if (problems[problem.code].retryable) void reply.header('retry-after', '1');
  void reply.code(statusOf(problem.code)).send(problemBodyOf(problem));
}

function problemOf(error: Error): Problem {
  if (error instanceof HttpProblem) return error.problem;
  if (error instanceof StorageFull) {
    return {
      code: 'storage_full',
      message: 'The disk is full: nothing of this batch was kept. Free space and send it again.',
    };
  }
  if (error instanceof OutOfMemory) {
    return {
      code: 'out_of_memory',
      message: `The case is too large to be derived in the ${error.limitMb} MiB that this server may use for it. Logs of other agents than Tetragon are derived as one: take those of fewer nodes, or of a shorter time, into a case of their own.`,
    };
  }
  const status =
    'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status === 413)
    return { code: 'too_large', message: 'The body is larger than this call takes.' };
  if (status === 415)
    return { code: 'unsupported_content', message: 'This call does not take that content type.' };
  if (status >= 400 && status < 500) return { code: 'bad_request', message: plain(error.message) };
  return { code: 'internal', message: 'The server failed. Its log says why.' };
}

/** Validation messages name the field; anything that is no printable text is dropped. */
function plain(message: string): string {
  return message.replace(/[^\x20-\x7e]/g, ' ').slice(0, 300);
}

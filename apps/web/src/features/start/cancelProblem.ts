import { asFailure } from '../../api/failure.ts';

/** Answers that mean that there was nothing left to stop: the source had not begun, or is over. */
const nothingToStop: ReadonlySet<string> = new Set(['unknown_source', 'source_finished']);

/** What to say when the server could not be told of a cancelled upload; undefined when there is nothing to say. */
export function cancelProblem(name: string, error: unknown): string | undefined {
  const { code, message } = asFailure(error);
  if (nothingToStop.has(code)) return undefined;
  return `No more of ${name} is sent, but the server could not be told that it is cancelled: ${message}`;
}

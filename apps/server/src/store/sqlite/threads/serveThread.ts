import { parentPort, workerData } from 'node:worker_threads';
import { isEnded, sharedEndOf } from '../../../crossing/endThread.ts';
import type { ThreadData, ThreadError, ThreadRequest, ThreadResponse } from './threadLink.ts';

const begunWith = threadDataOf(workerData);
/** What the near end gave this thread to begin with. */
export const threadData = begunWith.given;

/**
 * The far end of a `ThreadLink`: runs the calls in order, and answers each when it is done. What throws crosses as a value. A call
 * that settles earlier ones (a commit) is answered behind them.
 */
export function serveThread(run: (method: string, args: readonly unknown[]) => unknown): void {
  const port = parentPort;
  if (port === null) throw new Error('this file runs as a worker');
  const fail = (id: number, error: unknown) => {
    const failed: ThreadResponse = { id, ok: false, error: threadErrorOf(error) };
    port.postMessage(failed);
  };
  port.on('message', (request: ThreadRequest | undefined) => {
    if (request === undefined || isEnded(begunWith.end)) return port.close();
    const { id, method, args } = request;
    answerOf(run, method, args)
      .then(
        (value) => port.postMessage({ id, ok: true, value }),
        (error: unknown) => fail(id, error),
      )
      // A value that cannot cross is a bug of this call alone.
      .catch((error: unknown) => fail(id, error));
  });
}

/** A promise also of what is there at once: its answer would else overtake those of the calls that it has settled. */
function answerOf(
  run: (method: string, args: readonly unknown[]) => unknown,
  method: string,
  args: readonly unknown[],
): Promise<unknown> {
  try {
    const value = run(method, args);
    return value instanceof Promise ? value : Promise.resolve(value);
  } catch (error) {
    return Promise.reject(error);
  }
}

/** Calls a method by name: the near end has checked name and arguments by their types. */
export function callMethod(target: object, name: string, args: readonly unknown[]): unknown {
  const method: unknown = Reflect.get(target, name);
  if (typeof method !== 'function') throw new Error(`no method ${name}`);
  return Reflect.apply(method, target, args);
}

function threadErrorOf(error: unknown): ThreadError {
  if (!(error instanceof Error)) return { message: String(error), code: '' };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return { message: error.message, code };
}

function threadDataOf(data: unknown): ThreadData {
  if (data instanceof Object && 'given' in data && 'end' in data)
    return { given: data.given, end: sharedEndOf(data.end) };
  throw new Error('this file is begun by a ThreadLink');
}

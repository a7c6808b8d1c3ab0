import { setTimeout as delay } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';

/** How long a thread that is ended may stay in what it is doing. */
const patienceMs = 5_000;

/** What a thread and whoever ends it share: one number, not 0 when the thread shall begin nothing more. */
export type SharedEnd = Int32Array<SharedArrayBuffer>;

export function newSharedEnd(): SharedEnd {
  return new Int32Array(new SharedArrayBuffer(4));
}

/** In the thread: whether it shall begin nothing more. It is asked with each message, and closes its port then. */
export function isEnded(end: SharedEnd): boolean {
  return Atomics.load(end, 0) !== 0;
}

/** What came as a `SharedEnd` to a thread. Throws for what is none. */
export function sharedEndOf(value: unknown): SharedEnd {
  if (value instanceof Int32Array && isShared(value)) return value;
  throw new Error('this thread does not know when it ends');
}

/**
 * Ends a thread behind what it is doing; what waits for it is not begun. Only one that takes long is torn out of it: Node takes the whole
 * process with it when it finds a zstd stream half made ("close before init").
 */
export async function endThread(thread: Worker, end: SharedEnd): Promise<void> {
  const hasExited = thread.threadId === -1;
  if (hasExited) return;
  const exit = new Promise((resolve) => {
    thread.once('exit', resolve);
  });
  Atomics.store(end, 0, 1);
  // Wakes one that waits for messages.
  thread.postMessage(undefined);
  const patience = new AbortController();
  const late = delay(patienceMs, true, { signal: patience.signal }).catch(() => false);
  if ((await Promise.race([exit, late])) === true) await thread.terminate();
  patience.abort();
}

function isShared(array: Int32Array): array is SharedEnd {
  return array.buffer instanceof SharedArrayBuffer;
}

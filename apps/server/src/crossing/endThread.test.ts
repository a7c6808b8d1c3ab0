import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { endThread, isEnded, newSharedEnd, type SharedEnd, sharedEndOf } from './endThread.ts';

/** A thread that is busy for a while with each message, and says when it has done with it. */
function startThread(end: SharedEnd): Worker {
  const code = `
    const { parentPort, workerData } = require('node:worker_threads');
    parentPort.on('message', (work) => {
      if (work === undefined || Atomics.load(workerData, 0) !== 0) return parentPort.close();
      parentPort.postMessage('begun ' + work);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
      parentPort.postMessage('done ' + work);
    });
  `;
  return new Worker(code, { eval: true, workerData: end });
}

it('a thread ends behind what it is doing, and begins nothing that waits', async () => {
  const end = newSharedEnd();
  const thread = startThread(end);
  const said: unknown[] = [];
  thread.on('message', (message) => said.push(message));
  thread.postMessage(1);
  thread.postMessage(2);
  await once(thread, 'message');
  expect(isEnded(end)).toBe(false);
  await endThread(thread, end);
  expect(isEnded(end)).toBe(true);
  expect(said).toEqual(['begun 1', 'done 1']);
});

it('one that waits for work ends at once, and one that has ended is let be', async () => {
  const end = newSharedEnd();
  const thread = startThread(end);
  await endThread(thread, end);
  await endThread(thread, end);
  expect(thread.threadId).toBe(-1);
});

it('a thread that was told nothing of its end does not begin', () => {
  expect(() => sharedEndOf(undefined)).toThrow('does not know when it ends');
  expect(() => sharedEndOf(new Int32Array(1))).toThrow('does not know when it ends');
});

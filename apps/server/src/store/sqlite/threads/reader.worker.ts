import { workerData } from 'node:worker_threads';
import { ReaderCalls } from './readerCalls.ts';
import { callMethod, serveThread } from './serveThread.ts';

/** A reader's thread: everything that is derived is derived here, so that the HTTP loop never waits for it. */
const calls = new ReaderCalls(Number(workerData));
serveThread((method, args) => callMethod(calls, method, args));

import { ReaderCalls } from './readerCalls.ts';
import { callMethod, serveThread, threadData } from './serveThread.ts';

/** A reader's thread: everything that is derived is derived here, so that the HTTP loop never waits for it. */
const calls = new ReaderCalls(Number(threadData));
serveThread((method, args) => callMethod(calls, method, args));

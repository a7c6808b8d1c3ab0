import { sealPolicyOf } from '../write/partitions.ts';
import { callMethod, serveThread, threadData } from './serveThread.ts';
import { WriterCalls } from './writerCalls.ts';

/** The writer's thread: the only one that writes, for every case. */
const calls = new WriterCalls(sealPolicyOf(threadData));
serveThread((method, args) => callMethod(calls, method, args));

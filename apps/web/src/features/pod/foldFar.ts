import type { FoldAnswer, FoldRequest } from '../../fold.worker.ts';
// Vite answers with the address of the built worker.
// oxlint-disable-next-line import/default
import workerUrl from '../../fold.worker.ts?worker&url';
import { openWorker } from '../../kit/trustedWorker.ts';
import type { FoldColumns, FoldFar } from '../../view/folds.ts';

let worker: Worker | undefined;
let next = 1;
const waiting = new Map<
  number,
  { resolve: (groups: readonly Int32Array<ArrayBuffer>[]) => void; reject: (reason: Error) => void }
>();

/** Folds in the app's one worker, started when it is first needed. */
export const foldFar: FoldFar = (columns) =>
  new Promise((resolve, reject) => {
    worker ??= startWorker();
    const request: FoldRequest = { id: next, columns };
    next += 1;
    waiting.set(request.id, { resolve, reject });
    worker.postMessage(request, { transfer: buffersOf(columns) });
  });

function buffersOf(columns: FoldColumns): ArrayBuffer[] {
  const { order, binary, template, uid, exitClass, keepOut, connections } = columns;
  const { shapeParent, shapeBinary } = columns;
  const all = [order, binary, template, uid, exitClass, keepOut, connections];
  return [...all, shapeParent, shapeBinary].map((column) => column.buffer);
}

function startWorker(): Worker {
  const started = openWorker(workerUrl);
  started.addEventListener('message', ({ data }: MessageEvent<FoldAnswer>) => {
    waiting.get(data.id)?.resolve(data.groups);
    waiting.delete(data.id);
  });
  started.addEventListener('error', () => {
    worker = undefined;
    for (const { reject } of waiting.values()) reject(new Error('the worker stopped'));
    waiting.clear();
  });
  return started;
}

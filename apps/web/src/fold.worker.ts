import { type FoldColumns, foldColumns } from './view/folds.ts';

/** What the page asks of the worker, and what it answers: the same number on both. */
export interface FoldRequest {
  readonly id: number;
  readonly columns: FoldColumns;
}
export interface FoldAnswer {
  readonly id: number;
  readonly groups: readonly Int32Array<ArrayBuffer>[];
}

/**
 * Folds families too large for a frame off the main thread, with the model's own function. Columns come and go by
 * transfer.
 */
addEventListener('message', ({ data }: MessageEvent<FoldRequest>) => {
  const groups = foldColumns(data.columns);
  const answer: FoldAnswer = { id: data.id, groups };
  postMessage(answer, { transfer: groups.map((group) => group.buffer) });
});

import { isGoing, type Upload } from '../../api/uploads.ts';

export interface UploadSums {
  readonly done: number;
  readonly refused: number;
  readonly cancelled: number;
  readonly going: number;
  /** Bytes: of what is finished all of them. */
  readonly sent: number;
  readonly size: number;
  readonly events: number;
}

/** Many files as one. */
export function sumsOf(list: readonly Upload[]): UploadSums {
  const count = (kind: Upload['state']['kind']) =>
    list.filter(({ state }) => state.kind === kind).length;
  return {
    done: count('done'),
    refused: count('failed'),
    cancelled: count('cancelled'),
    going: list.filter(isGoing).length,
    sent: list.reduce((sum, one) => sum + (isGoing(one) ? one.sent : one.size), 0),
    size: list.reduce((sum, one) => sum + one.size, 0),
    events: list.reduce(
      (sum, { state }) => sum + (state.kind === 'done' ? state.source.ledger.events : 0),
      0,
    ),
  };
}

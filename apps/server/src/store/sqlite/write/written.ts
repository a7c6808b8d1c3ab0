import type { Tally } from '../../ledger.ts';

/** What one batch added. */
export interface Written {
  readonly tally: Tally;
  /** Events by the log's own label, the sameAs ones too. */
  readonly kinds: ReadonlyMap<string, number>;
  readonly oldest: bigint | undefined;
  readonly newest: bigint | undefined;
  /** The number of the last event. */
  readonly seq: number;
}

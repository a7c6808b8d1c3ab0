/** What becomes of a record: the columns of the ledger. */
export type Fate = 'stored' | 'duplicate' | 'quarantined' | 'skipped' | 'blank';

/** Records, not events: `in` is the sum of the others. */
export type ExpectedLedger = { readonly [fate in Fate]: number } & { readonly in: number };

/** Writes a file piece by piece and keeps its expected ledger. */
export type BrokenWriter = {
  /** Appends one record and its line ending. */
  readonly put: (text: string, fate: Fate, ending?: '\n' | '\r\n' | '') => void;
  readonly text: () => string;
  readonly ledger: () => ExpectedLedger;
};

export function createBrokenWriter(): BrokenWriter {
  const parts: string[] = [];
  const counts: Record<Fate, number> = {
    stored: 0,
    duplicate: 0,
    quarantined: 0,
    skipped: 0,
    blank: 0,
  };
  return {
    put: (text, fate, ending = '\n') => {
      parts.push(text, ending);
      counts[fate] += 1;
    },
    text: () => parts.join(''),
    ledger: () => ({
      ...counts,
      in: Object.values(counts).reduce((sum, count) => sum + count, 0),
    }),
  };
}

/** Rows that are looked at for one that looks like them; a log made for it would have us look at all. */
const MOST_ALIKE = 8;

interface KnownRow {
  readonly values: readonly number[];
  readonly row: number;
}

/** Finds rows by the numbers that stand in them, so that each stands in its table once; twice where a log has made many look alike. */
export class DistinctRows {
  readonly #rows = new Map<number, KnownRow[]>();

  /** The row with these values; undefined: it has not been kept, or is one of too many that look like it. */
  find(values: readonly number[]): number | undefined {
    const alike = this.#rows.get(hashOf(values));
    return alike?.find((known) => isSame(known.values, values))?.row;
  }

  keep(values: readonly number[], row: number): void {
    const hash = hashOf(values);
    const alike = this.#rows.get(hash);
    if (alike === undefined) this.#rows.set(hash, [{ values, row }]);
    else if (alike.length < MOST_ALIKE) alike.push({ values, row });
  }
}

function hashOf(values: readonly number[]): number {
  let hash = 0;
  for (const value of values) hash = Math.imul(hash ^ value ^ (hash >>> 15), 0x5bd1e995);
  return hash;
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

/** Labels come from the log: this many distinct ones are counted apart. */
export const maxLabels = 256;
const otherLabels = 'other';

/**
 * Counts by the log's own label: of more than `maxLabels` distinct ones the first of the alphabet are kept apart, the rest
 * is summed up under `other`. What that comes to depends on nothing but what was counted: a label that has made room is
 * behind all that are kept, and stays so.
 */
export class LabelCounts {
  readonly #counts = new Map<string, number>();
  #other = 0;
  /** The last of the alphabet among those kept; asked for only when they are full. */
  #last: string | undefined;

  constructor(counts: Iterable<readonly [string, number]> = []) {
    for (const [label, count] of counts) this.add(label, count);
  }

  add(label: string, count = 1): void {
    const known = this.#counts.get(label);
    if (known !== undefined) this.#counts.set(label, known + count);
    else if (label === otherLabels) this.#other += count;
    else this.#keep(label, count);
  }

  /** By label, in the order of the alphabet. */
  map(): ReadonlyMap<string, number> {
    const counts = [...this.#counts];
    if (this.#other > 0) counts.push([otherLabels, this.#other]);
    return new Map(counts.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #keep(label: string, count: number): void {
    if (this.#counts.size < maxLabels) {
      this.#counts.set(label, count);
      this.#last = undefined;
      return;
    }
    this.#last ??= lastOf(this.#counts.keys());
    if (label > this.#last) {
      this.#other += count;
      return;
    }
    this.#other += this.#counts.get(this.#last) ?? 0;
    this.#counts.delete(this.#last);
    this.#counts.set(label, count);
    this.#last = undefined;
  }
}

/** The last of some texts, by code unit. */
function lastOf(texts: Iterable<string>): string {
  let last = '';
  for (const text of texts) if (text > last) last = text;
  return last;
}

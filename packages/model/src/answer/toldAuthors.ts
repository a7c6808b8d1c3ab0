import type { Author } from '../graph/derived.ts';
import type { TreeColumns } from '../wire/tree.ts';
import { wireAuthor } from './agentIds.ts';

/** Who had the processes of one tree started, each once. */
export class ToldAuthors {
  readonly #rows = new Map<Author, number>();

  /** The author's row, new or known. */
  rowOf(author: Author): number {
    const known = this.#rows.get(author);
    if (known !== undefined) return known;
    const row = this.#rows.size;
    this.#rows.set(author, row);
    return row;
  }

  /** Every author in order of its row. */
  authors(): TreeColumns['authors'] {
    return [...this.#rows.keys()].map(wireAuthor);
  }
}

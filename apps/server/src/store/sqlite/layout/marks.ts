import type Database from 'better-sqlite3';
import type { OpenRows } from './openRows.ts';

/** What sightings added to a stored face beyond its row. */
export interface Mark {
  readonly traits: number;
  readonly rank: number;
}

/**
 * What the open partition says of faces beyond their rows in `processes`: traits and the best rank. Most later sightings of a
 * process bring nothing else, and a row changed for each of them would be a page written for each. Both only ever grow, so that
 * marks may be joined in any order, and twice.
 */
export class Marks {
  readonly #marks = new Map<number, Mark>();

  add({ marks: { count, columns } }: Pick<OpenRows, 'marks'>): void {
    for (let row = 0; row < count; row += 1) {
      const process = columns.process[row] ?? 0;
      const known = this.#marks.get(process);
      const traits = columns.traits[row] ?? 0;
      const rank = columns.rank[row] ?? 0;
      this.#marks.set(process, {
        traits: (known?.traits ?? 0) | traits,
        rank: Math.max(known?.rank ?? 0, rank),
      });
    }
  }

  /** What is known of a face beyond its row. */
  of(process: number): Mark | undefined {
    return this.#marks.get(process);
  }

  clear(): void {
    this.#marks.clear();
  }

  /** Writes them into the rows, in the order in which those lie. */
  apply(db: Database.Database): void {
    const update = db.prepare(
      'UPDATE processes SET traits = traits | ?, rank = max(rank, ?) WHERE id = ?',
    );
    for (const process of [...this.#marks.keys()].sort((a, b) => a - b)) {
      const mark = this.#marks.get(process);
      if (mark !== undefined) update.run(mark.traits, mark.rank, process);
    }
  }
}

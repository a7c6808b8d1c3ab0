import { createHash } from 'node:crypto';
import { processKey } from '@forebear/model/event/facts';
import { derive } from '@forebear/model/graph/derive';
import type { Derived } from '@forebear/model/graph/derived';
import type { CaseDb } from './caseDb.ts';
import { loadWhole } from './loadWhole.ts';
import { loadSmall, type SmallFacts } from './smallFacts.ts';

/** Forests kept at once, beyond which the oldest goes. */
const maxForests = 4;

const maxKeyTexts = 200_000;

/** The forests of one case, derived when asked for and kept while the facts stay as they are. */
export class Forests {
  readonly #db: CaseDb;
  #version = -1;
  #small: SmallFacts | undefined;
  /** Process numbers never change their meaning: these outlive versions. */
  readonly #keyTexts = new Map<number, string>();
  readonly #kept = new Map<string, Derived>();

  constructor(db: CaseDb) {
    this.#db = db;
  }

  /** The few facts, of the snapshot's version. */
  get small(): SmallFacts {
    this.#renew();
    this.#small ??= loadSmall(this.#db);
    return this.#small;
  }

  /** The `processKey` of a process number. */
  readonly keyText = (key: number): string => {
    const known = this.#keyTexts.get(key);
    if (known !== undefined) return known;
    const [row] = this.#db.all<{ dialect: 'tetragon'; cluster: string; exec_id: string }>(
      'SELECT dialect, cluster, exec_id FROM processes WHERE id = ?',
      [key],
    );
    const text = row === undefined ? '' : processKey({ ...row, id: row.exec_id });
    if (this.#keyTexts.size > maxKeyTexts) this.#keyTexts.clear();
    this.#keyTexts.set(key, text);
    return text;
  };

  /** The whole case. */
  whole(lateLimitMs: number): Derived {
    this.#renew();
    return this.#keep(`whole ${lateLimitMs}`, () =>
      derive(loadWhole(this.#db, this.small), { lateLimitMs, sha256: sha256Of }),
    );
  }

  #keep(key: string, make: () => Derived): Derived {
    const known = this.#kept.get(key);
    if (known !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known;
    }
    const made = make();
    this.#kept.set(key, made);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= maxForests) break;
      this.#kept.delete(oldest);
    }
    return made;
  }

  #renew(): void {
    if (this.#version === this.#db.version) return;
    this.#version = this.#db.version;
    this.#small = undefined;
    this.#kept.clear();
  }
}

/** sha256 of UTF-8 text: the hash that the model is handed. */
export function sha256Of(text: string): Uint8Array {
  return createHash('sha256').update(text).digest();
}

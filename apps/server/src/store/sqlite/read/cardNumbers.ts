import { dialectOf } from '@forebear/model/event/dialects';
import { processKey } from '@forebear/model/event/facts';
import type { Derived } from '@forebear/model/graph/derived';
import type { CaseDb } from './caseDb.ts';
import type { Forests } from './forests.ts';

type NumbersByCard = ReadonlyMap<number, readonly number[]>;
const none: NumbersByCard = new Map();

/**
 * The process numbers that mean a card. Tetragon's ids stand on a card's images; which ids of other dialects mean it only the
 * forest of the whole case says: theirs are gone through once for each.
 */
export class CardNumbers {
  readonly #db: CaseDb;
  readonly #forests: Forests;
  readonly #others = new WeakMap<Derived, NumbersByCard>();

  constructor(db: CaseDb, forests: Forests) {
    this.#db = db;
    this.#forests = forests;
  }

  /** The numbers of some cards of a forest, each once. */
  of(derived: Derived, cards: Iterable<number>): number[] {
    const others = this.#othersOf(derived);
    const ids = new Set<string>();
    const numbers = new Set<number>();
    for (const card of cards) {
      for (const { execId } of derived.processes[card]?.images ?? []) ids.add(execId);
      for (const number of others.get(card) ?? []) numbers.add(number);
    }
    const select = 'SELECT DISTINCT key FROM processes WHERE exec_id IN {in}';
    for (const number of this.#db.allIn<number>(select, [...ids], 'pluck')) numbers.add(number);
    return [...numbers];
  }

  /** The numbers of what names no process, of some pods of a forest: whom flows, calls and alerts without one are about. */
  ofPods(derived: Derived, pods: ReadonlySet<number>): number[] {
    if (!this.#forests.isUndivided || derived.placed.size === 0) return [];
    const numbers: number[] = [];
    for (const { number, key } of this.#otherKeys())
      if (pods.has(derived.placed.get(key) ?? -1)) numbers.push(number);
    return numbers;
  }

  /** Some numbers with all that mean the same cards. */
  withTheirCards(derived: Derived, numbers: readonly number[]): number[] {
    if (!this.#forests.isUndivided) return [...numbers];
    const cards = new Set<number>();
    for (const number of numbers)
      for (const card of derived.byKey.get(this.#forests.keyText(number)) ?? []) cards.add(card);
    return [...new Set([...numbers, ...this.of(derived, cards)])];
  }

  #othersOf(derived: Derived): NumbersByCard {
    if (!this.#forests.isUndivided) return none;
    const known = this.#others.get(derived);
    if (known !== undefined) return known;
    const others = new Map<number, number[]>();
    for (const { number, key } of this.#otherKeys()) {
      for (const card of derived.byKey.get(key) ?? []) {
        const numbers = others.get(card);
        if (numbers === undefined) others.set(card, [number]);
        else numbers.push(number);
      }
    }
    this.#others.set(derived, others);
    return others;
  }

  /** The numbers and `processKey`s of all that dialects other than Tetragon's name. */
  *#otherKeys(): Iterable<{ readonly number: number; readonly key: string }> {
    const rows = this.#db.iterate<{ number: number; cluster: string; id: string }>(
      `SELECT p.id AS number, h.cluster, p.exec_id AS id FROM processes p CROSS JOIN habitats h ON h.id = p.habitat
        WHERE p.id = p.key AND h.dialect <> 'tetragon'`,
    );
    for (const { number, cluster, id } of rows)
      yield { number, key: processKey({ dialect: dialectOf(id), cluster, id }) };
  }
}

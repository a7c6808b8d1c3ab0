import type { Answer, CaseStore, Cases } from '../store/ports.ts';

interface Held {
  readonly store: CaseStore;
  /** Made for one of its holders, none of whom has put anything in so far. */
  isBegun: boolean;
  holders: number;
}

/**
 * The cases that requests write to. A case is begun by its first source; when that source is refused, and nobody else
 * has put anything in by then, the case goes with it. One that was there before stays, however empty.
 */
export class CaseHolds {
  readonly #cases: Cases;
  readonly #held = new Map<string, Held>();
  /** By case: beginning it and taking it away wait for each other. */
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(cases: Cases) {
    this.#cases = cases;
  }

  /**
   * Opens a case for one request, made when it is missing, and lets it act. It leaves something there unless it is
   * refused; one that throws may have.
   */
  async within<T>(name: string, act: (store: CaseStore) => Promise<Answer<T>>): Promise<Answer<T>> {
    const entered = await this.#inTurn(name, () => this.#enter(name));
    if (!entered.ok) return entered;
    const held = entered.value;
    let isRefused = false;
    try {
      const answer = await act(held.store);
      isRefused = !answer.ok;
      return answer;
    } finally {
      if (!isRefused) held.isBegun = false;
      await this.#inTurn(name, () => this.#leave(name, held));
    }
  }

  async #enter(name: string): Promise<Answer<Held>> {
    const known = await this.#cases.open(name);
    const isMissing = !known.ok && known.problem.code === 'unknown_case';
    const opened = isMissing ? await this.#cases.open(name, { create: true }) : known;
    if (!opened.ok) return opened;
    const store = opened.value;
    const before = this.#held.get(name);
    // Another store under the name: the case was deleted and made again meanwhile.
    const held = before?.store === store ? before : { store, isBegun: isMissing, holders: 0 };
    held.holders += 1;
    this.#held.set(name, held);
    return { ok: true, value: held };
  }

  async #leave(name: string, held: Held): Promise<void> {
    held.holders -= 1;
    if (held.holders > 0) return;
    if (this.#held.get(name) === held) this.#held.delete(name);
    if (!held.isBegun) return;
    const now = await this.#cases.open(name);
    if (now.ok && now.value === held.store) await this.#cases.remove(name);
  }

  async #inTurn<T>(name: string, act: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(name) ?? Promise.resolve();
    const turn = before.then(act, act);
    this.#turns.set(name, turn);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(name) === turn) this.#turns.delete(name);
    }
  }
}

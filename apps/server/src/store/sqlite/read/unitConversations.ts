import { conversationsOf, type ToldConversation } from '@forebear/model/answer/conversations';
import type { ConversationQuery } from '../../ports.ts';
import type { Forests } from './forests.ts';

/** Conversations kept of all units together, about a kilobyte each; those of further units are made again when they are asked for. */
const maxKept = 60_000;

/**
 * The conversations of a case, unit by unit. A filter may be about who was called, and a conversation is with its caller: no
 * unit can be left out for it. What was made without a filter is kept until the facts change.
 */
export class UnitConversations {
  readonly #forests: Forests;
  /** By limit of lateness and number of the unit. */
  readonly #kept = new Map<string, readonly ToldConversation[]>();
  #held = 0;
  #facts = '';

  constructor(forests: Forests) {
    this.#forests = forests;
  }

  /** How many units there are. */
  get count(): number {
    return this.#forests.units?.length ?? 1;
  }

  /** What a filter keeps, a unit at a time, each derived when it is come to. */
  *all({
    filter,
    lateLimitMs,
  }: Pick<ConversationQuery, 'filter' | 'lateLimitMs'>): Iterable<readonly ToldConversation[]> {
    const { facts, units } = this.#forests;
    if (facts !== this.#facts) {
      this.#facts = facts;
      this.#kept.clear();
      this.#held = 0;
    }
    for (const [number, unit] of (units ?? [undefined]).entries()) {
      const key = `${lateLimitMs} ${number}`;
      const known = filter.kind === 'all' ? this.#kept.get(key) : undefined;
      if (known !== undefined) {
        yield known;
        continue;
      }
      const made = conversationsOf(this.#forests.conversing(unit, lateLimitMs), filter);
      if (filter.kind === 'all') this.#keep(key, made);
      yield made;
    }
  }

  #keep(key: string, made: readonly ToldConversation[]): void {
    if (this.#held + made.length > maxKept) return;
    this.#kept.set(key, made);
    this.#held += made.length;
  }
}

import {
  conversationOpenIn,
  conversationOrder,
  isWithResolver,
  type ToldConversation,
} from '@forebear/model/answer/conversations';
import type {
  ConversationItem,
  ConversationOrder,
  ConversationsAnswer,
} from '@forebear/model/wire/conversations';
import type { Completeness } from '@forebear/model/wire/primitives';
import type { Answer, ConversationQuery } from './ports.ts';
import { badCursor } from './questions.ts';
import type { Steps } from './steps.ts';

/** Conversations are held while the parts are gone through up to twice a page's end and so many more. */
const slack = 5_000;

const firstSeenFirst: ConversationOrder = { by: 'firstSeen', descending: false };

/**
 * One page of conversations out of all parts, a part a step. Of a case with millions no more is held than what the page needs.
 *
 * @param completeness of an answer for which so many parts have been gone through
 */
export function* conversationsPage(
  parts: Iterable<readonly ToldConversation[]>,
  query: ConversationQuery,
  completeness: (parts: number) => Completeness,
): Steps<Answer<ConversationsAnswer>> {
  const from = query.cursor === undefined ? 0 : offsetOf(query.cursor);
  if (from === undefined) return badCursor;
  const held = new FirstOf(from + query.limit, conversationOrder(query.sort ?? firstSeenFirst));
  let gone = 0;
  let leftOut = 0;
  const told = (): Answer<ConversationsAnswer> => {
    const items: ConversationItem[] = [];
    for (const each of held.ordered().slice(from)) {
      const item = conversationOpenIn(each, query);
      if (item !== undefined) items.push(item);
    }
    const to = from + query.limit;
    const nextCursor = to < held.total ? `c${to}` : null;
    return {
      ok: true,
      value: { items, nextCursor, total: held.total, leftOut, completeness: completeness(gone) },
    };
  };
  for (const part of parts) {
    gone += 1;
    for (const each of part) {
      if (conversationOpenIn(each, query) === undefined) continue;
      if (query.withoutResolver === true && isWithResolver(each)) leftOut += 1;
      else held.add(each);
    }
    yield told;
  }
  return told();
}

/** The first `length` of many in an order, and how many there were. */
class FirstOf<Each> {
  readonly #length: number;
  readonly #compare: (a: Each, b: Each) => number;
  #held: Each[] = [];
  total = 0;

  constructor(length: number, compare: (a: Each, b: Each) => number) {
    this.#length = length;
    this.#compare = compare;
  }

  add(each: Each): void {
    this.total += 1;
    this.#held.push(each);
    if (this.#held.length >= 2 * this.#length + slack) this.#held = this.ordered();
  }

  ordered(): Each[] {
    return this.#held.toSorted(this.#compare).slice(0, this.#length);
  }
}

function offsetOf(cursor: string): number | undefined {
  const match = /^c(\d{1,9})$/.exec(cursor);
  return match === null ? undefined : Number(match[1]);
}

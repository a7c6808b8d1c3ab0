import { describe, expect, it } from 'vitest';
import { nanos } from '../event/time.ts';
import { parseFilter } from '../query/parseFilter.ts';
import {
  type ConversationOrder,
  conversationItem,
  conversationSorts,
} from '../wire/conversations.ts';
import {
  conversationOpenIn,
  conversationOrder,
  conversationsOf,
  type ToldConversation,
} from './conversations.ts';
import { wholePart } from './part.ts';
import { labContext } from './testing/labContext.ts';

const { derived, truth } = labContext();

function kept(text: string): readonly ToldConversation[] {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return conversationsOf(wholePart(derived), parsed.filter);
}

const every = kept('');

describe('conversations as answered', () => {
  it('are what the contract says, and hold every connection of every process', () => {
    for (const each of every) conversationItem.parse(conversationOpenIn(each, {}));
    const outbound = derived.processes.flatMap(({ connections }) =>
      connections.filter(({ direction }) => direction === 'outbound'),
    );
    const count = outbound.reduce((sum, leaf) => sum + leaf.count, 0);
    expect(every.filter(({ item }) => item.client.ref !== null).length).toBe(count);
  });

  it('have both ends where both were seen', () => {
    const hop = every.find(
      ({ item }) => item.client.pod === truth.pod && item.server.pod === truth.hop.to.pod,
    );
    expect(hop?.item.server.binary).toContain('java');
    expect(hop?.item.evidence).not.toBe('');
  });

  it('are kept when one of their ends matches with the connection', () => {
    const called = kept(`proc.name = java and fd.sport = ${truth.hop.port}`);
    expect(called.length).toBeGreaterThan(0);
    for (const { item } of called) expect(item.server.binary).toContain('java');
    expect(kept(`proc.name = java and fd.sip.name = ${truth.domain}`)).toEqual([]);
    expect(kept(truth.domain).map(({ item }) => item.server.name)).toContain(truth.domain);
  });

  it.each([
    ['client', 'server'],
    ['server', 'client'],
  ] as const)('are found by the address of their %s', (end, other) => {
    const others = new Set(every.map(({ item }) => item[other].ip));
    // It stands at this end alone, and is no part of another.
    const ip = every
      .map(({ item }) => item[end].ip)
      .find((each) => each !== '' && !others.has(each));
    if (ip === undefined) throw new Error(`the lab has an address that is only a ${end}'s`);
    const meant = every.filter(({ item }) => item[end].ip === ip);
    expect(kept(ip)).toEqual(meant);
    expect(meant.length).toBeLessThan(every.length);
  });
});

function told(from: number | undefined, until: number | undefined, sent?: number) {
  const [first] = every;
  if (first === undefined) throw new Error('the lab has connections');
  return {
    ...first,
    firstSeen: from === undefined ? undefined : nanos(BigInt(from)),
    until: until === undefined ? undefined : nanos(BigInt(until)),
    sent: sent === undefined ? undefined : BigInt(sent),
    received: undefined,
  };
}

const range = { from: nanos(10n), to: nanos(20n) };

describe('a conversation is of a time', () => {
  it.each([
    ['within it', told(12, 14), false],
    ['begun before and ended in it', told(1, 12), false],
    ['open from before to after', told(1, 30), true],
    ['without an end that anybody tells', told(1, undefined), true],
    ['without a time', told(undefined, undefined), true],
  ])('when it was %s', (_words, conversation, open) => {
    expect(conversationOpenIn(conversation, range)?.open).toBe(open);
  });

  it.each([
    ['before', told(1, 9)],
    ['after', told(20, 30)],
  ])('not when it was %s', (_words, conversation) => {
    expect(conversationOpenIn(conversation, range)).toBeUndefined();
  });
});

describe('the order of conversations', () => {
  const sorted = (order: ConversationOrder) =>
    [told(3, 4), told(1, 2, 5), told(2, 2, 9)].sort(conversationOrder(order));

  it('puts what nobody counted last, both ways', () => {
    const sents = (descending: boolean) =>
      sorted({ by: 'sent', descending }).map(({ sent }) => sent);
    expect(sents(true)).toEqual([9n, 5n, undefined]);
    expect(sents(false)).toEqual([5n, 9n, undefined]);
  });

  it('is by first seen where a column says nothing', () => {
    expect(sorted({ by: 'received', descending: true }).map(({ firstSeen }) => firstSeen)).toEqual([
      1n,
      2n,
      3n,
    ]);
  });

  it('puts what was stopped first, then what leads outside, then the most bytes', () => {
    const [first] = every;
    if (first === undefined) throw new Error('the lab has connections');
    const one = (name: string, verdict: string, scope: 'public' | 'dns', sent?: number) => {
      const server = { ...first.item.server, name, scope };
      return { ...told(1, 2, sent), item: { ...first.item, verdict, server } };
    };
    const list = [
      one('lookup', 'FORWARDED', 'dns', 900),
      one('outside, quiet', '', 'public'),
      one('outside, loud', '', 'public', 10),
      one('dropped', 'DROPPED', 'dns'),
      one('blocked', 'BLOCKED', 'dns'),
      one('inside', '', 'dns', 901),
    ];
    const order = conversationOrder({ by: 'notable', descending: false });
    expect(list.sort(order).map(({ item }) => item.server.name)).toEqual([
      'blocked',
      'dropped',
      'outside, loud',
      'outside, quiet',
      'inside',
      'lookup',
    ]);
  });

  it('does not depend on how they come', () => {
    for (const by of conversationSorts) {
      const order = conversationOrder({ by, descending: true });
      const texts = (list: readonly ToldConversation[]) => list.map(({ item }) => item);
      expect(texts(every.toReversed().sort(order))).toEqual(texts(every.toSorted(order)));
    }
  });
});

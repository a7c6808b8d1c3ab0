import { describe, expect, it } from 'vitest';
import type { ConversationItem } from '../../api/answers.ts';
import { conversations } from '../../testing/fakeConversations.ts';
import { defaultView } from '../../url/view.ts';
import {
  askedSort,
  conversationCounts,
  conversationsQuestion,
  lengthOf,
  rowsOf,
  spanOf,
} from './conversationRows.ts';

const [first, ...others] = conversations;
if (first === undefined) throw new Error('the fake has conversations');

function between(firstSeen: string | null, lastSeen: string | null): ConversationItem {
  return { ...(first ?? raise()), firstSeen, lastSeen };
}

function raise(): never {
  throw new Error('nothing');
}

describe('rows of conversations', () => {
  it('have keys of their own, also where nothing tells two apart', () => {
    const rows = rowsOf([first, first, ...others]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
    expect(rows[0]?.key).toBe(rowsOf([first])[0]?.key);
  });

  it('are asked for in the order of a column that the API knows, else in its own', () => {
    expect(askedSort({ ...defaultView, sort: '-bytes' })).toBe('-bytes');
    expect(askedSort({ ...defaultView, sort: 'name' })).toBeUndefined();
    expect(askedSort(defaultView)).toBeUndefined();
  });

  it('are asked for what is notable first, without lookups where the view leaves them out', () => {
    expect(conversationsQuestion(defaultView)).toEqual({ sort: 'notable' });
    const without = { ...defaultView, sort: '-bytes', without: ['dns'] };
    expect(conversationsQuestion(without)).toEqual({ sort: '-bytes', withoutResolver: 'true' });
  });

  it('last from the first to the last moment seen', () => {
    const item = between('2026-03-14T07:05:47.5Z', '2026-03-14T07:05:49.75Z');
    expect(lengthOf(item)).toBe(2250);
    expect(spanOf(item)).toEqual({
      from: { at: '2026-03-14T07:05:47.5Z' },
      to: { at: '2026-03-14T07:05:49.751Z' },
    });
    expect(lengthOf(between(null, null))).toBeUndefined();
    expect(spanOf(between(null, null))).toBeUndefined();
  });

  it('are counted as far as they are here', () => {
    const items = [first, first];
    const whole = {
      complete: true,
      agentLoss: 'none reported',
      gaps: 0,
      quarantined: 0,
      shardsMissing: 0,
    } as const;
    const list = { items, total: 2, hasMore: false, completeness: whole };
    expect(conversationCounts({ ...list, items: [first, { ...first, verdict: 'DROPPED' }] })).toBe(
      '2 conversations · 1 stopped',
    );
    const derived = { parts: 1, of: 2 };
    expect(conversationCounts({ ...list, total: 900, completeness: { ...whole, derived } })).toBe(
      'first 2 of 900 conversations so far',
    );
  });
});

import { conversationsOf } from '@forebear/model/answer/conversations';
import { wholePart } from '@forebear/model/answer/part';
import { labContext } from '@forebear/model/answer/testing/labContext';
import { describe, expect, it } from 'vitest';
import { conversationsPage } from './conversations.ts';
import type { ConversationQuery } from './ports.ts';
import { atAStretch } from './steps.ts';

const { derived, completeness } = labContext();
const told = conversationsOf(wholePart(derived), { kind: 'all' });

function asked(query: Partial<ConversationQuery>) {
  const whole = { filter: { kind: 'all' }, limit: 100_000, lateLimitMs: 60_000, ...query } as const;
  const answer = atAStretch(conversationsPage([told], whole, () => completeness));
  if (!answer.ok) throw new Error(answer.problem.message);
  return answer.value;
}

describe('a page of conversations', () => {
  const all = asked({});
  const withResolver = all.items.filter(({ server }) => server.scope === 'dns').length;

  it('leaves those with the resolver out where that is asked for, and counts them', () => {
    expect(withResolver).toBeGreaterThan(0);
    expect(all.leftOut).toBe(0);
    const without = asked({ withoutResolver: true });
    expect(without.leftOut).toBe(withResolver);
    expect(without.total).toBe((all.total ?? 0) - withResolver);
    expect(without.items.some(({ server }) => server.scope === 'dns')).toBe(false);
  });

  it('has what leads outside before the rest in the order of what is notable', () => {
    const { items } = asked({ sort: { by: 'notable', descending: false } });
    const inside = items.findIndex(({ server }) => server.scope !== 'public');
    expect(inside).toBeGreaterThan(0);
    expect(items.slice(inside).some(({ server }) => server.scope === 'public')).toBe(false);
  });
});

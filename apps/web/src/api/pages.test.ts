import { describe, expect, it } from 'vitest';
import { allPages, type Page } from './pages.ts';

function serverOf(count: number, size: number) {
  const asked: string[] = [];
  const ask = async (cursor: string): Promise<Page<number>> => {
    asked.push(cursor);
    const from = cursor === '' ? 0 : Number(cursor);
    const to = Math.min(count, from + size);
    return {
      items: Array.from({ length: to - from }, (_, at) => from + at),
      nextCursor: to < count ? String(to) : null,
      total: count,
    };
  };
  return { ask, asked };
}

describe('a list that is gathered whole', () => {
  it('holds the items of all pages in their order, with the total', async () => {
    const { ask, asked } = serverOf(2_500, 1_000);
    const all = await allPages(ask);
    expect(all.items).toEqual(Array.from({ length: 2_500 }, (_, at) => at));
    expect(all).toMatchObject({ nextCursor: null, total: 2_500 });
    expect(asked).toEqual(['', '1000', '2000']);
  });

  it('says that there is more when there are more pages than one waits for', async () => {
    const all = await allPages(serverOf(1_000, 10).ask);
    expect(all.items).toHaveLength(400);
    expect(all.nextCursor).toBe('400');
  });

  it('does not go round for ever with a cursor that comes back', async () => {
    const all = await allPages(async () => ({ items: [1], nextCursor: 'again', total: null }));
    expect(all.items).toHaveLength(2);
  });
});

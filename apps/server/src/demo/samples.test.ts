import { describe, expect, it } from 'vitest';
import { sampleOf } from './samples.ts';

async function sizeOf(name: string): Promise<number> {
  let size = 0;
  for await (const block of sampleOf(name)?.body ?? []) size += block.length;
  return size;
}

describe('samples', () => {
  it.each(['six-agents', 'reverse-shell', 'ten-thousand', 'broken'])(
    'has %s, the same each time',
    async (name) => {
      const size = await sizeOf(name);
      expect(size).toBeGreaterThan(10_000);
      expect(await sizeOf(name)).toBe(size);
    },
  );

  it('has no others', () => {
    for (const name of ['', 'toString', '__proto__', '../x'])
      expect(sampleOf(name)).toBeUndefined();
  });
});

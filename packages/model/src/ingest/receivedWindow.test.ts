import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ReceivedWindow } from './receivedWindow.ts';

it('gives any range that is not settled, whatever the chunks, and nothing that is gone', () => {
  const steps = fc.array(
    fc.record({ chunk: fc.uint8Array({ maxLength: 9 }), settle: fc.nat(12) }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(steps, fc.nat(60), fc.integer({ min: 1, max: 20 }), (list, from, length) => {
      const window = new ReceivedWindow(30);
      const all: number[] = [];
      let settled = 0;
      for (const { chunk, settle } of list) {
        const reused = chunk.slice();
        window.append(reused);
        all.push(...chunk);
        settled = Math.min(settled + settle, all.length);
        window.settle(settled);
        reused.fill(255);
      }
      const kept = Math.max(settled, all.length - 30);
      const isHere = from >= kept && from + length <= all.length;
      const expected = isHere ? Uint8Array.from(all.slice(from, from + length)) : undefined;
      expect(window.slice(from, from + length)).toEqual(expected);
    }),
    { numRuns: 2_000 },
  );
});

import { hash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { IdFilter } from './idFilter.ts';

it('never forgets an id, whichever way it was added', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer(), fc.integer(), fc.boolean())), (ids) => {
      const filter = new IdFilter();
      for (const [low, high, asked] of ids) {
        if (asked) filter.mayHaveOrAdd(low, high);
        else filter.add(low, high);
        expect(filter.mayHave(low, high)).toBe(true);
        expect(filter.mayHaveOrAdd(low, high)).toBe(true);
      }
    }),
  );
});

/** Two halves of a hash that are the same in every run. */
function halvesOf(index: number): readonly [number, number] {
  const bytes = hash('sha256', `id ${index}`, 'buffer');
  return [bytes.readInt32LE(0), bytes.readInt32LE(4)];
}

it('says of nearly every new id that it is new, once, also when a layer is half full', () => {
  const filter = new IdFilter();
  for (let index = 0; index < 500_000; index += 1) filter.add(...halvesOf(-index));
  const ids = Array.from({ length: 20_000 }, (_, index) => halvesOf(index + 1));
  expect(ids.filter((id) => filter.mayHave(...id)).length).toBeLessThan(100);
  expect(ids.filter((id) => filter.mayHaveOrAdd(...id)).length).toBeLessThan(100);
  expect(ids.every((id) => filter.mayHaveOrAdd(...id))).toBe(true);
});

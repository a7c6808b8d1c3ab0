import fc from 'fast-check';
import { expect, it } from 'vitest';
import { IdFilter } from './idFilter.ts';

it('never forgets an id, whichever way it was added', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.boolean())), (ids) => {
      const filter = new IdFilter();
      for (const [id, asked] of ids) {
        if (asked) filter.mayHaveOrAdd(id);
        else filter.add(id);
        expect(filter.mayHave(id)).toBe(true);
        expect(filter.mayHaveOrAdd(id)).toBe(true);
      }
    }),
  );
});

it('says of nearly every new id that it is new, once', () => {
  const filter = new IdFilter();
  const ids = Array.from({ length: 20_000 }, (_, index) => `id ${index}`);
  expect(ids.filter((id) => filter.mayHaveOrAdd(id)).length).toBeLessThan(100);
  expect(ids.every((id) => filter.mayHaveOrAdd(id))).toBe(true);
});

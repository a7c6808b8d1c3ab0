import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LabelCounts, maxLabels } from './labelCounts.ts';

const many = Array.from({ length: maxLabels + 50 }, (_, index) => `process_${1_000 + index}`);

describe('counts by label', () => {
  it('keep few labels as they are', () => {
    const counts = new LabelCounts([
      ['b', 2],
      ['other', 1],
      ['a', 1],
      ['b', 3],
    ]);
    expect(Object.fromEntries(counts.map())).toEqual({ a: 1, b: 5, other: 1 });
  });

  it('keep the first labels of the alphabet apart, whatever came first, and sum up the rest', () => {
    for (const labels of [many, many.toReversed()]) {
      const counts = new LabelCounts([...labels, ...labels].map((label) => [label, 1]));
      const map = counts.map();
      expect([...map.keys()]).toEqual(['other', ...many.slice(0, maxLabels)]);
      expect(map.get('process_1000')).toBe(2);
      expect(map.get('other')).toBe(100);
    }
  });

  it('come to the same in any order and in any parts', () => {
    const told = fc.array(fc.tuple(fc.constantFrom(...many, 'other'), fc.nat({ max: 3 })), {
      minLength: 600,
      maxLength: 900,
    });
    fc.assert(
      fc.property(told, fc.nat({ max: 600 }), (labels, cut) => {
        const whole = new LabelCounts(labels).map();
        const first = new LabelCounts(labels.slice(cut)).map();
        const joined = new LabelCounts([...first, ...labels.slice(0, cut)]).map();
        expect([...joined]).toEqual([...whole]);
      }),
      { numRuns: 30 },
    );
  });
});

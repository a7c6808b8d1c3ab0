import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clauseText } from './clauseText.ts';
import { type Clause, fieldNames } from './filter.ts';
import { parseFilter } from './parseFilter.ts';

it('writes clauses that are read as they were, whatever is in them', () => {
  const clause: fc.Arbitrary<Clause> = fc.record({
    field: fc.constantFrom(...fieldNames),
    operator: fc.constantFrom('=', 'contains'),
    value: fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('"', '\\', "'", ' ', 'a') })),
  });
  fc.assert(
    fc.property(fc.array(clause, { minLength: 1, maxLength: 3 }), (clauses) => {
      const text = clauses.map(clauseText).join(' and ');
      expect(parseFilter(text)).toEqual({ ok: true, filter: { kind: 'clauses', clauses } });
    }),
  );
});

import { expect, it } from 'vitest';
import { type DerivedProcess, flagCodes } from '../graph/derived.ts';
import { isNoted } from '../graph/tree/staysAlone.ts';
import { outOfPlaceWords } from '../words/flagMark.ts';
import { outOfPlaceOf, quietMarks } from './standing.ts';
import { labContext } from './testing/labContext.ts';

const [process] = labContext().derived.processes;
if (process === undefined) throw new Error('the lab has processes');
/** One that is flagged with everything there is. */
const flagged: DerivedProcess = {
  ...process,
  flags: flagCodes.toReversed().map((code) => ({ code, reason: '', inputs: {} })),
};
const outOfPlace = outOfPlaceOf(flagged);

it('what is out of place has words, nothing else has them, and they come gravest first', () => {
  expect(outOfPlace).toHaveLength(2);
  const each = outOfPlace.map((code) => outOfPlaceWords([code]));
  expect(outOfPlaceWords(flagCodes.toReversed())).toBe(each.join(', '));
});

it('whatever a process stands out for keeps it out of every fold, unless that is what the fold has in common', () => {
  // Roots of one kind share the role; a fold holds only what the same policies reported (`foldSiblings`).
  const shared: readonly string[] = ['injected', 'policy_hit'];
  const codes = [...outOfPlace, ...quietMarks.filter((mark) => !shared.includes(mark))];
  expect(codes.filter((code) => !isNoted([code]))).toEqual([]);
});

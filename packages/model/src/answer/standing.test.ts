import { expect, it } from 'vitest';
import type { AlertFact } from '../event/facts.ts';
import { type DerivedProcess, flagCodes } from '../graph/derived.ts';
import { isNoted } from '../graph/tree/staysAlone.ts';
import { outOfPlaceWords } from '../words/flagMark.ts';
import { isLateNew, outOfPlaceOf, quietMarks } from './standing.ts';
import { labContext } from './testing/labContext.ts';

const [process] = labContext().derived.processes;
if (process === undefined) throw new Error('the lab has processes');
/** One that is flagged with everything there is. */
const flagged: DerivedProcess = {
  ...process,
  flags: flagCodes.toReversed().map((code) => ({ code, reason: '', inputs: {} })),
};
const alert: AlertFact = {
  process: '',
  cluster: '',
  node: '',
  label: '',
  kind: 'alert',
  subject: '',
  rule: '',
  severity: 'Debug',
  severityWord: '',
  tags: [],
  output: '',
  action: '',
  enforcer: '',
  result: '',
  blocked: false,
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

it('what is out of place is loud for its time, too, when it is late and an agent alerted on it', () => {
  const flags = [{ code: 'left_container', reason: '', inputs: {} }] as const;
  const late: DerivedProcess = { ...process, late: true, loud: true, flags, alerts: [] };
  const notice: AlertFact = { ...alert, severity: 'Notice' };
  const warning: AlertFact = { ...alert, severity: 'Warning' };
  expect(isLateNew(late)).toBe(false);
  expect(isLateNew({ ...late, alerts: [notice] })).toBe(false);
  expect(isLateNew({ ...late, alerts: [notice, warning] })).toBe(true);
});

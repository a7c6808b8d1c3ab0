import { generateReverseShell } from '../../scenario/reverseShell.ts';
import type { AnswerContext } from '../context.ts';
import { logContext } from './logContext.ts';

/** The crawler incident, taken in and derived: what every answer is asked about in tests. */
export function labContext(): AnswerContext & {
  truth: ReturnType<typeof generateReverseShell>['truth'];
} {
  const { lines, truth } = generateReverseShell(11);
  return { ...logContext(`${lines.join('\n')}\n`), truth };
}

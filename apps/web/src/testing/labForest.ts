import type { AnswerContext } from '@forebear/model/answer/context';
import { logContext } from '@forebear/model/answer/testing/logContext';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';

/** The crawler incident taken in and derived as the server does it: what the web's own rules are held against. */
export function labForest(): AnswerContext & {
  readonly truth: ReturnType<typeof generateReverseShell>['truth'];
} {
  const { lines, truth } = generateReverseShell(11);
  return { ...logContext(`${lines.join('\n')}\n`), truth };
}

import type { Completeness } from './answers.ts';

/** How long the server gathers before it answers with what there is so far: a page that fills is better than one that waits. */
export const PATIENCE = '1s';

/**
 * Asks for a list of a large case until the answer is the whole one, and answers that. `show` is handed each answer before
 * it, unless something whole is on screen already: a list that is asked for again does not shrink meanwhile.
 */
export async function untilWhole<Answer extends { readonly completeness: Completeness }>(
  askOnce: () => Promise<Answer>,
  shown: Answer | undefined,
  show: (soFar: Answer) => void,
): Promise<Answer> {
  const keepsShown = shown !== undefined && shown.completeness.derived === undefined;
  for (;;) {
    const answer = await askOnce();
    if (answer.completeness.derived === undefined) return answer;
    if (!keepsShown) show(answer);
  }
}

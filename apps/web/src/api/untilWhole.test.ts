import { expect, it } from 'vitest';
import { untilWhole } from './untilWhole.ts';

const complete = {
  complete: true,
  agentLoss: 'not monitored' as const,
  gaps: 0,
  quarantined: 0,
  shardsMissing: 0,
};
const soFar = (parts: number) => ({
  items: parts,
  completeness: { ...complete, complete: false, derived: { parts, of: 3 } },
});
const whole = { items: 3, completeness: complete };

/** Answers one after the other. */
function answers<T>(...list: T[]): () => Promise<T> {
  return async () => {
    const next = list.shift();
    if (next === undefined) throw new Error('asked once too often');
    return next;
  };
}

it('shows what there is so far, and answers with the whole', async () => {
  const shown: number[] = [];
  const answer = await untilWhole<typeof whole>(
    answers<typeof whole>(soFar(1), soFar(2), whole),
    undefined,
    ({ items }) => shown.push(items),
  );
  expect(answer).toBe(whole);
  expect(shown).toEqual([1, 2]);
});

it('leaves a whole list on screen until the next one is whole', async () => {
  const shown: number[] = [];
  const show = ({ items }: { items: number }) => shown.push(items);
  await untilWhole<typeof whole>(answers<typeof whole>(soFar(1), whole), whole, show);
  expect(shown).toEqual([]);
  await untilWhole<typeof whole>(answers<typeof whole>(soFar(2), whole), soFar(1), show);
  expect(shown).toEqual([2]);
});

it('ends with the failure of a question', async () => {
  const asked = untilWhole(answers<typeof whole>(soFar(1)), undefined, () => undefined);
  await expect(asked).rejects.toThrow('asked once too often');
});

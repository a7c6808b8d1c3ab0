import { expect, it } from 'vitest';
import type { Steps } from '../../steps.ts';
import { Turns } from './turns.ts';

function* countTo(steps: number): Steps<string> {
  for (let at = 1; at <= steps; at += 1) yield () => `${at} of ${steps}`;
  return 'done';
}

/** Of facts that stay as they are. */
const still = { snapshot: <T>(question: () => T): T => question(), facts: '' };

/** Rounds in which every question is come back to once, until all have ended; undefined: they have not. */
function roundsOf(questions: number, steps: number, isMoving: boolean): number | undefined {
  let facts = 0;
  const turns = new Turns({
    snapshot: (question) => question(),
    get facts() {
      return String(facts);
    },
  });
  let open = Array.from({ length: questions }, (_, number) => number);
  for (let round = 1; round <= 50; round += 1) {
    open = open.filter(
      (number) => !turns.next({ key: String(number), isEnough: false }, () => countTo(steps)).ended,
    );
    if (open.length === 0) return round;
    if (isMoving) facts += 1;
  }
  return undefined;
}

it('takes a question a step further each time, and ends it', () => {
  expect(roundsOf(3, 10, false)).toBe(11);
});

it('says how far a question has come to whoever has waited enough, and goes on from there', () => {
  const turns = new Turns(still);
  const ask = (isEnough: boolean) => turns.next({ key: 'pods', isEnough }, () => countTo(3));
  expect(ask(false)).toEqual({ ended: false, soFar: undefined });
  expect(ask(true)).toEqual({ ended: false, soFar: '2 of 3' });
  expect(ask(true)).toEqual({ ended: false, soFar: '3 of 3' });
  expect(ask(true)).toEqual({ ended: true, value: 'done' });
});

it('ends a question that the facts overtake again and again', () => {
  expect(roundsOf(1, 10, true)).toBeLessThan(6);
});

it('ends each of more questions than it holds, under ingest or not', () => {
  expect(roundsOf(100, 10, true)).toBeLessThan(6);
  expect(roundsOf(100, 10, false)).toBeLessThan(20);
});

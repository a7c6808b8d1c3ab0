import { expect, it } from 'vitest';
import { eventKinds } from './event.ts';

it('has no more kinds than a number has bits to say which a process had', () => {
  // `EventCounts.kinds` is worked with as 32 bits, one of them the sign.
  expect(eventKinds.length).toBeLessThanOrEqual(31);
});

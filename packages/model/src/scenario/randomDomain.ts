import type { Random } from './random.ts';

const LETTERS = 'bcdfghjkmnpqrtvwxz';
const DIGITS = '0123456789';

/** Looks machine-made: fourteen characters that switch seven times; under `.example`, so never a real name. */
export function randomDomain(random: Random): string {
  let label = '';
  for (const digits of [2, 1, 2, 1]) label += random.word(2, LETTERS) + random.word(digits, DIGITS);
  return `${label}.example`;
}

import type { Random } from './random.ts';

/** A random UUID of version 4. */
export function uuidOf(random: Random): string {
  const digits = random.hex(32);
  return [
    digits.slice(0, 8),
    digits.slice(8, 12),
    `4${digits.slice(13, 16)}`,
    `a${digits.slice(17, 20)}`,
    digits.slice(20, 32),
  ].join('-');
}

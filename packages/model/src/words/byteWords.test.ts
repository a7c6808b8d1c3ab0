import { expect, it } from 'vitest';
import { byteWords } from './byteWords.ts';

it('bytes are told in binary units, more exactly from a mebibyte on where that is asked for', () => {
  const counts = [0, 1023, 1024, '4799334', 18446744073709551615n];
  expect(counts.map((count) => byteWords(count, 3))).toEqual([
    '0 B',
    '1023 B',
    '1.0 KiB',
    '4.577 MiB',
    '16.000 EiB',
  ]);
  expect(byteWords('4799334', 1)).toBe('4.6 MiB');
});

it('what rounds up to a whole unit is told in that unit', () => {
  expect(byteWords(1_048_575, 1)).toBe('1.0 MiB');
});

it('what nobody counted is a dash, what is no number stays as it came', () => {
  expect([byteWords(null, 1), byteWords('many', 1)]).toEqual(['–', 'many']);
});

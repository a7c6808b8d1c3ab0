import { expect, it } from 'vitest';
import { parseLossless } from './losslessJson.ts';

it('keeps every digit of whole numbers beyond 2^53, and other numbers as they are', () => {
  expect(parseLossless('{"a":18446635877108472320,"b":[7,1.5,-9007199254740993],"c":"1"}')).toEqual(
    {
      a: 18446635877108472320n,
      b: [7, 1.5, -9007199254740993n],
      c: '1',
    },
  );
  expect(parseLossless('1e400')).toBe(Number.POSITIVE_INFINITY);
});

it('says undefined for what is no JSON, or too deep', () => {
  expect(parseLossless('{"a":')).toBeUndefined();
  expect(parseLossless('['.repeat(200_000) + ']'.repeat(200_000))).toBeUndefined();
});

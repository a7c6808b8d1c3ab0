import fc from 'fast-check';
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

it('leaves digits in texts alone, whatever stands around them', () => {
  const texts = [
    '1715108059341081180',
    ': 1715108059341081180,',
    '\\',
    '"',
    '\\"1715108059341081180',
    '\uE0F71',
  ];
  for (const text of texts) {
    expect(parseLossless(JSON.stringify({ text, key: [text] }))).toEqual({ text, key: [text] });
  }
  expect(parseLossless('{"a\\\\":1715108059341081180}')).toEqual({ 'a\\': 1715108059341081180n });
  expect(parseLossless('[1.25000000000000000000, 1715108059341081180e0, 0]')).toEqual([
    1.25,
    Number('1715108059341081180'),
    0,
  ]);
  expect(parseLossless('-1715108059341081180')).toBe(-1715108059341081180n);
});

it('says what JSON.parse says, but for long numbers', () => {
  fc.assert(
    fc.property(fc.json(), fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n }), (text, long) => {
      fc.pre(!/\d{16}/.test(text));
      const plain: unknown = JSON.parse(text);
      expect(parseLossless(text)).toEqual(plain);
      expect(parseLossless(`[${text},{"k":${long}}]`)).toEqual([plain, { k: long }]);
    }),
  );
});

it('says undefined for what is no JSON', () => {
  expect(parseLossless('{"a":')).toBeUndefined();
  expect(parseLossless('{"a":1715108059341081180')).toBeUndefined();
});

it('reads what is nested deep', () => {
  const deep = `${'['.repeat(5000)}1715108059341081180${']'.repeat(5000)}`;
  let value = parseLossless(deep);
  while (Array.isArray(value)) value = value.at(0) as unknown;
  expect(value).toBe(1715108059341081180n);
});

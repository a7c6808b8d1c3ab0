import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTime, nanos, parseTime } from '../event/time.ts';
import { cookieOf, countOf, enumOf, integerOf, portOf, textsOf, timeOf, uint64Of } from './read.ts';

describe('timeOf', () => {
  it('reads 0, 3, 6 and 9 fraction digits alike', () => {
    const texts = ['', '.000', '.000000', '.000000000'].map((f) => `2023-07-26T07:06:18${f}Z`);
    expect(new Set(texts.map(timeOf))).toEqual(new Set([parseTime('2023-07-26T07:06:18Z')]));
    expect(timeOf('2023-07-26T07:06:18.110713332Z')).toBe(1690355178110713332n);
    expect(timeOf('2023-07-26T07:06:18.1107Z')).toBe(1690355178110700000n);
  });

  it('agrees with the general reader on every time that fits', () => {
    const time = fc.bigInt(-9_000_000_000_000_000_000n, 9_000_000_000_000_000_000n);
    fc.assert(
      fc.property(time, fc.constantFrom(20, 23, 24, 27, 30), (value, cut) => {
        const text = formatTime(nanos(value));
        const shorter = cut === 20 ? `${text.slice(0, 19)}Z` : `${text.slice(0, cut - 1)}Z`;
        expect(timeOf(shorter)).toBe(parseTime(shorter));
        expect(timeOf(text)).toBe(value);
      }),
    );
  });

  it('agrees with the general reader on mangled text', () => {
    const base = '2024-02-29T23:59:59.123456789Z';
    const mangled = fc
      .tuple(fc.nat(base.length), fc.nat(3), fc.string({ maxLength: 3 }))
      .map(([at, gone, put]) => base.slice(0, at) + put + base.slice(at + gone));
    fc.assert(
      fc.property(mangled, (text) => {
        const year = Number(text.slice(0, 4));
        const expected = year >= 1678 && year <= 2261 ? parseTime(text) : undefined;
        expect(timeOf(text)).toBe(expected);
      }),
      { numRuns: 5_000 },
    );
  });

  it('refuses impossible dates', () => {
    for (const text of ['2023-02-29T00:00:00Z', '2024-13-01T00:00:00Z', '2024-01-01T24:00:00Z']) {
      expect(timeOf(text)).toBeUndefined();
    }
  });

  it("takes Go's zero time and years that do not fit 64 bits as no time", () => {
    expect(timeOf('0001-01-01T00:00:00Z')).toBeUndefined();
    expect(timeOf('9999-12-31T23:59:59Z')).toBeUndefined();
  });

  it('reads zones and protobuf messages', () => {
    expect(timeOf('2023-07-26T09:06:18+02:00')).toBe(timeOf('2023-07-26T07:06:18Z'));
    expect(timeOf({ seconds: '1690355178', nanos: 5 })).toBe(1690355178000000005n);
    expect(timeOf(1690355178)).toBeUndefined();
    expect(timeOf(null)).toBeUndefined();
  });
});

describe('numbers', () => {
  it('come as numbers or decimal strings', () => {
    expect([countOf(7), countOf('7'), countOf('-7'), countOf(-7), countOf(1.5)]).toEqual([
      7,
      7,
      undefined,
      undefined,
      undefined,
    ]);
    expect([integerOf('-100'), integerOf(-100)]).toEqual([-100, -100]);
    expect([portOf(65535), portOf(65536)]).toEqual([65535, undefined]);
    for (const value of [null, undefined, '', ' 1', '1e3', '0x1', {}, [], true]) {
      expect(countOf(value)).toBeUndefined();
    }
  });

  it('of 64 bits keep every digit, or say that digits were lost', () => {
    const precision = { lost: false };
    expect(uint64Of('18446744073709551615', precision)).toBe(18446744073709551615n);
    expect(uint64Of(18446744073709551615n, precision)).toBe(18446744073709551615n);
    expect(cookieOf('18446635877108472320', precision)).toBe('18446635877108472320');
    expect(cookieOf(12, precision)).toBe('12');
    expect(precision.lost).toBe(false);
    expect(uint64Of(Number('18446744073709551615'), precision)).toBeUndefined();
    expect(precision.lost).toBe(true);
  });
});

describe('enumOf', () => {
  it('takes names and numbers, and keeps a number it has no name for', () => {
    const names = new Map([[1, 'ONE']]);
    expect([enumOf('ONE', names), enumOf(1, names), enumOf('1', names)]).toEqual([
      'ONE',
      'ONE',
      'ONE',
    ]);
    expect([enumOf('TWO', names), enumOf(2, names), enumOf(null, names)]).toEqual([
      'TWO',
      '2',
      undefined,
    ]);
  });
});

describe('textsOf', () => {
  it('keeps the texts of a list, each on one line', () => {
    expect(textsOf(['a', 1, '', null, 'b\nc'])).toEqual(['a', 'b␊c']);
    expect(textsOf('a')).toEqual([]);
  });
});

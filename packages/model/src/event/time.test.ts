import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatTime, isWithinReach, millisBetween, nanos, parseTime, toMicros } from './time.ts';

const parsed = (text: string) => {
  const time = parseTime(text);
  return time === undefined ? undefined : formatTime(time);
};

describe('a time in a log', () => {
  it.each([
    ['2023-07-26T07:06:18Z', '2023-07-26T07:06:18.000000000Z'],
    ['2023-07-26T07:06:18.1Z', '2023-07-26T07:06:18.100000000Z'],
    ['2023-07-26T07:06:18.110713332Z', '2023-07-26T07:06:18.110713332Z'],
    ['2023-07-26T07:06:18.110713332999Z', '2023-07-26T07:06:18.110713332Z'],
    ['2023-07-26T09:06:18.5+02:00', '2023-07-26T07:06:18.500000000Z'],
    ['2023-07-26T07:06:18', '2023-07-26T07:06:18.000000000Z'],
    ['1969-12-31T23:59:59.999999999Z', '1969-12-31T23:59:59.999999999Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000000000Z'],
    ['0099-12-31T23:59:59Z', '0099-12-31T23:59:59.000000000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000000000Z'],
  ])('%s is %s', (text, printed) => {
    expect(parsed(text)).toBe(printed);
  });

  it.each([
    '',
    'yesterday',
    '2023-02-30T00:00:00Z',
    '2023-13-01T00:00:00Z',
    '2023-07-26T24:00:00Z',
    '2023-07-26T07:60:00Z',
    '1690355178',
  ])('is not %j', (text) => {
    expect(parseTime(text)).toBeUndefined();
  });

  it('keeps every nanosecond through text and through microseconds', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 18n), max: 8n * 10n ** 18n }), (value) => {
        const time = nanos(value);
        const { us, ns } = toMicros(time);
        return (
          parseTime(formatTime(time)) === time &&
          BigInt(us) * 1000n + BigInt(ns) === value &&
          ns >= 0 &&
          ns < 1000
        );
      }),
    );
  });

  it('differs by fractional milliseconds', () => {
    expect(millisBetween(nanos(1_000_000_000n), nanos(1_302_417_021_244n))).toBe(1_301_417.021244);
  });
});

describe('what 64 bits hold of time', () => {
  it.each([
    ['1677-09-21T00:12:43.145224192Z', false],
    ['1677-09-21T00:12:43.145224193Z', true],
    ['2262-04-11T23:47:16.854775807Z', true],
    ['2262-04-11T23:47:16.854775808Z', false],
    ['9999-01-01T00:00:00Z', false],
  ])('of %s: %s', (text, held) => {
    const time = parseTime(text);
    expect(time === undefined ? undefined : isWithinReach(time)).toBe(held);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatClock,
  formatDay,
  formatExact,
  formatSpan,
  type Moment,
  millisBetween,
  momentOfMicros,
  parseMoment,
  zoneName,
} from './formatTime.ts';

const plain = (text: string) => text.replaceAll('\u202f', ' ');

function moment(text: string): Moment {
  const at = parseMoment(text);
  if (at === undefined) throw new Error(`no time: ${text}`);
  return at;
}

describe('times', () => {
  it('keeps all nine digits of the log', () => {
    const at = moment('2023-07-26T07:06:18.110713332Z');
    expect(plain(formatClock(at, 'utc'))).toBe('07:06:18.110 713 332');
    expect(formatExact(at, 'utc')).toBe('2023-07-26T07:06:18.110713332Z');
    expect(formatClock(at, 'utc', 'ms')).toBe('07:06:18.110');
    expect(formatClock(at, 'utc', 's')).toBe('07:06:18');
  });

  it('reads 0, 3 and 6 digits and an offset', () => {
    expect(formatExact(moment('2023-07-26T07:06:18Z'), 'utc')).toBe(
      '2023-07-26T07:06:18.000000000Z',
    );
    expect(formatExact(moment('2023-07-26T09:06:18.5+02:00'), 'utc')).toBe(
      '2023-07-26T07:06:18.500000000Z',
    );
  });

  it('answers undefined for what is no time', () => {
    for (const text of [
      '',
      'yesterday',
      '2023-07-26',
      '2023-13-01T00:00:00Z',
      '2023-07-26T25:00:00Z',
    ]) {
      expect(parseMoment(text)).toBeUndefined();
    }
  });

  it('shows another zone without moving the moment', () => {
    const at = moment('2023-07-26T23:30:00.000000001Z');
    const zone = { offsetMinutes: 120 };
    expect(formatDay(at, 'utc')).toBe('2023-07-26');
    expect(formatDay(at, zone)).toBe('2023-07-27');
    expect(formatExact(at, zone)).toBe('2023-07-27T01:30:00.000000001+02:00');
    expect(formatExact(at, { offsetMinutes: -210 })).toBe('2023-07-26T20:00:00.000000001-03:30');
    expect(zoneName(zone, at)).toBe('+02:00');
  });

  it('says the second day of a span only when it is another', () => {
    const [a, b] = [moment('2026-03-14T07:05:47Z'), moment('2026-03-14T07:20:47Z')];
    expect(formatSpan(a, b, 'utc')).toBe('2026-03-14 07:05:47 – 07:20:47');
    expect(formatSpan(a, moment('2026-03-15T00:00:00Z'), 'utc')).toBe(
      '2026-03-14 07:05:47 – 2026-03-15 00:00:00',
    );
  });

  it('joins microseconds and nanoseconds of the wire, before 1970 too', () => {
    expect(formatExact(momentOfMicros(1_690_355_178_110_713, 332), 'utc')).toBe(
      '2023-07-26T07:06:18.110713332Z',
    );
    expect(formatExact(momentOfMicros(-1, 0), 'utc')).toBe('1969-12-31T23:59:59.999999000Z');
  });

  it('reads back what it wrote, and gives the same order and difference in every zone', () => {
    const anyMoment = fc.record({
      ms: fc.integer({ min: 0, max: 4_102_444_800_000 }),
      ns: fc.integer({ min: 0, max: 999_999 }),
    });
    const anyZone = fc.integer({ min: -14 * 60, max: 14 * 60 });
    fc.assert(
      fc.property(anyMoment, anyMoment, anyZone, (a, b, offsetMinutes) => {
        const zone = { offsetMinutes };
        const [readA, readB] = [moment(formatExact(a, zone)), moment(formatExact(b, 'utc'))];
        expect(readA).toEqual(a);
        expect(millisBetween(readA, readB)).toBe(millisBetween(a, b));
      }),
    );
  });
});

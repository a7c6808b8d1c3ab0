import { describe, expect, it } from 'vitest';
import { bytesText, clockText, durationText, untilText } from './figures.ts';

describe('figures as people read them', () => {
  it('prints bytes in binary units with one decimal, as the page does', () => {
    const texts = ['0', '1023', '1024', '4802520', '4811531', '1048575', '18446744073709551615'];
    expect(texts.map(bytesText)).toEqual([
      '0 B',
      '1023 B',
      '1.0 KiB',
      '4.6 MiB',
      '4.6 MiB',
      '1.0 MiB',
      '16.0 EiB',
    ]);
  });

  it('prints durations with the two units that matter', () => {
    const times = [0, 350, 1000, 9_949, 59_499, 59_500, 302_417, 3_600_000, 90_000_000, -5_000];
    expect(times.map(durationText)).toEqual([
      '0ms',
      '350ms',
      '1.0s',
      '9.9s',
      '59s',
      '1m00s',
      '5m02s',
      '1h00m',
      '1d01h',
      '-5.0s',
    ]);
  });

  it('says the date of an end that lies on another day than its beginning', () => {
    const end = '2026-01-30T18:15:20.5Z';
    expect(untilText(end, '2026-01-30T07:00:00Z')).toBe('18:15:20');
    expect(untilText(end, '2022-01-30T07:00:00Z')).toBe('2026-01-30 18:15:20');
    expect(untilText(end, null)).toBe('2026-01-30 18:15:20');
  });

  it('prints a dash for a time that is not known', () => {
    expect([clockText(null), clockText('2026-03-17T09:17:31.789733911Z')]).toEqual([
      '-',
      '09:17:31.789',
    ]);
  });
});

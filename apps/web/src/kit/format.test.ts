import { describe, expect, it } from 'vitest';
import {
  exactBytes,
  formatBytes,
  formatCount,
  formatDelta,
  formatDuration,
  formatLimit,
  formatNoun,
  formatRate,
  formatShares,
  formatTraffic,
  wholeTraffic,
} from './format.ts';

const plain = (text: string) => text.replaceAll('\u202f', ' ');

describe('numbers', () => {
  it('says beside a rounded number of bytes the exact one', () => {
    expect(plain(wholeTraffic('4800512'))).toBe('4.578 MiB (4 800 512 bytes)');
    expect(plain(wholeTraffic('512'))).toBe('512 B');
    expect(wholeTraffic(null)).toBe('–');
  });

  it('groups counts with thin spaces', () => {
    expect(plain(formatCount(0))).toBe('0');
    expect(plain(formatCount(999))).toBe('999');
    expect(plain(formatCount(1204))).toBe('1 204');
    expect(plain(formatCount(1_234_567_890n))).toBe('1 234 567 890');
  });

  it('says one process and three processes', () => {
    expect(formatNoun(1, 'process', 'processes')).toBe('1 process');
    expect(formatNoun(3, 'process', 'processes')).toBe('3 processes');
    expect(formatNoun(0, 'event')).toBe('0 events');
  });

  it('gives bytes in binary units with one decimal, also beyond 2^53', () => {
    expect(formatBytes(0)).toBe('0 B');
    expect(formatBytes(1023)).toBe('1023 B');
    expect(formatBytes(1024)).toBe('1.0 KiB');
    expect(formatBytes(1024 * 1024 - 1)).toBe('1.0 MiB');
    expect(formatBytes('4829241')).toBe('4.6 MiB');
    expect(formatTraffic('4829241')).toBe('4.606 MiB');
    expect(formatTraffic('4811702')).toBe('4.589 MiB');
    expect(formatTraffic('1536')).toBe('1.5 KiB');
    expect(formatTraffic(null)).toBe('–');
    expect(exactBytes('4829241')).toBe('4\u202f829\u202f241 bytes');
    expect(formatBytes('18446744073709551615')).toBe('16.0 EiB');
    expect(formatBytes('not a number')).toBe('not a number');
  });

  it('gives rates', () => {
    expect(formatRate(412, 'events')).toBe('412 ev/s');
    expect(formatRate(0.25, 'events')).toBe('0.3 ev/s');
    expect(formatRate(0, 'events')).toBe('0 ev/s');
    expect(formatRate(1_500_000, 'bytes')).toBe('1.4 MiB/s');
  });
});

describe('differences', () => {
  it.each([
    [302_902.1, '+5 m 02.9 s'],
    [302_373.382, '+5 m 02.4 s'],
    [2_900, '+2.9 s'],
    [302, '+302 ms'],
    [1.3, '+1.3 ms'],
    [0.373, '+0.373 ms'],
    [0, '+0 ms'],
    [-1500, '−1.5 s'],
    [3_600_000, '+1 h 00 m 00 s'],
    [11_102_000, '+3 h 05 m 02 s'],
    [183_900_000, '+2 d 03 h 05 m'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatDelta(ms)).toBe(text);
  });

  it('rounds once: never sixty seconds', () => {
    expect(formatDuration(59_960)).toBe('1 m 00.0 s');
    expect(formatDuration(119_999)).toBe('2 m 00.0 s');
    expect(formatDuration(3_599_960)).toBe('1 h 00 m 00 s');
    expect(formatDuration(999.7)).toBe('1.0 s');
  });

  it('speaks of a limit as people do', () => {
    expect(formatLimit(60_000)).toBe('60 s');
    expect(formatLimit(90_000)).toBe('90 s');
    expect(formatLimit(300_000)).toBe('5 m');
  });
});

describe('shares', () => {
  it('are by events, the largest first, and never 0 %', () => {
    expect(formatShares({ falco: 9, tetragon: 91 })).toBe('tetragon 91 %, falco 9 %');
    expect(formatShares({ tetragon: 100_000, falco: 1 })).toBe('tetragon 99 %, falco < 1 %');
  });

  it('are left out for one', () => {
    expect(formatShares({ tetragon: 5 })).toBe('tetragon');
    expect(formatShares({})).toBe('–');
  });
});

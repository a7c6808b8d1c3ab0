import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinSegments } from './segments.ts';
import { tableLines } from './table.ts';
import { clip, textWidth } from './textWidth.ts';

const plain = (text: string) => text;

describe('lines on a terminal', () => {
  it('counts columns as terminals draw them', () => {
    expect(['abc', '日本', '🚀 x', 'e\u0301', '👩‍💻'].map(textWidth)).toEqual([3, 4, 4, 1, 4]);
  });

  it('cuts text so that it fits, and says so', () => {
    expect(clip('日本語', 4)).toBe('日…');
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 40 }),
        (text, columns) => {
          expect(textWidth(clip(text, columns))).toBeLessThanOrEqual(columns);
        },
      ),
    );
  });

  it('aligns columns and cuts only those that may shrink', () => {
    const columns = [
      { title: 'NAME', shrinkTo: 4 },
      { title: 'N', align: 'right' as const },
    ];
    const rows = [
      [{ text: 'a-very-long-name' }, { text: '1' }],
      [{ text: 'b' }, { text: '12,345' }],
    ];
    expect(tableLines(columns, rows, 20, plain)).toEqual([
      'NAME               N',
      'a-very-long…       1',
      'b             12,345',
    ]);
    expect(
      tableLines(columns, rows, 5, plain).every((line) => line.includes('…') || line.length > 5),
    ).toBe(true);
  });

  it('leaves columns out in their order before it cuts others', () => {
    const columns = [
      { title: 'POD', shrinkTo: 4 },
      { title: 'NODE', leaveOut: 1 },
      { title: 'SEEN', leaveOut: 2 },
    ];
    const rows = [[{ text: 'a-pod-name' }, { text: 'a-node-name' }, { text: '2026' }]];
    expect(tableLines(columns, rows, 29, plain)[1]).toBe('a-pod-name  a-node-name  2026');
    expect(tableLines(columns, rows, 28, plain)[1]).toBe('a-pod-name  2026');
    expect(tableLines(columns, rows, 12, plain)[1]).toBe('a-pod-name');
    expect(tableLines(columns, rows, 6, plain)[1]).toBe('a-pod…');
  });

  it('gives way in elastic parts first', () => {
    const segments = [
      { text: '/bin/sh' },
      { text: '-c "a very long script that goes on"', elastic: true },
      { text: 'ROOT' },
    ];
    expect(joinSegments(segments, 40)).toBe('/bin/sh -c "a very long script tha… ROOT');
    expect(textWidth(joinSegments(segments, 12))).toBeLessThanOrEqual(12);
    expect(joinSegments(segments, Number.POSITIVE_INFINITY)).toContain('goes on" ROOT');
  });
});

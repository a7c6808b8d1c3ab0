import { describe, expect, it } from 'vitest';
import { splitRecord } from './splitRecord.ts';
import { describePieces, findMiscount, frameWhole } from './testing/pieces.ts';
import { encodeText } from './text.ts';

describe('a record that does not parse', () => {
  it.each([
    [
      'several values',
      '{"a":1}{"b":2},{"c":3}',
      ['record {"a":1}', 'record {"b":2}', 'record {"c":3}'],
    ],
    [
      'a bad value before a good one',
      '{"a" 1}{"b":2}',
      ['unreadable:bad_json {"a" 1}', 'record {"b":2}'],
    ],
    [
      'a value cut off by the next',
      '{"a":"x{"b":2}',
      ['unreadable:unterminated {"a":"x', 'record {"b":2}'],
    ],
    [
      'a cut value: its insides are no records',
      '{"process":{"pid":1},"parent":{"pid":2}',
      ['unreadable:unterminated {"process":{"pid":1},"parent":{"pid":2}'],
    ],
    [
      'an argument that ends in a brace',
      '{"a":"echo {","b":x}',
      ['unreadable:bad_json {"a":"echo {","b":x}'],
    ],
    ['a value and what is none', '{"a":1} or {b}', ['record {"a":1}', 'skipped:text or {b}']],
  ])('%s', (_title, text, expected) => {
    const [record] = frameWhole(text);
    const pieces = record?.kind === 'record' ? splitRecord(record) : [];
    expect(describePieces(pieces)).toEqual(expected);
    expect(findMiscount(encodeText(text), pieces)).toBeUndefined();
  });

  it('values of one wrapped line share its range: the first owns it', () => {
    const line = '2026-03-15T00:06:32Z stdout F {"a":1}{"b":2}';
    const [record] = frameWhole(`${line}\n`);
    const pieces = record?.kind === 'record' ? splitRecord(record) : [];
    expect(pieces).toMatchObject([
      { kind: 'record', offset: 0, length: line.length, wrapper: { kind: 'cri' } },
      { kind: 'record', offset: 0, length: 0, wrapper: { kind: 'cri' } },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { exceedsDepth, findValueEnd } from './scanValue.ts';
import { encodeText } from './text.ts';

describe('the end of a value', () => {
  it.each([
    ['{}', 2],
    ['{"a":"}"}x', 9],
    ['{"a":"\\"}"}', 11],
    ['{"a":"\\\\"}', 10],
    ['[{"a":1},{}]', 12],
    ['{\n"a"\n:\n1}', 10],
    ['{"a":', undefined],
    ['{"a":"', undefined],
    ['{"a":"\n"}', undefined],
    ['{"a" {}}', undefined],
  ])('%j ends at %s', (text, end) => {
    expect(findValueEnd(encodeText(text), 0)).toBe(end);
  });
});

describe('depth', () => {
  it.each([
    ['{}', 1, false],
    ['{"a":{}}', 1, true],
    ['{"a":"[[[[{{{{\\"["}', 1, false],
    [`${'['.repeat(64)}${']'.repeat(64)}`, 64, false],
    [`${'['.repeat(65)}${']'.repeat(65)}`, 64, true],
    ['[{},{},{},[]]', 2, false],
    ['['.repeat(1e6), 64, true],
  ])('%.30s exceeds %i: %s', (text, limit, expected) => {
    expect(exceedsDepth(encodeText(text), limit)).toBe(expected);
  });
});

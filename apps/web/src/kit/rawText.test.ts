import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indentRecord } from './rawText.ts';

describe('an original record', () => {
  it('is indented without touching its numbers', () => {
    expect(indentRecord('{"ktime":12345678901234567890,"a":[1,{}],"s":"x, {y}: \\" z"}')).toBe(
      '{\n  "ktime": 12345678901234567890,\n  "a": [\n    1,\n    {}\n  ],\n  "s": "x, {y}: \\" z"\n}',
    );
  });

  it('stays as it is when it is no JSON', () => {
    expect(indentRecord('🚀 process default/a /bin/sh')).toBe('🚀 process default/a /bin/sh');
    expect(indentRecord('')).toBe('');
  });

  it('means the same JSON as before, whatever is in it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify({ value });
        expect(JSON.parse(indentRecord(text))).toEqual(JSON.parse(text));
      }),
    );
  });
});

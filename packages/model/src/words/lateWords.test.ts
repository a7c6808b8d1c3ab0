import { describe, expect, it } from 'vitest';
import { lateWords } from './lateWords.ts';

describe('the words of a late process', () => {
  it('tell what is new from the rest whatever their capitals', () => {
    const all = [
      lateWords({ isNew: true, isLoud: true }),
      lateWords({ isNew: false, isLoud: true }),
      lateWords({ isNew: false, isLoud: false }),
      lateWords({ isNew: null, isLoud: false }),
    ];
    expect(all).toEqual([
      'late and new',
      'late, flagged',
      'late, seen before',
      'late, novelty unknown',
    ]);
    expect(new Set(all.map((words) => words.toLowerCase())).size).toBe(all.length);
  });
});

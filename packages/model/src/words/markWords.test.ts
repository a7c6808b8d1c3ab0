import { describe, expect, it } from 'vitest';
import { quietMarks } from '../answer/standing.ts';
import { markRank, markSign, markWords } from './markWords.ts';

describe('the words of a mark', () => {
  it('are there for every mark that an answer gives, in the same order, each with a sign of its own', () => {
    expect(quietMarks.toSorted((a, b) => markRank(a) - markRank(b))).toEqual([...quietMarks]);
    expect(new Set(quietMarks.map(markSign)).size).toBe(quietMarks.length);
    expect(markWords('unlinked_binary', 1)).toBe('ran a binary without a name');
    expect(markWords('unlinked_binary', 2)).toBe('ran binaries without a name');
  });

  it('are the code for what a later version tells', () => {
    expect(markWords('grew_wings', 2)).toBe('grew wings');
    expect(markSign('grew_wings')).toBe('⚑');
    expect(markRank('grew_wings')).toBe(quietMarks.length);
  });
});

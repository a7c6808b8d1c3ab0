import { describe, expect, it } from 'vitest';
import { scope } from '../wire/primitives.ts';
import { scopeWords } from './scopeWords.ts';

describe('the words of a scope', () => {
  it('are one for each, none of them a code', () => {
    const words = scope.options.map(scopeWords);
    expect(new Set(words).size).toBe(scope.options.length);
    expect(words.filter((word) => word.includes('_'))).toEqual([]);
    expect(scopeWords('public')).toBe('external');
    expect(scopeWords('api_server')).toBe('API server');
  });

  it('are the code for what a later version tells', () => {
    expect(scopeWords('far_side')).toBe('far side');
  });
});

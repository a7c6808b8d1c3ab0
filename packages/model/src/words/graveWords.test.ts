import { describe, expect, it } from 'vitest';
import { graveSigns } from '../answer/gravity.ts';
import { graveWords } from './graveWords.ts';

describe('the words of grave signs', () => {
  it('are there for every sign that an answer gives, each other words', () => {
    const said = graveSigns.map((sign) => graveWords([sign]));
    expect(new Set(said).size).toBe(graveSigns.length);
    for (const [at, sign] of graveSigns.entries())
      expect(said[at]).not.toBe(sign.replaceAll('_', ' '));
  });

  it('follow one another, and are the code for what a later version tells', () => {
    expect(graveWords(['raised_to_root', 'grew_wings'])).toBe('rise to root, grew wings');
    expect(graveWords([])).toBe('');
  });
});

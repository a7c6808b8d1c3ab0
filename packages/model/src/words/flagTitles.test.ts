import { describe, expect, it } from 'vitest';
import { flagCodes } from '../graph/derived.ts';
import { flagTitle } from './flagTitles.ts';

describe('the title of a flag', () => {
  it('is there for every code, another for each, with a capital', () => {
    const titles = flagCodes.map(flagTitle);
    expect(titles.filter((title) => !/^[A-Z]/.test(title))).toEqual([]);
    expect(new Set(titles).size).toBe(flagCodes.length);
  });

  it('is the code for what a later version tells', () => {
    expect(flagTitle('grew_wings')).toBe('grew wings');
  });
});

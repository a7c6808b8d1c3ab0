import { describe, expect, it } from 'vitest';
import { receivingWords } from './receivingWords.ts';

describe('a page whose log is on its way', () => {
  it('says so, and how far it is', () => {
    expect(receivingWords({ share: 0.261, events: 31_591 })).toBe(
      'The log is still being received (26 %): 31\u202f591 events so far. What is in appears here by itself.',
    );
    expect(receivingWords({ share: undefined, events: 1 })).toContain('received: 1 event so far');
    expect(receivingWords(undefined)).toBeUndefined();
  });
});

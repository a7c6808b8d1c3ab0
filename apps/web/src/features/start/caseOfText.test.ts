import { describe, expect, it } from 'vitest';
import { caseOfText } from './caseOfText.ts';

describe('the case that a text in the field means', () => {
  it('is the one of that name, without the spaces around it', () => {
    expect(caseOfText('incident-7')).toBe('incident-7');
    expect(caseOfText(' My_Case.2 ')).toBe('My_Case.2');
  });

  it('is the default one when the field is empty', () => {
    expect(caseOfText('')).toBe('default');
    expect(caseOfText('  ')).toBe('default');
  });

  it('is none for what is no name, rather than another case', () => {
    for (const text of ['My Case', '../up', '-first', 'x'.repeat(65)])
      expect(caseOfText(text), text).toBeUndefined();
  });
});

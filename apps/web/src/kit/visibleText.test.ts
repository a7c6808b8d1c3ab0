import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasUnseen, visibleRuns, visibleText } from './visibleText.ts';

describe('text of a log', () => {
  it('shows an escape character as its picture', () => {
    expect(visibleText('\u001B[31mred')).toBe('␛[31mred');
  });

  it('names a right-to-left override by its number', () => {
    expect(visibleText('a\u202Egnp.exe')).toBe('a⟨U+202E⟩gnp.exe');
  });

  it.each([
    ['zero-width space', '\u200B'],
    ['byte order mark', '\uFEFF'],
    ['no-break space', '\u00A0'],
    ['C1 control', '\u009B'],
    ['line separator', '\u2028'],
    ['Hangul filler', '\u3164'],
    ['variation selector', '\uFE0F'],
    ['a tag beyond the first plane', '\u{E0041}'],
    ['a lone surrogate', '\uD800'],
    ['a tab', '\t'],
    ['a line feed', '\n'],
  ])('makes %s visible', (_, unseen) => {
    const shown = visibleText(`a${unseen}b`);
    expect(hasUnseen(`a${unseen}b`)).toBe(true);
    expect(shown).not.toContain(unseen);
    expect(shown.startsWith('a')).toBe(true);
    expect(shown.endsWith('b')).toBe(true);
  });

  it('says what an unseen character is', () => {
    const [, run] = visibleRuns('a\u202Eb');
    expect(run).toMatchObject({ kind: 'escape', title: 'U+202E right-to-left override' });
  });

  it('leaves visible text alone, in any script', () => {
    for (const text of ['ls -la /tmp', 'привет мир', 'שלום', '日本語', '🙂', '{"a": [1]}']) {
      expect(visibleText(text)).toBe(text);
      expect(hasUnseen(text)).toBe(false);
    }
  });

  it('shows nothing unseen, whatever comes in, and keeps the order of the rest', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(hasUnseen(visibleText(text))).toBe(false);
        const plain = visibleRuns(text).flatMap((run) => (run.kind === 'plain' ? [run.text] : []));
        let from = 0;
        for (const part of plain) {
          const at = text.indexOf(part, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + part.length;
        }
      }),
    );
  });
});

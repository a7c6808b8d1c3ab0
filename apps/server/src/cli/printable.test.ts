import { describe, expect, it } from 'vitest';
import { printable, printableBytes, printableJson } from './printable.ts';
import { hostileTexts, obeyedBytes } from './testing/hostileTexts.ts';

describe('text of a log on a terminal', () => {
  const texts = hostileTexts();

  it('is tried with more than 120 ways to make a terminal obey', () => {
    expect(texts.length).toBeGreaterThanOrEqual(120);
  });

  it.each(texts.map((text) => [JSON.stringify(text), text]))('spells out %s', (_name, text) => {
    const shown = printable(text);
    expect(obeyedBytes(shown)).toEqual([]);
    expect(shown).not.toContain('\n');
  });

  it('says which character stood there', () => {
    expect(printable('a\u001b[31m\r\n\t\u009b\u202e\u{e0041}')).toBe(
      'a\\x1b[31m\\r\\n\\t\\x9b\\u202e\\u{e0041}',
    );
  });

  it('leaves words of every script and emoji as they are', () => {
    const text = 'curl né 日本語 עברית 🕵️ 👩‍💻 "quoted" \\path';
    expect(printable(text)).toBe(text);
  });

  it('keeps the value of JSON', () => {
    for (const text of hostileTexts()) {
      const json = printableJson(JSON.stringify({ text }, undefined, 2));
      expect(obeyedBytes(json)).toEqual([]);
      expect(JSON.parse(json)).toEqual({ text: text });
    }
  });

  it('keeps the lines of original records and nothing else that a terminal obeys', () => {
    const shown = printableBytes(Buffer.from('{\n\t"a": "\u001b[2J\u009b"\n}\r'));
    expect(shown).toBe('{\n\t"a": "\\x1b[2J\\x9b"\n}\\r');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { goQuote, maybeQuote } from './goQuote.ts';

describe('maybeQuote', () => {
  it('leaves printable text without spaces alone', () => {
    for (const text of ['', '/usr/bin/curl', 'a"b\\c', 'größe', '日本', '🚀', '\ufffd']) {
      expect(maybeQuote(text)).toBe(text);
    }
  });

  it('quotes a space as Go does', () => {
    expect(maybeQuote('-c "date; id"')).toBe('"-c \\"date; id\\""');
  });

  it('lets nothing through that a terminal would obey', () => {
    expect(maybeQuote('\u001b[2J')).toBe('"\\x1b[2J"');
    expect(maybeQuote('a\u202eb\u200b\u0000\u007f\u00a0')).toBe(
      '"a\\u202eb\\u200b\\x00\\x7f\\u00a0"',
    );
    expect(maybeQuote('\u0085')).toBe('"\\u0085"');
    expect(maybeQuote('\u{e0001}')).toBe('"\\U000e0001"');
    expect(maybeQuote('\u0007\b\f\n\r\t\v')).toBe('"\\a\\b\\f\\n\\r\\t\\v"');
    expect(maybeQuote('\ud800 ')).toBe('"\ufffd "');
  });

  it('never prints a control or format character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(maybeQuote(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(goQuote(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { MAX_RECORD_BYTES } from '../framing/limits.ts';
import { type Findings, refusalWords } from './refusalWords.ts';
import { rejectionWords } from './rejectionWords.ts';

const say = (reasons: Readonly<Record<string, number>>, more: Partial<Findings> = {}) =>
  refusalWords({
    records: Object.values(reasons).reduce((sum, count) => sum + count, 0),
    reasons: new Map(Object.entries(reasons)),
    bytes: 100,
    cut: false,
    ...more,
  });

describe('the words of a refusal', () => {
  it('lead with what the file is', () => {
    expect(say({}, { bytes: 0 })).toMatch(/^empty\./);
    expect(say({}, { cut: true })).toMatch(/^cut short .* Copy it again\.$/);
    expect(say({ text: 15, padding: 1, binary: 6 })).toMatch(/^bytes that are no text/);
    expect(say({ text: 5 })).toMatch(/^5 lines of text, not JSON: an access log perhaps\./);
    expect(say({ text: 1 })).toMatch(/^one line of text/);
  });

  it('name the limit and the real length of a record beyond it', () => {
    expect(MAX_RECORD_BYTES).toBe(16 * 1024 * 1024);
    expect(say({ too_long: 1 }, { bytes: 20_000_000 })).toMatch(
      /^one record of 19\.1 MiB, beyond the limit of 16 MiB/,
    );
    expect(rejectionWords('too_long')).toContain('16 MiB');
  });

  it('hold no code of a machine', () => {
    const codes = ['unknown_format', 'bad_json', 'unterminated', 'duplicate_key', 'no_event'];
    const all = say(Object.fromEntries(codes.map((code) => [code, 2])));
    for (const code of codes.filter((one) => one.includes('_'))) expect(all).not.toContain(code);
    expect(say({ bad_json: 1 })).toBe(
      '1 record, none of a log that this version reads (it looks like JSON and is not valid).',
    );
  });
});

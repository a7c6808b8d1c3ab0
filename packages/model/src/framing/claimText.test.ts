import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  describePieces,
  findMiscount,
  findMisquote,
  frameInChunks,
  frameWhole,
} from './testing/pieces.ts';
import { decodeText, encodeText } from './text.ts';

/** Lines with the word in them are somebody's, with what stands before it. */
function claimText(line: Uint8Array): string | undefined {
  const text = decodeText(line);
  return text.includes('toy ') ? text : undefined;
}

/** Lines that begin with it are. */
function claimStart(line: Uint8Array): string | undefined {
  const text = decodeText(line);
  return /^ {0,2}toy /.test(text) ? text : undefined;
}

function framed(text: string, claim = claimStart): readonly string[] {
  return describePieces(frameWhole(text, { claimText: claim }));
}

describe('a line of plain text that is claimed', () => {
  it('comes out whole, between records and noise', () => {
    const lines = ['toy 1', '{"a":1}', '# toy 2', '  toy {"b":2}, ', 'other', '{"c":3}', 'toy 3'];
    expect(framed(lines.join('\n'))).toEqual([
      'text toy 1',
      'record {"a":1}',
      'skipped:comment # toy 2',
      'text   toy {"b":2}, ',
      'skipped:text other',
      'record {"c":3}',
      'text toy 3',
    ]);
  });

  it('is claimed before it is looked through for comments, prompts and objects', () => {
    expect(framed('# toy 1\n$ toy 2\ntime=x toy 3\na toy {"a":1}', claimText)).toEqual([
      'text # toy 1',
      'text $ toy 2',
      'text time=x toy 3',
      'text a toy {"a":1}',
    ]);
  });

  it('is found in what container logs and kubectl put before it', () => {
    const lines = [
      '2026-01-01T00:00:00Z stdout F toy 1',
      '2026-01-01T00:00:00Z stdout P toy ',
      '2026-01-01T00:00:00Z stderr F other',
      '2026-01-01T00:00:00Z stdout F 2',
      '{"log":"toy 3\\n","stream":"stdout","time":"2026-01-01T00:00:00Z"}',
      '2026-01-01T00:00:00Z toy 4',
      '[pod/a/b] toy 5',
      '[pod/a/b] 2026-01-01T00:00:00Z toy 6',
      '12: toy 7',
    ];
    expect(framed(lines.join('\n'))).toEqual([
      'text toy 1',
      'skipped:text other',
      'text toy 2',
      'text toy 3',
      'text toy 4',
      'text toy 5',
      'text toy 6',
      'text toy 7',
    ]);
    const [, , , , wrapped] = frameWhole(lines.join('\n'), { claimText: claimStart });
    expect(wrapped).toMatchObject({ wrapper: { kind: 'kubectl', time: '2026-01-01T00:00:00Z' } });
    // What the line has of its own goes first.
    expect(framed('12: toy 7', claimText)).toEqual(['text 12: toy 7']);
  });

  it('ends an unfinished value, as any line does that begins with what no value does', () => {
    expect(framed('{"a":\nxtoy 1\n{"b":1}', claimText)).toEqual([
      'unreadable:unterminated {"a":',
      'text xtoy 1',
      'record {"b":1}',
    ]);
  });

  it('ends one too when it begins with a number that no comma or bracket follows', () => {
    expect(framed('{"a":1\n12 toy 1\n{"b":1}', claimText)).toEqual([
      'unreadable:unterminated {"a":1',
      'text 12 toy 1',
      'record {"b":1}',
    ]);
    const pretty = '{"a":[\n1 ,\n12\n,\n3 ]\n}';
    expect(framed(pretty, claimText)).toEqual([`record ${pretty}`]);
  });

  it('changes nothing for lines that nobody claims', () => {
    const line = fc.constantFrom(
      'other',
      '# x',
      '{"a":1}',
      '{"a":',
      '12: {"b":1}',
      '12 x',
      '',
      'x {"c":1}',
      '[',
      ']',
      '"a":1}',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const text = lines.join('\n');
        expect(framed(text, () => undefined)).toEqual(describePieces(frameWhole(text)));
      }),
    );
  });

  it('is the same wherever chunks end, and every byte is accounted for', () => {
    const line = fc.constantFrom(
      'toy 1',
      '  toy é, ',
      'other',
      '# toy',
      '{"a":1}',
      '{"a":{',
      '"toy ": 1}}',
      '{"b":"toy \\n"} toy 2',
      '2026-01-01T00:00:00Z stdout P toy',
      '2026-01-01T00:00:00Z stdout F  3',
      '2026-01-01T00:00:00Z toy 4',
      '{"log":"toy 5\\n","stream":"stdout","time":"2026-01-01T00:00:00Z"}',
      '[',
      ']',
      '\0\0',
      '\ufefftoy 6',
    );
    const ends = fc.constantFrom('\n', '\r\n', '\r', '\n\n');
    fc.assert(
      fc.property(fc.array(fc.tuple(line, ends), { maxLength: 14 }), (lines) => {
        const bytes = encodeText(lines.map(([text, end]) => text + end).join(''));
        for (const claim of [claimText, claimStart]) {
          const whole = frameWhole(bytes, { claimText: claim });
          expect(findMiscount(bytes, whole)).toBeUndefined();
          const kept = whole.filter(({ kind }) => kind === 'text' || kind === 'record');
          expect(findMisquote(bytes, kept)).toBeUndefined();
          for (let size = 1; size <= 64; size += 1) {
            expect(frameInChunks(bytes, [size], { claimText: claim })).toEqual(whole);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is read from UTF-16 as from UTF-8', () => {
    const text = '\ufefftoy 1\r\n{"a":1}\r\nother\r\ntoy 2';
    const utf16 = new Uint8Array(new Uint16Array([...text].map((c) => c.charCodeAt(0))).buffer);
    expect(describePieces(frameWhole(utf16, { claimText: claimStart }))).toEqual(framed(text));
  });
});

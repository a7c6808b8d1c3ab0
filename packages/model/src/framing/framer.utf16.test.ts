import { describe, expect, it } from 'vitest';
import { describePieces, frameInChunks, frameWhole, textsOf } from './testing/pieces.ts';
import { encodeText } from './text.ts';

const A = '{"process_exec":{"process":{"pid":1}}}';
const B = '{"process_exit":{"status":3}}';

describe('UTF-16', () => {
  const text = `${A}\r\n{"emoji":"é⚠️😀"}\r\nerror {\r\n${B}\r\n`;

  it.each([
    ['little endian', 'le'],
    ['big endian', 'be'],
  ] as const)(
    '%s with a byte order mark is read, offsets are those of the file',
    (_title, order) => {
      const input = utf16(`\uFEFF${text}`, order);
      const whole = frameWhole(input);
      expect(describePieces(whole)).toEqual([
        `record ${A}`,
        'record {"emoji":"é⚠️😀"}',
        'skipped:text error {',
        `record ${B}`,
      ]);
      for (const piece of whole) {
        const received = input.subarray(piece.offset, piece.offset + piece.length);
        const expected = 'bytes' in piece ? piece.bytes : undefined;
        expect(utf16(new TextDecoder().decode(expected), order)).toEqual(received);
      }
      for (let size = 1; size <= 64; size++) expect(frameInChunks(input, [size])).toEqual(whole);
    },
  );

  it('an odd byte at the end is counted', () => {
    const input = new Uint8Array([...utf16(`\uFEFF${A}\n`, 'le'), 0x7b]);
    expect(frameWhole(input).at(-1)).toMatchObject({
      kind: 'skipped',
      offset: input.length - 1,
      length: 1,
    });
  });

  it('two stray bytes at the start do not make a file UTF-16', () => {
    expect(textsOf(frameWhole(new Uint8Array([0xff, 0xfe, ...encodeText(`zz\n${A}\n`)])))).toEqual([
      A,
    ]);
  });

  function utf16(value: string, order: 'le' | 'be'): Uint8Array {
    const bytes = new Uint8Array(value.length * 2);
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < value.length; at++)
      view.setUint16(at * 2, value.charCodeAt(at), order === 'le');
    return bytes;
  }
});

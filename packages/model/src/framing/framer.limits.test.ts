import { describe, expect, it } from 'vitest';
import { createFramer } from './framer.ts';
import {
  describePieces,
  findMiscount,
  frameInChunks,
  frameWhole,
  textsOf,
} from './testing/pieces.ts';
import { encodeText } from './text.ts';

const A = '{"process_exec":{"process":{"pid":1}}}';
const B = '{"process_exit":{"status":3}}';
const TIME = '2026-03-15T00:06:32.475152409Z';

describe('time', () => {
  // Each of these took minutes with a naive restart; they pass or the run times out.
  it.each([
    ['objects that open and never close', '{"x":[\n{},'],
    ['braces at line starts', '{\n'],
    ['braces that might be objects', 'x{"'],
    ['nested openings', '{"a":\n'],
    ['lone carriage returns', '{}\r'],
    ['blank lines', '\n'],
    ['docker parts that never end', '{"log":"{\\"a","stream":"x"}\n'],
  ])('%s, two hundred thousand times, are read in linear time', (_title, unit) => {
    const input = encodeText(`${unit.repeat(2e5)}\n${A}\n`);
    const pieces = frameInChunks(input, [65_536]);
    expect(textsOf(pieces.slice(-3)).at(-1)).toBe(A);
  });
});

describe('limits', () => {
  const options = { maxRecordBytes: 100_000 };
  const long = `{"a":"${'x'.repeat(150_000)}"}`;

  it('a record longer than the limit is reported with its true length, and the next line is a record', () => {
    const pieces = frameWhole(`${A}\n${long}\n${B}\n`, options);
    expect(describePieces(pieces)).toEqual([
      `record ${A}`,
      `oversize ${long.length}`,
      `record ${B}`,
    ]);
    expect(pieces[1]).toMatchObject({ offset: A.length + 1, line: 2 });
  });

  it('so is a text line, and a record that never ends', () => {
    expect(describePieces(frameWhole(`${'y'.repeat(150_000)}\n${B}\n`, options))).toEqual([
      'oversize 150000',
      `record ${B}`,
    ]);
    const open = long.slice(0, -2);
    expect(describePieces(frameWhole(`${open}\n${B}\n`, options))).toEqual([
      `oversize ${open.length}`,
      `record ${B}`,
    ]);
  });

  it('a chain of CRI parts is bounded the same way', () => {
    const part = `${TIME} stdout P ${'z'.repeat(10_000)}\n`;
    const input = `${TIME} stdout P {"a":"\n${part.repeat(15)}${TIME} stdout F "}\n${TIME} stdout F ${B}\n`;
    const pieces = frameWhole(input, options);
    expect(pieces.map((piece) => piece.kind)).toEqual(['oversize', 'record']);
    expect(findMiscount(encodeText(input), pieces)).toBeUndefined();
  });

  it('an array on one endless line streams: records come while it is still open', () => {
    const framer = createFramer(options);
    let records = 0;
    const count = (): void => {
      records++;
    };
    framer.push(encodeText('['), count);
    const chunk = encodeText(`${A},`.repeat(5000));
    for (let turn = 0; turn < 20; turn++) framer.push(chunk, count);
    expect(records).toBeGreaterThan(99_000);
    framer.push(encodeText(`${B}]`), count);
    framer.end(count);
    expect(records).toBe(100_001);
  });

  it('chunking makes no difference to what is too long', () => {
    const input = encodeText(`${A}\n${long}${A}\n${long.slice(0, -2)}\n${B}\n`);
    const whole = frameWhole(input, options);
    for (const size of [1, 777, 65_536, 99_999, 100_001]) {
      expect(frameInChunks(input, [size], options)).toEqual(whole);
    }
  });
});

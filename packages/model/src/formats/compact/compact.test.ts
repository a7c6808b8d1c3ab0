import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Decoded } from '../format.ts';
import { formats } from '../registry.ts';
import { dumpDecoded } from '../testing/dump.ts';
import { compact } from './compact.ts';

const folder = fileURLToPath(new URL('./fixtures/', import.meta.url));
const fixtures = readdirSync(folder).filter((name) => name.endsWith('.log'));

function linesOf(file: string): readonly string[] {
  return readFileSync(folder + file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

function decode(line: string): Decoded | undefined {
  return compact.decoder().decodeText?.(line);
}

/** What the contract of formats asks of records, asked of lines. */
describe.each(fixtures)('compact: %s', (file) => {
  const lines = linesOf(file);

  it('is claimed by its own format, and by no other', () => {
    for (const line of lines) {
      const claims = formats.filter(({ sniffText }) => sniffText?.(line) === true);
      expect([line, claims]).toEqual([line, [compact]]);
      expect(formats.filter((format) => format.sniff(line))).toEqual([]);
    }
  });

  it('says what its dump says', async () => {
    const dump = lines.map((line) => {
      const decoded = decode(line);
      return decoded === undefined ? 'nothing' : dumpDecoded(decoded);
    });
    const path = `${folder}${file.replace('.log', '.dump.txt')}`;
    await expect(`${dump.join('\n\n')}\n`).toMatchFileSnapshot(path);
  });

  it('says of a line the same after any other', () => {
    const decoder = compact.decoder();
    for (const line of [...lines, ...lines.toReversed()]) {
      expect(decoder.decodeText?.(line)).toEqual(decode(line));
    }
  });
});

it('claims no record', () => {
  for (const value of [null, {}, { process_exec: {}, time: 'x' }, '🚀 process a/b /bin/sh']) {
    expect(compact.sniff(value)).toBe(false);
    expect(compact.decoder().decode(value).kind).toBe('rejected');
  }
});

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decoded } from '../format.ts';
import { formats } from '../registry.ts';
import { checkFormatContract } from '../testing/contract.ts';
import { dumpDecoded } from '../testing/dump.ts';
import { checkTotality, packed } from '../testing/totality.ts';
import { sysdig } from './sysdig.ts';

const folder = fileURLToPath(new URL('./fixtures/', import.meta.url));
const files = readdirSync(folder);
const logs = files.filter((name) => name.endsWith('.log'));
const objects = files.filter((name) => name.endsWith('.ndjson'));

function linesOf(file: string): readonly string[] {
  return readFileSync(folder + file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

function decode(line: string): Decoded {
  const decoded = sysdig.decoder().decodeText?.(line);
  if (decoded === undefined) throw new Error('a format of text without a reader of lines');
  return decoded;
}

for (const file of objects) {
  checkFormatContract(sysdig, {
    name: file.replace('.ndjson', ''),
    text: readFileSync(folder + file, 'utf8'),
    dumpFile: `${folder}${file.replace('.ndjson', '.dump.txt')}`,
  });
}

checkTotality(
  sysdig,
  objects.flatMap(linesOf).map((line): unknown => JSON.parse(line)),
);

/** What the contract of formats asks of records, asked of lines. */
describe.each(logs)('sysdig: %s', (file) => {
  const lines = linesOf(file);

  it('is claimed by its own format, and by no other', () => {
    for (const line of lines) {
      const claims = formats.filter(({ sniffText }) => sniffText?.(line) === true);
      expect([line, claims]).toEqual([line, [sysdig]]);
    }
  });

  it('says what its dump says', async () => {
    const dump = lines.map((line) => dumpDecoded(decode(line))).join('\n\n');
    await expect(`${dump}\n`).toMatchFileSnapshot(`${folder}${file.replace('.log', '.dump.txt')}`);
  });

  it('says of a line the same after any other', () => {
    const decoder = sysdig.decoder();
    for (const line of [...lines, ...lines.toReversed()]) {
      expect(decoder.decodeText?.(line)).toEqual(decode(line));
    }
  });
});

describe('sysdig: whatever line it is given', () => {
  const lines = logs.flatMap(linesOf);
  const damaged = fc
    .tuple(fc.constantFrom(...lines), fc.nat(), fc.nat(12), fc.string({ maxLength: 8 }))
    .map(([line, at, dropped, put]) => {
      const cut = at % line.length;
      return line.slice(0, cut) + put + line.slice(cut + dropped);
    });

  it('never throws, and packs whatever it says', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), damaged), (line) => {
        const decoded = decode(line);
        packed(decoded);
        expect(decoded.kind).toBe(sysdig.sniffText?.(line) === true ? 'events' : 'rejected');
      }),
      { numRuns: 5_000, endOnFailure: true },
    );
  });
});

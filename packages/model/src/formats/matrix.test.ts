import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { dialects } from '../event/dialects.ts';
import { formats } from './registry.ts';
import { claimsIn } from './testing/claimsIn.ts';
import { nonEvents } from './testing/nonEvents.ts';

// Finds formats, fixtures and samples by their folders: a new format is in it without a line here.
const here = fileURLToPath(new URL('.', import.meta.url));
const notFormats = new Set(['_skeleton', 'testing']);
const folders = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !notFormats.has(entry.name))
  .map(({ name }) => name)
  .sort();

function fixturesOf(folder: string): readonly string[] {
  return globSync(`${here}${folder}/fixtures/**/*.*`)
    .filter((file) => !file.endsWith('.dump.txt') && !file.endsWith('.md'))
    .sort();
}

describe('every format', () => {
  it('is registered, and has a dialect of its name', () => {
    expect(folders).toEqual(formats.map(({ id }) => id));
    for (const folder of folders) expect(dialects).toContain(folder);
  });

  it.each(folders)(
    '%s has fixtures, every record of which it claims, and nobody else',
    (folder) => {
      const files = fixturesOf(folder);
      expect(files.length).toBeGreaterThan(0);
      for (const file of files) {
        const claims = claimsIn(new Uint8Array(readFileSync(file)), formats);
        expect(claims.length, file).toBeGreaterThan(0);
        for (const { line, ids, sample } of claims) {
          expect([basename(file), line, sample, ids]).toEqual([
            basename(file),
            line,
            sample,
            [folder],
          ]);
        }
      }
    },
  );
});

/** Real lines, as data, where the machine has them. */
const samples = process.env['FOREBEAR_SAMPLES'] ?? '';
/** A folder named after a dialect waits for its format to be registered. */
const waiting = new Set<string>(dialects.filter((name) => !formats.some(({ id }) => id === name)));
const files = existsSync(samples)
  ? globSync('*/*', { cwd: samples })
      .filter((file) => !waiting.has(dirname(file)))
      .sort()
  : [];
if (files.length === 0) {
  process.stderr.write('matrix: no samples, set FOREBEAR_SAMPLES to their folder\n');
}

describe.runIf(files.length > 0)('every sample', () => {
  it.each(files)('%s: one format claims each record, or it is known to be no event', (file) => {
    const bytes = readFileSync(join(samples, file));
    const content = file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
    const known = nonEvents.get(file) ?? new Map<number, string>();
    const claims = claimsIn(new Uint8Array(content), formats);
    expect(claims.filter(({ ids, line }) => ids.length !== 1 && !known.has(line))).toEqual([]);
    // The list says nothing of a record that is one after all.
    const unclaimed = claims.filter(({ ids }) => ids.length !== 1).map(({ line }) => line);
    expect([...known.keys()].filter((line) => !unclaimed.includes(line))).toEqual([]);
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { compact } from './compact.ts';

/** Documents with pasted lines, beside the samples where the machine has them. */
const samples = process.env['FOREBEAR_SAMPLES'];
const folder = `${samples}/../seeds/`;
const files = samples !== undefined && existsSync(folder) ? readdirSync(folder).toSorted() : [];

it.runIf(files.length > 0)('reads the lines that documents show, and no prose', () => {
  const counts = files.slice(0, 2).map((file) => {
    const lines = readFileSync(folder + file, 'utf8').split('\n');
    const claimed = lines.filter((line) => compact.sniffText?.(line) === true);
    const decoded = claimed.map((line) => compact.decoder().decodeText?.(line)?.kind);
    return decoded.filter((kind) => kind === 'events').length;
  });
  expect(counts).toEqual([67, 3]);
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sysdig } from './sysdig.ts';

/** A document with pasted lines, wrapped by a terminal, beside the samples where the machine has them. */
const folder = `${process.env['FOREBEAR_SAMPLES'] ?? ''}/../seeds/`;
const file = existsSync(folder)
  ? readdirSync(folder).find((name) => name.startsWith('004_'))
  : undefined;

it.runIf(file !== undefined)('reads the lines that a document shows, and no prose', () => {
  const lines = readFileSync(`${folder}${file ?? ''}`, 'utf8').split('\n');
  const claimed = lines.filter((line) => sysdig.sniffText?.(line) === true);
  expect(claimed.every((line) => /^\d+ \d\d:/.test(line))).toBe(true);
  expect(claimed).toHaveLength(
    lines.filter((line) => /^\d+ \d\d:\d\d:\d\d\.\d{9} /.test(line)).length,
  );
  const kinds = claimed.map((line) => {
    const decoded = sysdig.decoder().decodeText?.(line);
    return decoded?.kind === 'events' ? decoded.events.map(({ kind }) => kind).join() : 'none';
  });
  expect(new Set(kinds)).toEqual(new Set(['other', 'exec']));
});

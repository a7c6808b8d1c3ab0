import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readLines } from '../testing/readLines.ts';
import { hubble } from './hubble.ts';

/** Lines of others, as data, where the machine has them. */
const folder = `${process.env['FOREBEAR_SAMPLES'] ?? ''}/hubble`;
const files = existsSync(folder) ? readdirSync(folder) : [];

function read(file: string) {
  const bytes = readFileSync(`${folder}/${file}`);
  return readLines(hubble, (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
}

describe.runIf(files.length > 0)('flows of others', () => {
  it.each(files)('%s: every line of JSON is a flow with a verdict', (file) => {
    const { events, skipped, rejected, unclaimed, noJson } = read(file);
    expect({ skipped, rejected, unclaimed }).toEqual({ skipped: [], rejected: [], unclaimed: 0 });
    expect(noJson).toBe(file.includes('malformed') ? 1 : 0);
    expect(events.length).toBeGreaterThan(0);
    const verdicts = events.flatMap((event) => (event.kind === 'flow' ? [event.flow.verdict] : []));
    expect(verdicts.filter((word) => word !== 'DROPPED' && word !== 'FORWARDED')).toEqual([]);
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readLines } from '../testing/readLines.ts';
import { tracee } from './tracee.ts';

/** Real lines, as data, where `FOREBEAR_SAMPLES` names the folder of samples. */
const folder = `${process.env['FOREBEAR_SAMPLES'] ?? ''}/tracee`;
const files = existsSync(folder) ? readdirSync(folder) : [];

describe.runIf(files.length > 0)('real logs', () => {
  it.each(files)('%s: every line is one event of a process that has a parent', (file) => {
    const text = readFileSync(`${folder}/${file}`, 'utf8');
    const read = readLines(tracee, text);
    expect(read).toMatchObject({ skipped: [], rejected: [], unclaimed: 0, noJson: 0 });
    expect(read.events).toHaveLength(text.split('\n').filter((line) => line !== '').length);
    for (const { process, parent, time } of read.events) {
      expect(process?.pid).toBeGreaterThan(0);
      expect(process?.parentId).toBe(parent?.id);
      expect(time).toBeDefined();
    }
  });

  it('lookups name what was asked, and whom', () => {
    const file = files.find((name) => name.includes('dns_events')) ?? '';
    const { events } = readLines(tracee, readFileSync(`${folder}/${file}`, 'utf8'));
    const ports = events.map((event) => ('dns' in event ? event.dns.resolverPort : event.kind));
    expect(new Set(ports)).toEqual(new Set([53]));
  });
});

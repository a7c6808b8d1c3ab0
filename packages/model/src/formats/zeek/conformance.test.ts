import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readLines } from '../testing/readLines.ts';
import { zeek } from './zeek.ts';

/** Logs of others, as data, where the machine has them. */
const folder = `${process.env['FOREBEAR_SAMPLES'] ?? ''}/zeek`;
const files = existsSync(folder) ? readdirSync(folder) : [];
/** Zeek's own test of its writer: columns of no stream. */
const logs = files.filter((file) => !file.startsWith('zeek__zeek__'));

function read(file: string) {
  return readLines(zeek, readFileSync(`${folder}/${file}`, 'utf8'), { path: file });
}

describe.runIf(files.length > 0)('logs of others', () => {
  it.each(logs)(
    '%s: every record is a connection, a lookup or a handshake, with its time',
    (file) => {
      const { events, skipped, rejected, unclaimed, noJson } = read(file);
      expect({ skipped, rejected, unclaimed, noJson }).toEqual({
        skipped: [],
        rejected: [],
        unclaimed: 0,
        noJson: 0,
      });
      expect(events.length).toBeGreaterThan(0);
      expect(events.filter((event) => event.time === undefined)).toEqual([]);
      const kinds = new Set(events.map((event) => event.kind));
      expect(kinds.size).toBe(1);
    },
  );

  it('answers, names and bytes are there', () => {
    const events = logs.flatMap((file) => read(file).events);
    const lookups = events.flatMap((event) => (event.kind === 'dns' ? [event.dns] : []));
    expect(lookups.some((dns) => dns.response && dns.ips.length > 0)).toBe(true);
    expect(lookups.flatMap((dns) => dns.ips).filter((ip) => !/^[\da-f.:]+$/.test(ip))).toEqual([]);
    const flows = events.flatMap((event) => (event.kind === 'flow' ? [event.flow] : []));
    expect(flows.some((flow) => (flow.bytesReceived ?? 0n) > 0n && flow.end !== undefined)).toBe(
      true,
    );
  });

  it('a line of no stream is left alone', () => {
    for (const file of files.filter((name) => !logs.includes(name))) {
      const { events, skipped, rejected } = read(file);
      expect({ events, skipped, rejected }).toEqual({ events: [], skipped: [], rejected: [] });
    }
  });
});

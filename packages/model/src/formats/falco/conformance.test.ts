import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recordsOf } from '../../event/readFactBatch.ts';
import { decodeLine } from '../testing/contract.ts';
import { ingestBytes } from '../testing/ingestText.ts';
import { falco } from './falco.ts';

/** Real lines, as data, where the machine has them. */
const samples = process.env['FOREBEAR_SAMPLES'] ?? '';
const folder = `${samples}/falco`;
const files =
  samples !== '' && existsSync(folder)
    ? readdirSync(folder).map((name) => `${folder}/${name}`)
    : [];
if (files.length === 0) {
  process.stderr.write('conformance skipped: no samples of Falco (set FOREBEAR_SAMPLES)\n');
}

/** A documentation example whose time is none (`…Z+2`) and whose number is not in nanoseconds. */
const explained = ['"A more realistic test event"'];

function linesOf(path: string): readonly string[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

describe.runIf(files.length > 0)('real logs', () => {
  it.each(files)('%s: nothing is lost unexplained', (path) => {
    const { batches, ingest } = ingestBytes(new Uint8Array(readFileSync(path)), [4096]);
    const quarantined = batches
      .flatMap((batch) => [...recordsOf(batch)])
      .filter((record) => record.outcome === 'quarantined')
      .map((record) => new TextDecoder().decode(record.bytes))
      .filter((text) => !explained.some((part) => text.includes(part)));
    expect(quarantined).toEqual([]);
    expect(ingest.report.decoded).toBeGreaterThan(0);
  });

  it.each(files)('%s: every alert has its rule, and every process a name', (path) => {
    const events = linesOf(path).flatMap((line) => {
      const decoded = decodeLine(falco, line);
      return decoded.kind === 'events' ? decoded.events : [];
    });
    expect(events.filter(({ kind, alert }) => kind !== 'lost' && !alert?.output)).toEqual([]);
    const processes = events.flatMap(({ process }) => process ?? []);
    expect(processes.filter(({ rank, binary }) => rank > 1 && binary === undefined)).toEqual([]);
  });

  it.each(files)('%s: what Falco lost is a gap', (path) => {
    const drops = linesOf(path).filter((line) => line.includes('syscall event drop'));
    for (const line of drops) {
      expect(decodeLine(falco, line)).toMatchObject({ events: [{ gap: { count: 815_508 } }] });
    }
  });
});

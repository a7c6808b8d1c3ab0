import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { recordsOf, socketFactsOf } from '../../event/readFactBatch.ts';
import { sightingsOf } from '../../event/readSightings.ts';
import { ingestBytes } from '../testing/ingestText.ts';
import { mergedFacts } from '../testing/mergedFacts.ts';
import { compactLines } from './compact.ts';

/** Real lines, as data, where the machine has them: `FOREBEAR_SAMPLES`, else beside the repository. */
const beside = fileURLToPath(new URL('../../../../../../shared/samples/', import.meta.url));
const samples = process.env['FOREBEAR_SAMPLES'] ?? beside;

const files = ['tetragon', 'hubble-enterprise'].flatMap((folder) => {
  const path = `${samples}/${folder}`;
  return existsSync(path) ? readdirSync(path).map((name) => `${path}/${name}`) : [];
});
if (files.length === 0) {
  process.stderr.write(`conformance skipped: no samples in ${samples} (set FOREBEAR_SAMPLES)\n`);
}

/** A documentation fragment that is no event: one argument of a kprobe, printed alone. */
const explained = ['{"process_credentials_arg"'];

function ingestFile(path: string) {
  return ingestBytes(new Uint8Array(readFileSync(path)), [4096]);
}

describe.runIf(files.length > 0)('real logs', () => {
  it.each(files)('%s: nothing is lost unexplained', (path) => {
    const { batches, ingest } = ingestFile(path);
    const quarantined = batches
      .flatMap((batch) => [...recordsOf(batch)])
      .filter((record) => record.outcome === 'quarantined')
      .map((record) => new TextDecoder().decode(record.bytes))
      .filter((text) => !explained.some((start) => text.startsWith(start)));
    expect(quarantined).toEqual([]);
    expect(ingest.report.decoded).toBeGreaterThan(0);
  });

  it.each(files)('%s: every parent that is named is a process', (path) => {
    const { batches } = ingestFile(path);
    const sightings = batches.flatMap((batch) => [...sightingsOf(batch)]);
    const ids = new Set(sightings.map(({ sighting }) => sighting.id));
    const parents = sightings.flatMap(({ sighting }) => sighting.parentId ?? []);
    expect(parents.filter((id) => !ids.has(id))).toEqual([]);
  });

  it.each(files)('%s: has lines for a terminal', (path) => {
    const { batches } = ingestFile(path);
    for (const batch of batches) {
      for (const record of recordsOf(batch)) {
        const value: unknown = JSON.parse(new TextDecoder().decode(record.bytes));
        for (const line of compactLines(value)) expect(line).not.toMatch(/\p{Cc}/u);
      }
    }
  });

  it.each(files)('%s: says the same in reverse', (path) => {
    const { batches } = ingestFile(path);
    const lines = batches.flatMap((batch) =>
      Array.from(recordsOf(batch), (record) => new TextDecoder().decode(record.bytes)),
    );
    const reversed = new TextEncoder().encode(lines.toReversed().join('\n'));
    expect(mergedFacts(ingestBytes(reversed).batches)).toEqual(mergedFacts(batches));
  });

  it('the enterprise sample: cookies keep their digits, statistics their bytes', () => {
    const path = files.find((file) => file.includes('seed__000'));
    if (path === undefined) return;
    const sockets = ingestFile(path).batches.flatMap((batch) => [...socketFactsOf(batch)]);
    expect(sockets).toHaveLength(5);
    for (const socket of sockets) {
      expect(BigInt(socket.cookie)).toBeGreaterThan(2n ** 63n);
      expect(socket.protocol).toBe('UDP');
    }
    const stats = sockets.filter((socket) => socket.kind === 'sock_stats');
    expect(stats.map((socket) => socket.peerPod?.namespace)).toEqual([
      'kube-system',
      'kube-system',
    ]);
    for (const socket of stats) expect(socket.bytesReceived).toBeGreaterThan(0n);
  });
});

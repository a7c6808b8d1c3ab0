import { randomBytes } from 'node:crypto';
import { type Dialect, dialects } from '@forebear/model/event/dialects';
import { formatOf } from '@forebear/model/formats/registry';
import { bulkOf, type FloodDialect } from '@forebear/model/scenario/flood/bulkOf';
import { compressing } from '../crossing/compressedBytes.ts';
import { packBatch } from '../crossing/packedBatch.ts';
import { openStream } from '../ingest/decoding.ts';

/** As the server's decoder thread gets them. */
const chunkBytes = 256 * 1024;
const rounds = 3;

/**
 * Reads a generated log of every format, from its bytes to batches that are ready for the writer, as the decoder's thread does it, and parses
 * the same lines with `JSON.parse` and nothing else, in turns, in one run. The parser gets its lines as strings made before; the best
 * round of each counts. Read the ratio: what it costs to understand a line, in parses of it.
 */
export function benchAgainstParse(lines: number, say: (line: string) => void): void {
  say(`Decoding of ${lines.toLocaleString('en')} lines in memory, against JSON.parse of the same.`);
  say('format        events/s     MB/s   bytes/line   x JSON.parse');
  for (const dialect of dialects.filter(isInBulk)) {
    if (formatOf(dialect) === undefined) continue;
    const log = [...bulkOf(dialect, { seed: 1, events: lines })];
    const bytes = Buffer.from(`${log.join('\n')}\n`);
    let parse = Number.POSITIVE_INFINITY;
    let decode = Number.POSITIVE_INFINITY;
    let events = 0;
    for (let round = 0; round < rounds; round += 1) {
      parse = Math.min(
        parse,
        secondsOf(() => log.forEach(parseOnly)),
      );
      decode = Math.min(
        decode,
        secondsOf(() => {
          events = decodeAll(bytes, dialect);
        }),
      );
    }
    const columns = [
      dialect.padEnd(10),
      Math.round(events / decode)
        .toLocaleString('en')
        .padStart(11),
      (bytes.length / 1e6 / decode).toFixed(0).padStart(8),
      Math.round(bytes.length / lines)
        .toString()
        .padStart(12),
      (decode / parse).toFixed(2).padStart(14),
    ];
    say(columns.join(' '));
  }
}

/** What a person reads, and what has no log of its own, have no bulk. */
function isInBulk(dialect: Dialect): dialect is FloodDialect {
  return dialect !== 'compact' && dialect !== 'envelope';
}

function parseOnly(line: string): void {
  JSON.parse(line);
}

/** How many events the log gave. Throws when a line was not understood: then something else was measured. */
function decodeAll(bytes: Uint8Array, dialect: Dialect): number {
  const options = { cluster: '', format: 'auto', member: 0, recordKey: randomBytes(16) };
  const stream = openStream(options, 0, compressing);
  try {
    for (let at = 0; at < bytes.length; at += chunkBytes) {
      for (const batch of stream.push(bytes.slice(at, at + chunkBytes))) packBatch(batch);
    }
    for (const batch of stream.end()) packBatch(batch);
    const { quarantined, events } = stream.report;
    if (quarantined > 0) throw new Error(`${dialect}: ${quarantined} lines were not understood`);
    return events;
  } finally {
    stream.close();
  }
}

function secondsOf(work: () => void): number {
  const start = performance.now();
  work();
  return (performance.now() - start) / 1000;
}

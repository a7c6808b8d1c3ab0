import { hash } from 'node:crypto';
import type { FactBatch } from '@forebear/model/event/factBatch';
import type { TakeBytes } from '@forebear/model/event/foldedBytes';
import type { Ingest } from '@forebear/model/ingest/ingest';
import { Streams } from '@forebear/model/ingest/streams';

/** What a stream is and how to read it. */
export interface DecodeOptions {
  readonly cluster: string;
  /** A format id, or `auto`. */
  readonly format: string;
  /** Index of the member in its source. */
  readonly member: number;
  /** What the member is called, with its folders; absent: nobody named it. */
  readonly path?: string;
  /** Bytes of the member before the stream: its first line, which belongs to a record of the member before. */
  readonly startsAt?: number;
  /** The key under which the case hashes its records; absent: it has none. */
  readonly recordKey?: Uint8Array | undefined;
}

/** Facts from one stretch of a stream, and what the stream has amounted to so far. */
export interface DecodedStretch {
  readonly batches: readonly FactBatch[];
  /** The stream ends with it. */
  readonly isLast: boolean;
  readonly report: DecodeReport;
}

export interface DecodeReport {
  /** Decompressed bytes read. */
  readonly bytes: number;
  /** Records framed, blanks included. */
  readonly records: number;
  readonly decoded: number;
  /** Records by format id. */
  readonly formats: readonly (readonly [string, number])[];
  /** Quarantined and skipped records by reason. */
  readonly reasons: readonly (readonly [string, number])[];
  /** How the first of them begin. */
  readonly firstUnread: readonly string[];
  /** Quarantined records by the formats that came close. */
  readonly near: readonly (readonly [string, number])[];
}

/** Bytes in, batches out. Pulls from `chunks` only as fast as stretches are taken. */
export interface Decoding {
  decode(chunks: AsyncIterable<Uint8Array>, options: DecodeOptions): AsyncIterable<DecodedStretch>;
  close(): Promise<void>;
}

/**
 * Bytes of records in a batch: some 8,000 events, a third of whose bytes are kept (`foldedBytes.ts`). A smaller batch costs
 * more per event: processes end before they are written, and pages of indexes are written once per commit.
 */
const batchBytes = 16 * 1024 * 1024;

/** Streams that are read in an arena side by side, some 45 MiB each; further ones are parsed, which is slower and small. */
const mostArenas = 4;

/** This thread's. */
const streams = new Streams();

/**
 * The decoder of one stream, with the record hash that the case's store compares. `beside`: how many others are open.
 * `takeBytes`: as in `IngestOptions`.
 */
export function openStream(options: DecodeOptions, beside = 0, takeBytes?: TakeBytes): Ingest {
  return streams.open({
    ...options,
    ...(takeBytes === undefined ? {} : { takeBytes }),
    hash: options.recordKey ?? recordHash,
    batchBytes,
    ...(beside < mostArenas ? {} : { scansAfter: Number.POSITIVE_INFINITY }),
  });
}

const digest = new Uint8Array(8);
const digestBits = new BigUint64Array(digest.buffer);

/**
 * 64 bits of SHA-256 of a record's bytes, for cases without a key: it takes 2^32 tries to make two records look like one another.
 * The digest is asked for as text of one character per byte, for which no buffer has to be made: a quarter of the time.
 */
export function recordHash(bytes: Uint8Array): bigint {
  const text = hash('sha256', bytes, 'binary');
  for (let i = 0; i < 8; i += 1) digest[i] = text.charCodeAt(i);
  return digestBits[0] ?? 0n;
}

/** What a stream has amounted to, as a plain value that crosses threads. */
export function reportOf({ report }: Ingest): DecodeReport {
  return {
    bytes: report.bytes,
    records: report.decoded + report.quarantined + report.skipped + report.blank,
    decoded: report.decoded,
    formats: [...report.formats],
    reasons: [...report.reasons],
    firstUnread: [...report.firstUnread],
    near: [...report.near],
  };
}

/** Decodes in the caller's thread: for small bodies, tests and the command line. */
export const decodeHere: Decoding = {
  async *decode(chunks, options) {
    const stream = openStream(options);
    try {
      for await (const chunk of chunks) {
        const batches = stream.push(chunk);
        if (batches.length > 0) yield { batches, isLast: false, report: reportOf(stream) };
      }
      yield { batches: stream.end(), isLast: true, report: reportOf(stream) };
    } finally {
      stream.close();
    }
  },
  async close() {},
};

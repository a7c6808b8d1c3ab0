import type { Arena } from '../arena/arena.ts';
import { nanos } from '../event/time.ts';
import type { Place } from '../framing/cursor.ts';
import type { LinesTaken } from '../framing/takeLines.ts';
import type { Batches } from './batches.ts';
import type { IngestOptions } from './ingestOptions.ts';
import type { IngestCounters } from './ingestReport.ts';
import type { FormatLines, RecordReader } from './readRecord.ts';
import { MEMORABLE_BYTES } from './recordDecoders.ts';

/**
 * Takes lines of a stream without cutting them, where the stream's format knows them by their bytes (framing's `TakeLines`): the same
 * rows as if each had been cut and read.
 */
export class LineTaker {
  readonly #reader: RecordReader;
  readonly #batches: Batches;
  readonly #counters: IngestCounters;
  readonly #startsAt: number;
  readonly #member: number;
  readonly #isAllowed: boolean;
  /** Those of the format that lines were last asked of: the stream may change to another. */
  #lines: FormatLines | undefined;

  constructor(
    { hash, maxRecordBytes, startsAt, member }: IngestOptions,
    reader: RecordReader,
    batches: Batches,
    counters: IngestCounters,
  ) {
    this.#reader = reader;
    this.#batches = batches;
    this.#counters = counters;
    this.#startsAt = startsAt ?? 0;
    this.#member = member ?? 0;
    // Who hashes by himself is asked for each record; a short limit is the framer's to keep.
    this.#isAllowed = typeof hash !== 'function' && (maxRecordBytes ?? Infinity) >= MEMORABLE_BYTES;
  }

  /** Takes the lines of a chunk that lies in the arena, from a line's beginning on; undefined: not even the first. */
  take(arena: Arena, chunk: Uint8Array, from: number, place: Place): LinesTaken | undefined {
    const { lines } = this.#reader;
    if (lines === undefined || !this.#isAllowed) return undefined;
    if (chunk.buffer !== arena.memory.buffer) return undefined;
    if (lines !== this.#lines) {
      this.count();
      this.#lines = lines;
    }
    const batches = this.#batches;
    const member = this.#member;
    const startsAt = this.#startsAt;
    const first = chunk.byteOffset + from;
    const end = chunk.byteOffset + chunk.length;
    const firstLine = startsAt > 0 ? place.line + 1 : place.line;
    let count = 0;
    let at = first;
    for (;;) {
      const offset = startsAt + place.offset + at - first;
      const { mostRecords, mostBytes } = batches;
      const run = { at, end, offset, line: firstLine + count, member, mostRecords, mostBytes };
      const more = batches.builder.takeLines(lines.known, run);
      if (more === 0) break;
      count += more;
      at = lines.known.end;
      const { isStopped } = lines.known;
      batches.finishFull();
      if (isStopped) break;
    }
    return count === 0 ? undefined : { count, end: at - chunk.byteOffset };
  }

  /** Counts what was taken since the last call. */
  count(): void {
    const lines = this.#lines;
    if (lines === undefined) return;
    lines.known.source.takeCounts((label, count) => {
      this.#counters.countTaken(lines.format, label, count);
    });
    lines.known.takeTimes((time) => this.#counters.countTime(nanos(time)));
  }
}

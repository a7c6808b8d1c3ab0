import type { ProcessEvent } from '@forebear/model/event/event';
import { wholeEvent } from '@forebear/model/event/knownEvent';
import type { LogTools } from '../compose.ts';

/** One record of a log with an event in it. */
export interface LogRecord {
  /** The record as it stands in the log, wrappers around it taken off. */
  readonly bytes: Uint8Array;
  readonly events: readonly ProcessEvent[];
}

/** What a pipe has passed over: counted, so that silence never means "nothing was there". */
export interface PipeReport {
  records: number;
  quarantined: number;
  skipped: number;
}

export function newPipeReport(): PipeReport {
  return { records: 0, quarantined: 0, skipped: 0 };
}

/** Reads the records of a stream of bytes, a list per chunk, without a store and with bounded memory. */
export async function* readRecords(
  chunks: AsyncIterable<Uint8Array>,
  tools: LogTools,
  report: PipeReport,
): AsyncGenerator<readonly LogRecord[]> {
  const reader = tools.createReader();
  const framer = tools.createFramer({ claimText: (line) => reader.claimText(line) });
  type Piece = Parameters<Parameters<typeof framer.push>[1]>[0];
  let found: LogRecord[] = [];
  const settle = (bytes: Uint8Array, read: ReturnType<typeof reader.readText>): void => {
    if (read.kind === 'quarantined') report.quarantined += 1;
    else if (read.kind === 'skipped') report.skipped += 1;
    else {
      report.records += 1;
      // The framer lends its bytes for the length of this call only; a Buffer's slice would be a loan as well.
      const events = read.kind === 'known' ? [wholeEvent(read.known)] : read.events;
      found.push({ bytes: new Uint8Array(bytes), events });
    }
  };
  const take = (piece: Piece): void => {
    switch (piece.kind) {
      case 'record': {
        const read = reader.read(piece.bytes, undefined, piece.wrapper);
        if (read.kind === 'unparsed') {
          for (const part of tools.splitRecord(piece)) {
            const same = part.kind === 'record' && part.bytes.length === piece.bytes.length;
            if (same) report.quarantined += 1;
            else take(part);
          }
          return;
        }
        settle(piece.bytes, read);
        return;
      }
      case 'text':
        settle(piece.bytes, reader.readText(piece.text, piece.wrapper));
        return;
      case 'skipped':
        report.skipped += 1;
        return;
      case 'unreadable':
      case 'oversize':
        report.quarantined += 1;
        return;
      case 'blank':
    }
  };
  const taken = (): readonly LogRecord[] => {
    const records = found;
    found = [];
    return records;
  };
  for await (const chunk of chunks) {
    framer.push(chunk, take);
    if (found.length > 0) yield taken();
  }
  framer.end(take);
  if (found.length > 0) yield taken();
}

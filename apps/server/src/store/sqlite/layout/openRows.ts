import type Database from 'better-sqlite3';
import { storedJson } from './storedJson.ts';

/**
 * What a batch adds to the open partition, as columns: one piece of bytes instead of a row per event, because binding a value
 * costs more than everything that SQLite does with it (ADR 0014). Texts are ids of `strings`. Absent are: process 0, a time of
 * `noTime`, a counter below 0, a code or pid that is NaN. Rows of details refer to their event by its row.
 */
export interface OpenRows {
  /** The row of the source. */
  readonly source: number;
  /** The number of the first event; the others follow without gaps. */
  readonly firstSeq: number;
  readonly events: EventRows;
  readonly sockets: SocketRows;
  /** As the log prints them, one per socket; none when all are empty. */
  readonly cookies: readonly string[];
  readonly lookups: LookupRows;
  readonly exits: ExitRows;
  readonly answers: AnswerRows;
  readonly refs: RefRows;
  readonly marks: MarkRows;
  readonly senses: SenseRows;
}

export type EventRows = ReturnType<typeof eventRows>;
export type SocketRows = ReturnType<typeof socketRows>;
export type LookupRows = ReturnType<typeof lookupRows>;
export type ExitRows = ReturnType<typeof exitRows>;
export type AnswerRows = ReturnType<typeof answerRows>;
export type RefRows = ReturnType<typeof refRows>;
export type MarkRows = ReturnType<typeof markRows>;
export type SenseRows = ReturnType<typeof senseRows>;

type Column = Uint8Array | Uint32Array | Float64Array | BigInt64Array | BigUint64Array;
interface Table {
  count: number;
  readonly columns: Readonly<Record<string, Column>>;
}

function tableOf<Columns extends Readonly<Record<string, Column>>>(
  columns: Columns,
): { count: number; readonly columns: Columns } {
  return { count: 0, columns };
}

/** Room for so many events; `count` of them are there. */
export function eventRows(room: number) {
  return tableOf({
    record: new Float64Array(room),
    process: new Float64Array(room),
    time: new BigInt64Array(room),
    label: new Uint32Array(room),
    node: new Uint32Array(room),
    cluster: new Uint32Array(room),
    subject: new Uint32Array(room),
    kind: new Uint8Array(room),
    same: new Uint8Array(room),
  });
}

export function socketRows(room: number) {
  return tableOf({
    bytesSent: new BigInt64Array(room),
    bytesReceived: new BigInt64Array(room),
    event: new Uint32Array(room),
    protocol: new Uint32Array(room),
    sourceIp: new Uint32Array(room),
    sourcePort: new Uint32Array(room),
    destinationIp: new Uint32Array(room),
    destinationPort: new Uint32Array(room),
    names: new Uint32Array(room),
    nameEvidence: new Uint32Array(room),
    peerNamespace: new Uint32Array(room),
    peerName: new Uint32Array(room),
    peerWorkload: new Uint32Array(room),
  });
}

export function lookupRows(room: number) {
  return tableOf({
    event: new Uint32Array(room),
    rcode: new Uint32Array(room),
    names: new Uint32Array(room),
    ips: new Uint32Array(room),
    types: new Uint32Array(room),
    resolverIp: new Uint32Array(room),
    resolverPort: new Uint32Array(room),
    response: new Uint8Array(room),
  });
}

export function exitRows(room: number) {
  return tableOf({
    code: new Float64Array(room),
    event: new Uint32Array(room),
    signal: new Uint32Array(room),
  });
}

/** One row per address of a DNS answer. */
export function answerRows(room: number) {
  return tableOf({ event: new Uint32Array(room), ip: new Uint32Array(room) });
}

/** One row per new face of a process. */
export function refRows(room: number) {
  return tableOf({
    process: new Float64Array(room),
    ref: new Float64Array(room),
    pid: new Float64Array(room),
  });
}

/** What later sightings add to faces that are stored: traits, and the best rank. */
export function markRows(room: number) {
  return tableOf({
    process: new Float64Array(room),
    traits: new Uint32Array(room),
    rank: new Uint8Array(room),
  });
}

/** Senses of the events that are no `sameAs`. */
export function senseRows(room: number) {
  return tableOf({ sense: new BigUint64Array(room) });
}

/** No rows. `firstSeq`: the number that the next event will have. */
export function emptyRows(firstSeq: number): OpenRows {
  return {
    source: 0,
    firstSeq,
    events: eventRows(0),
    sockets: socketRows(0),
    cookies: [],
    lookups: lookupRows(0),
    exits: exitRows(0),
    answers: answerRows(0),
    refs: refRows(0),
    marks: markRows(0),
    senses: senseRows(0),
  };
}

const headerFields = 3;
const tables = 8;

/** The rows as bytes, for `unpackRows`. */
export function packRows(rows: OpenRows): Uint8Array {
  const cookies = rows.cookies.length === 0 ? '' : JSON.stringify(rows.cookies);
  const text = new TextEncoder().encode(cookies);
  const all = tablesOf(rows);
  const header = new Float64Array(headerFields + tables);
  header.set([rows.source, rows.firstSeq, text.length]);
  let size = header.byteLength + text.length;
  for (const [index, table] of all.entries()) {
    header[headerFields + index] = table.count;
    for (const column of Object.values(table.columns))
      size += table.count * column.BYTES_PER_ELEMENT;
  }
  const bytes = new Uint8Array(size);
  bytes.set(new Uint8Array(header.buffer));
  let at = header.byteLength;
  for (const { count, columns } of all) {
    for (const column of Object.values(columns)) {
      const length = count * column.BYTES_PER_ELEMENT;
      bytes.set(new Uint8Array(column.buffer, column.byteOffset, length), at);
      at += length;
    }
  }
  bytes.set(text, at);
  return bytes;
}

/** Reads what `packRows` wrote. */
export function unpackRows(bytes: Uint8Array): OpenRows {
  const header = new Float64Array(headerFields + tables);
  let at = header.byteLength;
  new Uint8Array(header.buffer).set(bytes.subarray(0, at));
  const [source = 0, firstSeq = 0, textLength = 0, ...counts] = header;
  const [events = 0, sockets = 0, lookups = 0, exits = 0, answers = 0, refs = 0, marks = 0] =
    counts;
  const rows = {
    events: eventRows(events),
    sockets: socketRows(sockets),
    lookups: lookupRows(lookups),
    exits: exitRows(exits),
    answers: answerRows(answers),
    refs: refRows(refs),
    marks: markRows(marks),
    senses: senseRows(counts[tables - 1] ?? 0),
  };
  for (const [index, table] of tablesOf(rows).entries()) {
    table.count = counts[index] ?? 0;
    for (const column of Object.values(table.columns)) {
      new Uint8Array(column.buffer).set(bytes.subarray(at, at + column.byteLength));
      at += column.byteLength;
    }
  }
  const text = new TextDecoder().decode(bytes.subarray(at, at + textLength));
  return { source, firstSeq, ...rows, cookies: text === '' ? [] : storedJson.texts(text) };
}

/** What the batches after one added, oldest first; 0: all of them. One is in memory, and nothing iterates while rows are written. */
export function* openRowsAfter(
  db: Database.Database,
  last: number,
): Iterable<{ readonly id: number; readonly rows: OpenRows }> {
  const next = db.prepare<[number], { id: number; data: Uint8Array }>(
    'SELECT id, data FROM open_rows WHERE id > ? ORDER BY id LIMIT 1',
  );
  let row = next.get(last);
  while (row !== undefined) {
    yield { id: row.id, rows: unpackRows(row.data) };
    row = next.get(row.id);
  }
}

/** In the order of the bytes. */
function tablesOf(rows: Omit<OpenRows, 'source' | 'firstSeq' | 'cookies'>): readonly Table[] {
  const { events, sockets, lookups, exits, answers, refs, marks, senses } = rows;
  return [events, sockets, lookups, exits, answers, refs, marks, senses];
}

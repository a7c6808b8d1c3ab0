import { eventKinds } from '@forebear/model/event/event';
import { type FactBatch, noTime } from '@forebear/model/event/factBatch';
import { splitLines } from '@forebear/model/event/rowLists';
import type { BatchStrings } from './batchStrings.ts';
import type { CaseTables } from './caseTables.ts';
import { conversationOf, listenOf } from './conversation.ts';

const listenKind = eventKinds.indexOf('listen');

/** How the rows of a batch were numbered. By event: its number (0: a duplicate's) and its process key (0: none). */
export interface DetailRows {
  readonly source: number;
  readonly seqs: Float64Array;
  readonly keys: Float64Array;
  readonly strings: BatchStrings;
}

/** Writes what kinds of events carry: sockets, lookups with their answers, exits, gaps. */
export function writeDetails(tables: CaseTables, batch: FactBatch, rows: DetailRows): void {
  writeSockets(tables, batch, rows);
  writeLookups(tables, batch, rows);
  writeExits(tables, batch, rows);
  writeGaps(tables, batch, rows);
}

function writeSockets(
  { partitions }: CaseTables,
  { sockets, events }: FactBatch,
  { seqs, keys, strings }: DetailRows,
): void {
  const insert = partitions.inserts.sockets;
  const { values } = insert;
  for (let row = 0; row < sockets.count; row += 1) {
    const event = sockets.event[row] ?? 0;
    const seq = seqs[event] ?? 0;
    if (seq === 0) continue;
    const kind = events.kind[event] ?? 0;
    const source = strings.addressOf(sockets.sourceIp[row]);
    const destination = strings.addressOf(sockets.destinationIp[row]);
    const sourcePort = sockets.sourcePort[row] ?? 0;
    const destinationPort = sockets.destinationPort[row] ?? 0;
    const at = insert.next();
    values[at] = seq;
    values[at + 1] = orNull(keys[event]);
    values[at + 2] = kind;
    values[at + 3] = timeOrNull(events.time[event]);
    values[at + 4] = strings.idOf(sockets.protocol[row]);
    values[at + 5] = source;
    values[at + 6] = sourcePort;
    values[at + 7] = destination;
    values[at + 8] = destinationPort;
    values[at + 9] = strings.text(sockets.cookie[row]);
    values[at + 10] = counterOrNull(sockets.bytesSent[row]);
    values[at + 11] = counterOrNull(sockets.bytesReceived[row]);
    values[at + 12] = strings.idOf(sockets.names[row]);
    values[at + 13] = strings.idOf(sockets.nameEvidence[row]);
    values[at + 14] = strings.idOf(sockets.peerNamespace[row]);
    values[at + 15] = strings.idOf(sockets.peerName[row]);
    values[at + 16] = strings.idOf(sockets.peerWorkload[row]);
    values[at + 17] =
      kind === listenKind
        ? listenOf(sourcePort === 0 ? destinationPort : sourcePort)
        : conversationOf(source, sourcePort, destination, destinationPort);
  }
}

function writeLookups(
  { partitions }: CaseTables,
  { lookups, events }: FactBatch,
  { seqs, keys, strings }: DetailRows,
): void {
  const insert = partitions.inserts.lookups;
  const { values } = insert;
  for (let row = 0; row < lookups.count; row += 1) {
    const event = lookups.event[row] ?? 0;
    const seq = seqs[event] ?? 0;
    if (seq === 0) continue;
    const isAnswer = lookups.response[row] === 1;
    const at = insert.next();
    values[at] = seq;
    values[at + 1] = orNull(keys[event]);
    values[at + 2] = timeOrNull(events.time[event]);
    values[at + 3] = isAnswer ? 1 : 0;
    values[at + 4] = lookups.rcode[row] ?? 0;
    values[at + 5] = strings.idOf(lookups.names[row]);
    values[at + 6] = strings.idOf(lookups.ips[row]);
    values[at + 7] = strings.idOf(lookups.types[row]);
    values[at + 8] = strings.addressOf(lookups.resolverIp[row]);
    values[at + 9] = lookups.resolverPort[row] ?? 0;
    if (!isAnswer) continue;
    for (const ip of splitLines(strings.text(lookups.ips[row]))) {
      partitions.inserts.answers.add([null, strings.idOfAddress(ip), seq]);
    }
  }
}

function writeExits(
  { partitions }: CaseTables,
  { exits, events }: FactBatch,
  { seqs, keys, strings }: DetailRows,
): void {
  const insert = partitions.inserts.exits;
  const { values } = insert;
  for (let row = 0; row < exits.count; row += 1) {
    const event = exits.event[row] ?? 0;
    const seq = seqs[event] ?? 0;
    const code = exits.code[row] ?? Number.NaN;
    if (seq === 0) continue;
    const at = insert.next();
    values[at] = seq;
    values[at + 1] = orNull(keys[event]);
    values[at + 2] = timeOrNull(events.time[event]);
    values[at + 3] = Number.isNaN(code) ? null : code;
    values[at + 4] = strings.idOf(exits.signal[row]);
  }
}

function writeGaps(
  { db }: CaseTables,
  { gaps, events }: FactBatch,
  { seqs, source, strings }: DetailRows,
): void {
  if (gaps.count === 0) return;
  const insert = db.prepare('INSERT INTO gaps VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  for (let row = 0; row < gaps.count; row += 1) {
    const event = gaps.event[row] ?? 0;
    const seq = seqs[event] ?? 0;
    const lost = gaps.lost[row] ?? Number.NaN;
    if (seq === 0) continue;
    insert.run(
      seq,
      source,
      strings.text(events.cluster[event]),
      strings.text(events.node[event]),
      strings.text(gaps.kind[row]),
      timeOrNull(events.time[event]),
      Number.isNaN(lost) ? null : lost,
      strings.text(gaps.detail[row]),
    );
  }
}

function timeOrNull(time: bigint | undefined): bigint | null {
  return time === undefined || time === noTime ? null : time;
}

function counterOrNull(counter: bigint | undefined): bigint | null {
  return counter === undefined || counter < 0n ? null : counter;
}

function orNull(key: number | undefined): number | null {
  return key === undefined || key === 0 ? null : key;
}

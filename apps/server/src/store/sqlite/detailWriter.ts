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
  for (let row = 0; row < sockets.count; row += 1) {
    const event = sockets.event[row] ?? 0;
    const seq = seqs[event] ?? 0;
    if (seq === 0) continue;
    const kind = events.kind[event] ?? 0;
    const source = strings.addressOf(sockets.sourceIp[row]);
    const destination = strings.addressOf(sockets.destinationIp[row]);
    const sourcePort = sockets.sourcePort[row] ?? 0;
    const destinationPort = sockets.destinationPort[row] ?? 0;
    insert.add(
      seq,
      orNull(keys[event]),
      kind,
      timeOrNull(events.time[event]),
      strings.idOf(sockets.protocol[row]),
      source,
      sourcePort,
      destination,
      destinationPort,
      strings.text(sockets.cookie[row]),
      counterOrNull(sockets.bytesSent[row]),
      counterOrNull(sockets.bytesReceived[row]),
      strings.idOf(sockets.names[row]),
      strings.idOf(sockets.nameEvidence[row]),
      strings.idOf(sockets.peerNamespace[row]),
      strings.idOf(sockets.peerName[row]),
      strings.idOf(sockets.peerWorkload[row]),
      kind === listenKind
        ? listenOf(sourcePort === 0 ? destinationPort : sourcePort)
        : conversationOf(source, sourcePort, destination, destinationPort),
    );
  }
}

function writeLookups(
  { partitions }: CaseTables,
  { lookups, events }: FactBatch,
  { seqs, keys, strings }: DetailRows,
): void {
  const insert = partitions.inserts.lookups;
  for (let row = 0; row < lookups.count; row += 1) {
    const event = lookups.event[row] ?? 0;
    const seq = seqs[event] ?? 0;
    if (seq === 0) continue;
    const isAnswer = lookups.response[row] === 1;
    insert.add(
      seq,
      orNull(keys[event]),
      timeOrNull(events.time[event]),
      isAnswer ? 1 : 0,
      lookups.rcode[row] ?? 0,
      strings.idOf(lookups.names[row]),
      strings.idOf(lookups.ips[row]),
      strings.idOf(lookups.types[row]),
      strings.addressOf(lookups.resolverIp[row]),
      lookups.resolverPort[row] ?? 0,
    );
    if (!isAnswer) continue;
    for (const ip of splitLines(strings.text(lookups.ips[row]))) {
      partitions.inserts.answers.add(null, strings.idOfAddress(ip), seq);
    }
  }
}

function writeExits(
  { partitions }: CaseTables,
  { exits, events }: FactBatch,
  { seqs, keys, strings }: DetailRows,
): void {
  const insert = partitions.inserts.exits;
  for (let row = 0; row < exits.count; row += 1) {
    const event = exits.event[row] ?? 0;
    const seq = seqs[event] ?? 0;
    const code = exits.code[row] ?? Number.NaN;
    if (seq === 0) continue;
    insert.add(
      seq,
      orNull(keys[event]),
      timeOrNull(events.time[event]),
      Number.isNaN(code) ? null : code,
      strings.idOf(exits.signal[row]),
    );
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

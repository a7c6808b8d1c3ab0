import { eventKinds } from '@forebear/model/event/event';
import { noTime } from '@forebear/model/event/factBatch';
import type Database from 'better-sqlite3';
import { absent, type Bound, BulkInsert } from './bulkInsert.ts';
import { conversationOf, listenOf } from './conversation.ts';
import type { OpenRows } from './openRows.ts';
import { type PartitionTable, partitionTables, tableOf } from './partitionTables.ts';

const listenKind = eventKinds.indexOf('listen');

/** Writes the columns of the open partition as rows of its tables: into the file when it is sealed, and where a reader looks. */
export class RowUnfolder {
  readonly #inserts: Readonly<Record<PartitionTable, BulkInsert>>;

  /** `schema`: where the partition's tables are. */
  constructor(db: Database.Database, schema: 'main' | 'temp', partition: number) {
    const insert = (table: PartitionTable): BulkInsert =>
      new BulkInsert(
        db,
        `${schema}.${tableOf(table, partition)}`,
        partitionTables[table].split(', ').map((column) => column.split(' ')[0] ?? ''),
      );
    this.#inserts = {
      events: insert('events'),
      sockets: insert('sockets'),
      lookups: insert('lookups'),
      exits: insert('exits'),
      answers: insert('answers'),
      refs: insert('refs'),
    };
  }

  add(rows: OpenRows): void {
    this.#addEvents(rows);
    this.#addSockets(rows);
    this.#addLookups(rows);
    this.#addExits(rows);
    this.#addAnswers(rows);
    this.#addRefs(rows);
  }

  /** Writes out what is held back. */
  flush(): void {
    for (const insert of Object.values(this.#inserts)) insert.flush();
  }

  #addEvents({ events, source, firstSeq }: OpenRows): void {
    const insert = this.#inserts.events;
    const { values } = insert;
    const { record, kind, label, time, node, cluster, process, subject, same } = events.columns;
    for (let row = 0; row < events.count; row += 1) {
      const at = insert.next();
      values[at] = firstSeq + row;
      values[at + 1] = record[row] ?? 0;
      values[at + 2] = source;
      values[at + 3] = kind[row] ?? 0;
      values[at + 4] = label[row] ?? 0;
      values[at + 5] = timeOf(time[row]);
      values[at + 6] = node[row] ?? 0;
      values[at + 7] = cluster[row] ?? 0;
      values[at + 8] = keyOf(process[row]);
      values[at + 9] = subject[row] ?? 0;
      values[at + 10] = same[row] ?? 0;
    }
  }

  #addSockets({ sockets, cookies, events, firstSeq }: OpenRows): void {
    const insert = this.#inserts.sockets;
    const { values } = insert;
    const { columns } = sockets;
    for (let row = 0; row < sockets.count; row += 1) {
      const event = columns.event[row] ?? 0;
      const kind = events.columns.kind[event] ?? 0;
      const source = columns.sourceIp[row] ?? 0;
      const sourcePort = columns.sourcePort[row] ?? 0;
      const destination = columns.destinationIp[row] ?? 0;
      const destinationPort = columns.destinationPort[row] ?? 0;
      const at = insert.next();
      values[at] = firstSeq + event;
      values[at + 1] = keyOf(events.columns.process[event]);
      values[at + 2] = kind;
      values[at + 3] = timeOf(events.columns.time[event]);
      values[at + 4] = columns.protocol[row] ?? 0;
      values[at + 5] = source;
      values[at + 6] = sourcePort;
      values[at + 7] = destination;
      values[at + 8] = destinationPort;
      values[at + 9] = cookies[row] ?? '';
      values[at + 10] = counterOf(columns.bytesSent[row]);
      values[at + 11] = counterOf(columns.bytesReceived[row]);
      values[at + 12] = columns.names[row] ?? 0;
      values[at + 13] = columns.nameEvidence[row] ?? 0;
      values[at + 14] = columns.peerNamespace[row] ?? 0;
      values[at + 15] = columns.peerName[row] ?? 0;
      values[at + 16] = columns.peerWorkload[row] ?? 0;
      values[at + 17] =
        kind === listenKind
          ? listenOf(sourcePort === 0 ? destinationPort : sourcePort)
          : conversationOf(source, sourcePort, destination, destinationPort);
    }
  }

  #addLookups({ lookups, events, firstSeq }: OpenRows): void {
    const insert = this.#inserts.lookups;
    const { values } = insert;
    const { columns } = lookups;
    for (let row = 0; row < lookups.count; row += 1) {
      const event = columns.event[row] ?? 0;
      const at = insert.next();
      values[at] = firstSeq + event;
      values[at + 1] = keyOf(events.columns.process[event]);
      values[at + 2] = timeOf(events.columns.time[event]);
      values[at + 3] = columns.response[row] ?? 0;
      values[at + 4] = columns.rcode[row] ?? 0;
      values[at + 5] = columns.names[row] ?? 0;
      values[at + 6] = columns.ips[row] ?? 0;
      values[at + 7] = columns.types[row] ?? 0;
      values[at + 8] = columns.resolverIp[row] ?? 0;
      values[at + 9] = columns.resolverPort[row] ?? 0;
    }
  }

  #addExits({ exits, events, firstSeq }: OpenRows): void {
    const insert = this.#inserts.exits;
    const { values } = insert;
    const { columns } = exits;
    for (let row = 0; row < exits.count; row += 1) {
      const event = columns.event[row] ?? 0;
      const at = insert.next();
      values[at] = firstSeq + event;
      values[at + 1] = keyOf(events.columns.process[event]);
      values[at + 2] = timeOf(events.columns.time[event]);
      values[at + 3] = columns.code[row] ?? absent;
      values[at + 4] = columns.signal[row] ?? 0;
    }
  }

  #addAnswers({ answers, firstSeq }: OpenRows): void {
    const insert = this.#inserts.answers;
    const { values } = insert;
    const { columns } = answers;
    for (let row = 0; row < answers.count; row += 1) {
      const at = insert.next();
      values[at] = absent;
      values[at + 1] = columns.ip[row] ?? 0;
      values[at + 2] = firstSeq + (columns.event[row] ?? 0);
    }
  }

  #addRefs({ refs }: OpenRows): void {
    const insert = this.#inserts.refs;
    const { values } = insert;
    const { columns } = refs;
    for (let row = 0; row < refs.count; row += 1) {
      const at = insert.next();
      values[at] = columns.process[row] ?? 0;
      values[at + 1] = columns.ref[row] ?? 0;
      values[at + 2] = columns.pid[row] ?? absent;
    }
  }
}

function timeOf(time: bigint | undefined): Bound {
  return time === undefined || time === noTime ? absent : time;
}

function counterOf(counter: bigint | undefined): Bound {
  return counter === undefined || counter < 0n ? absent : counter;
}

function keyOf(key: number | undefined): Bound {
  return key === undefined || key === 0 ? absent : key;
}

import { eventKinds } from '@forebear/model/event/event';
import { type FactBatch, noTime, recordOutcome } from '@forebear/model/event/factBatch';
import { podKey } from '@forebear/model/event/facts';
import { batchDialect } from '@forebear/model/event/readFactBatch';
import { sightingsOf } from '@forebear/model/event/readSightings';
import type { PodSighting } from '@forebear/model/event/sighting';
import { nanos } from '@forebear/model/event/time';
import { containerFactOf, factOf, podFactOf } from '@forebear/model/graph/factOf';
import type { Ledger } from '@forebear/model/wire/primitives';
import type { Source } from '@forebear/model/wire/sources';
import type Database from 'better-sqlite3';
import type { Change, NewSource, SourceEnd, SourceProgress } from '../ports.ts';
import { conversationOf, listenOf } from './conversation.ts';
import { NodeTable } from './nodeTable.ts';
import { openWriter } from './open.ts';
import { partitionRecords, Partitions, sealAtEndFrom } from './partitions.ts';
import { PodTable } from './podTable.ts';
import { ProcessFaces } from './processFaces.ts';
import { RecordWriter } from './recordWriter.ts';
import { migrate } from './schema.ts';
import { SourceTable } from './sourceTable.ts';
import { StringTable } from './stringTable.ts';

/** What an append did: for the ledger and for whoever watches. */
export interface Appended {
  readonly ledger: Ledger;
  readonly change: Change;
}

const listenKind = eventKinds.indexOf('listen');

/**
 * The only writer of one case's file. Synchronous: it lives in the writer's thread. Every method is one
 * transaction; when one throws, nothing of it is in, in the file or in memory.
 */
export class CaseWriter {
  readonly #db: Database.Database;
  readonly #strings: StringTable;
  readonly #pods: PodTable;
  readonly #nodes: NodeTable;
  readonly #faces: ProcessFaces;
  readonly #records: RecordWriter;
  readonly #sources: SourceTable;
  readonly #partitions: Partitions;
  #seq: number;
  #version: number;

  /** Opens or creates the file; sources that a crash left open become `interrupted`. */
  constructor(path: string) {
    this.#db = openWriter(path);
    migrate(this.#db);
    this.#strings = new StringTable(this.#db);
    this.#pods = new PodTable(this.#db);
    this.#nodes = new NodeTable(this.#db);
    this.#faces = new ProcessFaces(this.#db, this.#pods);
    this.#records = new RecordWriter(this.#db);
    this.#sources = new SourceTable(this.#db);
    this.#partitions = new Partitions(this.#db);
    this.#seq = this.#lastSeq();
    this.#version = this.#readVersion();
    this.#sources.interruptOpen();
  }

  get version(): number {
    return this.#version;
  }

  begin(source: NewSource): Source | undefined {
    return this.#commit(() => this.#sources.begin(source)).result;
  }

  end(uuid: string, end: SourceEnd): Source | undefined {
    const { result } = this.#commit(() => this.#sources.end(uuid, end));
    if (this.#records.last - this.#partitions.firstRecord >= sealAtEndFrom) this.#seal();
    return result;
  }

  append(uuid: string, batch: FactBatch, progress: SourceProgress): Appended {
    const addedHashes: bigint[] = [];
    const addedSenses: bigint[] = [];
    const seq = this.#seq;
    try {
      const { result, version } = this.#commit((next) =>
        this.#write(uuid, batch, progress, next, addedHashes, addedSenses),
      );
      if (this.#records.last - this.#partitions.firstRecord >= partitionRecords) this.#seal();
      return {
        ledger: result.ledger,
        change: {
          version,
          sourceId: uuid,
          added: result.ledger,
          pods: result.pods,
          newestTime: result.newest === undefined ? undefined : nanos(result.newest),
        },
      };
    } catch (error) {
      this.#seq = seq;
      this.#partitions.hashes.remove(addedHashes);
      this.#partitions.senses.remove(addedSenses);
      this.#partitions.discard();
      this.#strings.forget();
      this.#faces.discard();
      this.#records.reload();
      this.#pods.reload();
      this.#nodes.reload();
      throw error;
    }
  }

  rememberPush(key: string, bodyHash: string, ledger: Ledger, now: bigint): void {
    this.#db.prepare('DELETE FROM pushes WHERE at < ?').run(now - 86_400_000_000_000n);
    this.#db
      .prepare('INSERT OR REPLACE INTO pushes VALUES (?, ?, ?, ?)')
      .run(key, bodyHash, JSON.stringify(ledger), now);
  }

  recallPush(key: string, now: bigint): { bodyHash: string; ledger: Ledger } | undefined {
    const row = this.#db
      .prepare<[string, bigint], { body_hash: string; ledger: string }>(
        'SELECT body_hash, ledger FROM pushes WHERE key = ? AND at >= ?',
      )
      .get(key, now - 86_400_000_000_000n);
    return row === undefined
      ? undefined
      : { bodyHash: row.body_hash, ledger: JSON.parse(row.ledger) };
  }

  close(): void {
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
    this.#db.close();
  }

  #write(
    uuid: string,
    batch: FactBatch,
    progress: SourceProgress,
    version: number,
    addedHashes: bigint[],
    addedSenses: bigint[],
  ) {
    const source = this.#sources.rowOf(uuid);
    const { records, events, sockets, lookups, exits, gaps, strings } = batch;
    const tally = {
      stored: 0,
      duplicate: 0,
      quarantined: 0,
      skipped: 0,
      blank: batch.blank,
      events: 0,
    };

    const numbers = new Float64Array(records.count);
    for (let row = 0; row < records.count; row += 1) {
      const hash = records.hash[row] ?? 0n;
      const outcome = records.outcome[row] ?? 0;
      if (!this.#partitions.hashes.add(hash)) {
        if (outcome !== recordOutcome.continued) tally.duplicate += 1;
        continue;
      }
      addedHashes.push(hash);
      numbers[row] = this.#records.take(
        batch,
        row,
        source,
        strings[records.reason[row] ?? 0] ?? '',
      );
      if (outcome === recordOutcome.decoded) tally.stored += 1;
      else if (outcome === recordOutcome.quarantined) tally.quarantined += 1;
      else if (outcome === recordOutcome.skipped) tally.skipped += 1;
    }
    this.#records.flush(batch, source);

    this.#mergeSightings(batch, numbers);

    const ids = new Int32Array(strings.length).fill(-1);
    const idOf = (index: number | undefined): number => {
      const at = index ?? 0;
      const known = ids[at] ?? -1;
      if (known >= 0) return known;
      const id = this.#strings.idOf(strings[at] ?? '');
      ids[at] = id;
      return id;
    };
    const kinds = new Map<string, number>();
    const seqs = new Float64Array(events.count);
    const processes = new Float64Array(events.count);
    const { inserts } = this.#partitions;
    let newest: bigint | undefined;
    let oldest: bigint | undefined;
    for (let row = 0; row < events.count; row += 1) {
      const record = numbers[events.record[row] ?? 0] ?? 0;
      if (record === 0) continue;
      this.#seq += 1;
      seqs[row] = this.#seq;
      const time = events.time[row] ?? noTime;
      const sense = events.sense[row] ?? 0n;
      const isFirst = this.#partitions.senses.add(sense);
      if (isFirst) addedSenses.push(sense);
      const cluster = strings[events.cluster[row] ?? 0] ?? '';
      const id = strings[events.process[row] ?? 0] ?? '';
      const process =
        id === '' ? undefined : this.#faces.keyOf({ dialect: batchDialect, cluster, id });
      processes[row] = process ?? 0;
      inserts.events.add(
        this.#seq,
        record,
        source,
        events.kind[row] ?? 0,
        idOf(events.label[row]),
        time === noTime ? null : time,
        idOf(events.node[row]),
        idOf(events.cluster[row]),
        process ?? null,
        idOf(events.subject[row]),
        isFirst ? 0 : 1,
        BigInt.asIntN(64, sense),
      );
      tally.events += 1;
      const label = strings[events.label[row] ?? 0] ?? '';
      kinds.set(label, (kinds.get(label) ?? 0) + 1);
      this.#nodes.addEvent(
        cluster,
        strings[events.node[row] ?? 0] ?? '',
        label,
        time === noTime ? undefined : time,
      );
      if (process !== undefined) this.#touchPodOf(process);
      if (time !== noTime) {
        if (newest === undefined || time > newest) newest = time;
        if (oldest === undefined || time < oldest) oldest = time;
      }
    }

    for (let row = 0; row < sockets.count; row += 1) {
      const event = sockets.event[row] ?? 0;
      const seq = seqs[event] ?? 0;
      if (seq === 0) continue;
      const kind = events.kind[event] ?? 0;
      const protocol = strings[sockets.protocol[row] ?? 0] ?? '';
      const sourceIp = strings[sockets.sourceIp[row] ?? 0] ?? '';
      const destinationIp = strings[sockets.destinationIp[row] ?? 0] ?? '';
      const sourcePort = sockets.sourcePort[row] ?? 0;
      const destinationPort = sockets.destinationPort[row] ?? 0;
      const conversation =
        kind === listenKind
          ? listenOf(protocol, sourcePort === 0 ? destinationPort : sourcePort)
          : conversationOf(protocol, sourceIp, sourcePort, destinationIp, destinationPort);
      inserts.sockets.add(
        seq,
        orNull(processes[event]),
        kind,
        timeOrNull(events.time[event]),
        idOf(sockets.protocol[row]),
        idOf(sockets.sourceIp[row]),
        sourcePort,
        idOf(sockets.destinationIp[row]),
        destinationPort,
        strings[sockets.cookie[row] ?? 0] ?? '',
        counterOrNull(sockets.bytesSent[row]),
        counterOrNull(sockets.bytesReceived[row]),
        idOf(sockets.names[row]),
        idOf(sockets.nameEvidence[row]),
        idOf(sockets.peerNamespace[row]),
        idOf(sockets.peerName[row]),
        idOf(sockets.peerWorkload[row]),
        conversation,
      );
    }
    for (let row = 0; row < lookups.count; row += 1) {
      const event = lookups.event[row] ?? 0;
      const seq = seqs[event] ?? 0;
      if (seq === 0) continue;
      inserts.lookups.add(
        seq,
        orNull(processes[event]),
        timeOrNull(events.time[event]),
        lookups.response[row] ?? 0,
        lookups.rcode[row] ?? 0,
        idOf(lookups.names[row]),
        idOf(lookups.ips[row]),
        idOf(lookups.types[row]),
        idOf(lookups.resolverIp[row]),
        lookups.resolverPort[row] ?? 0,
      );
    }
    for (let row = 0; row < exits.count; row += 1) {
      const event = exits.event[row] ?? 0;
      const seq = seqs[event] ?? 0;
      const code = exits.code[row] ?? Number.NaN;
      if (seq === 0) continue;
      inserts.exits.add(
        seq,
        orNull(processes[event]),
        timeOrNull(events.time[event]),
        Number.isNaN(code) ? null : code,
        idOf(exits.signal[row]),
      );
    }
    const insertGap = this.#db.prepare('INSERT INTO gaps VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
    for (let row = 0; row < gaps.count; row += 1) {
      const event = gaps.event[row] ?? 0;
      const seq = seqs[event] ?? 0;
      const lost = gaps.lost[row] ?? Number.NaN;
      if (seq === 0) continue;
      insertGap.run(
        seq,
        source,
        strings[events.cluster[event] ?? 0] ?? '',
        strings[events.node[event] ?? 0] ?? '',
        strings[gaps.kind[row] ?? 0] ?? '',
        timeOrNull(events.time[event]),
        Number.isNaN(lost) ? null : lost,
        strings[gaps.detail[row] ?? 0] ?? '',
      );
    }

    this.#partitions.flush();
    this.#faces.flush();
    this.#nodes.flush();
    this.#sources.advance(uuid, progress, tally, kinds, oldest, newest);
    const pods = this.#pods.flush(version);
    const ledger: Ledger = {
      in: tally.stored + tally.duplicate + tally.quarantined + tally.skipped + tally.blank,
      ...tally,
    };
    return { ledger, pods, newest };
  }

  /** What duplicates say is already in; the rest is merged, pods and containers first. */
  #mergeSightings(batch: FactBatch, numbers: Float64Array): void {
    const pods = new Map<PodSighting, { key: string; id: number }>();
    for (const { record, cluster, node, sighting } of sightingsOf(batch)) {
      if ((numbers[record] ?? 0) === 0) continue;
      let pod: { key: string; id: number } | undefined;
      if (sighting.pod !== undefined) {
        pod = pods.get(sighting.pod);
        if (pod === undefined) {
          const fact = podFactOf(sighting.pod, cluster);
          pod = { key: podKey(fact), id: this.#pods.merge(fact) };
          pods.set(sighting.pod, pod);
        }
        this.#pods.touch(pod.id);
      }
      if (sighting.container !== undefined) {
        this.#pods.mergeContainer(containerFactOf(sighting.container, pod?.key ?? '', cluster));
      }
      const fact = factOf(sighting, node, cluster);
      const key = this.#faces.merge(fact);
      if (pod !== undefined) this.#podOfKey.set(key, pod.id);
      if (fact.startTime !== undefined && fact.ktime !== undefined)
        this.#nodes.addBoot(cluster, node, fact.startTime, fact.ktime);
    }
  }

  /** Process key to pod row, as far as this writer has seen; what it has not is asked once. */
  #podOfKey = new Map<number, number>();

  #touchPodOf(key: number): void {
    let pod = this.#podOfKey.get(key);
    if (pod === undefined) {
      if (this.#podOfKey.size > 500_000) this.#podOfKey.clear();
      const stored = this.#db
        .prepare(
          'SELECT coalesce(max(pod_id), 0) FROM processes WHERE id = ? OR (key = ? AND id <> key)',
        )
        .pluck()
        .get(key, key);
      pod = Number(stored ?? 0);
      this.#podOfKey.set(key, pod);
    }
    if (pod !== 0) this.#pods.touch(pod);
  }

  #seal(): void {
    this.#partitions.seal(this.#seq, this.#records.last);
  }

  #commit<T>(work: (version: number) => T): { result: T; version: number } {
    const version = this.#version + 1;
    const result = this.#db
      .transaction(() => {
        const value = work(version);
        this.#db.prepare("INSERT OR REPLACE INTO meta VALUES ('version', ?)").run(version);
        return value;
      })
      .immediate();
    this.#version = version;
    return { result, version };
  }

  #readVersion(): number {
    return Number(
      this.#db.prepare("SELECT value FROM meta WHERE key = 'version'").pluck().get() ?? 0,
    );
  }

  #lastSeq(): number {
    const open = this.#db
      .prepare(`SELECT max(seq) FROM events_${this.#partitions.number}`)
      .pluck()
      .get();
    return Number(
      open ?? this.#db.prepare('SELECT coalesce(max(last_seq), 0) FROM partitions').pluck().get(),
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

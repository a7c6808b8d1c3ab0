import { eventKinds } from '@forebear/model/event/event';
import { isLoopback, isUnspecified, readAddress } from '@forebear/model/graph/network/address';
import { rangeOf } from '@forebear/model/graph/network/scope';
import { listenOf } from '../layout/conversation.ts';
import type { AddressHolders } from './addressHolders.ts';
import { type CaseDb, inPartition } from './caseDb.ts';
import { detailSelects, type SocketRow } from './detailFacts.ts';

const kinds = {
  connect: eventKinds.indexOf('connect'),
  accept: eventKinds.indexOf('accept'),
  listen: eventKinds.indexOf('listen'),
};
/** The first port of the kernel's default range for callers. */
const firstEphemeral = 32_768;
/** Connects to an address that are followed to see whether it is translated. */
const samplesOfAddress = 32;

/** Socket rows by their event. */
export type SocketRowsBySeq = Map<number, SocketRow>;

/** Finds the socket events elsewhere in the case that what is derived of some processes' sockets depends on. */
export class ConversationLoader {
  readonly #db: CaseDb;
  readonly #holders: AddressHolders;

  constructor(db: CaseDb, holders: AddressHolders) {
    this.#db = db;
    this.#holders = holders;
  }

  /** Every socket event of some processes. */
  ofProcesses(keys: readonly number[]): SocketRowsBySeq {
    return this.#rows('d.process IN {in}', keys);
  }

  /** The other ends of their conversations: the same ends, or the caller's end behind a translated address. */
  otherEnds(own: SocketRowsBySeq): SocketRowsBySeq {
    const conversations = new Set<number>();
    const callers = new Set<number>();
    const listening = new Set<number>();
    const localIps = new Set<number>();
    const ports = new Set<number>();
    for (const row of own.values()) {
      const source = endOf(row.source_ip, row.source_port);
      const destination = endOf(row.destination_ip, row.destination_port);
      const kind = Number(row.kind);
      if (kind === kinds.listen) {
        ports.add(Number(row.source_port === 0n ? row.destination_port : row.source_port));
        continue;
      }
      conversations.add(Number(row.conversation));
      if (row.source_port !== 0n && this.#isOfNetwork(row.source_ip)) callers.add(source);
      const calledFrom =
        kind === kinds.accept ||
        Number(row.destination_port) >= firstEphemeral ||
        Number(row.source_port) < firstEphemeral;
      if (kind !== kinds.connect && calledFrom && this.#isOfNetwork(row.destination_ip))
        callers.add(destination);
      if (kind === kinds.connect) localIps.add(Number(row.source_ip));
    }
    for (const ip of localIps) for (const port of ports) listening.add(ip * 65_536 + port);
    const rows = this.#rows('d.conversation IN {in}', [...conversations]);
    this.#addEnds(rows, 'source', [...callers]);
    this.#addEnds(rows, 'destination', [...callers]);
    // Callers of a port that is only known to be listened on.
    this.#addEnds(rows, 'destination', [...listening]);
    return rows;
  }

  /** One event per pod (or process of none) that used one of the addresses as its own, and who accepted at the called ends. */
  holders(rows: SocketRowsBySeq): SocketRowsBySeq {
    const ips = new Set<number>();
    const called = new Set<number>();
    for (const row of rows.values()) {
      for (const ip of [row.source_ip, row.destination_ip])
        if (this.#isOfNetwork(ip)) ips.add(Number(ip));
      if (row.destination_port !== 0n) called.add(endOf(row.destination_ip, row.destination_port));
    }
    const found: SocketRowsBySeq = new Map();
    this.#addSeqs(found, this.#holders.holders(this.#db, ips));
    this.#addSeqs(found, this.#holders.accepts(this.#db, called));
    return found;
  }

  /** Who listens on the ports that are called, in any pod. */
  listeners(rows: SocketRowsBySeq): SocketRowsBySeq {
    const numbers = new Set<number>();
    for (const row of rows.values()) {
      numbers.add(listenOf(Number(row.destination_port)));
      numbers.add(listenOf(Number(row.source_port)));
    }
    return this.#rows(`d.conversation IN {in} AND d.kind = ${kinds.listen}`, [...numbers]);
  }

  /**
   * What others show of the addresses that are called: names that agents put on sockets, and, of private addresses that
   * nobody holds, whether they are translated: a service.
   */
  landmarks(own: SocketRowsBySeq, holders: SocketRowsBySeq): SocketRowsBySeq {
    const held = new Set([...holders.values()].map(({ source_ip }) => source_ip));
    const ips = new Set<number>();
    const services = new Set<number>();
    for (const { destination_ip } of own.values()) {
      if (!this.#isOfNetwork(destination_ip) || held.has(destination_ip)) continue;
      ips.add(Number(destination_ip));
      const address = readAddress(this.#db.text(Number(destination_ip)));
      if (rangeOf(address) === 'private') services.add(Number(destination_ip));
    }
    const found: SocketRowsBySeq = new Map();
    const named = [
      ...this.#db.eachIn<{ seq: number }>(
        'sockets',
        'SELECT min(seq) AS seq FROM {table} WHERE destination_ip IN {in} AND names > 0 GROUP BY destination_ip, names, name_evidence',
        [...ips],
      ),
    ].map(({ seq }) => seq);
    this.#addSeqs(found, named);
    const samples: SocketRowsBySeq = new Map();
    for (const ip of services) this.#sample(samples, ip);
    const answered = this.otherEnds(samples);
    for (const [seq, row] of [...samples, ...answered]) found.set(seq, row);
    return found;
  }

  #sample(to: SocketRowsBySeq, ip: number): void {
    let left = samplesOfAddress;
    for (const { number } of this.#db.partitions) {
      if (left <= 0) return;
      const select = inPartition(detailSelects.sockets, 'sockets', number);
      const rows = this.#db.all<SocketRow>(
        `${select.replace('{where}', 'd.destination_ip = ? AND d.kind = ?')} LIMIT ?`,
        [ip, kinds.connect, left],
        'safe',
      );
      for (const row of rows) to.set(Number(row.seq), row);
      left -= rows.length;
    }
  }

  /** The socket events of these numbers. */
  bySeq(seqs: readonly number[]): SocketRowsBySeq {
    return this.#rows('d.seq IN {in}', seqs);
  }

  #rows(where: string, values: readonly number[]): SocketRowsBySeq {
    const rows: SocketRowsBySeq = new Map();
    const sql = detailSelects.sockets.replace('{where}', where);
    for (const row of this.#db.eachIn<SocketRow>('sockets', sql, values, 'safe'))
      rows.set(Number(row.seq), row);
    return rows;
  }

  #addSeqs(to: SocketRowsBySeq, seqs: readonly number[]): void {
    for (const [seq, row] of this.#rows('d.seq IN {in}', seqs)) to.set(seq, row);
  }

  /** Rows one of whose ends is one of these. In an open partition, which has no index, one scan finds all. */
  #addEnds(
    to: SocketRowsBySeq,
    side: 'source' | 'destination',
    ends: readonly number[],
    and = '',
  ): void {
    if (ends.length === 0) return;
    const list = JSON.stringify(ends);
    for (const { number, isSealed } of this.#db.partitions) {
      const select = inPartition(detailSelects.sockets, 'sockets', number);
      const sql = isSealed
        ? select
            .replace(' FROM ', ' FROM json_each(?) j CROSS JOIN ')
            .replace(
              '{where}',
              `d.${side}_ip = j.value / 65536 AND d.${side}_port = j.value % 65536 ${and}`,
            )
        : inPartition(
            select.replace('{where}', `d.${side}_ip * 65536 + d.${side}_port IN {in} ${and}`),
            'sockets',
            number,
          );
      for (const row of this.#db.all<SocketRow>(sql, [list], 'safe')) to.set(Number(row.seq), row);
    }
  }

  /** Addresses that mean the same thing on every machine find nobody. */
  #isOfNetwork(ip: bigint): boolean {
    if (ip === 0n) return false;
    const address = readAddress(this.#db.text(Number(ip)));
    return address.family !== 0 && !isLoopback(address) && !isUnspecified(address);
  }
}

function endOf(ip: bigint, port: bigint): number {
  return Number(ip) * 65_536 + Number(port);
}

import { eventKinds } from '@forebear/model/event/event';
import { isLoopback, isUnspecified, readAddress } from '@forebear/model/graph/network/address';
import { rangeOf } from '@forebear/model/graph/network/scope';
import { listenOf } from '../layout/conversation.ts';
import { tableOf } from '../layout/partitionTables.ts';
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

/** Ends that are looked up one by one in each partition: addresses times ports can be any number. */
const mostLookedUp = 10_000;

/** Socket rows by their event. */
export type SocketRowsBySeq = Map<number, SocketRow>;

/** Finds the socket events elsewhere in the case that what is derived of some processes' sockets depends on. */
export class ConversationLoader {
  readonly #db: CaseDb;
  readonly #holders: AddressHolders;
  /** Every row read so far: one is met from several sides. */
  readonly #read: SocketRowsBySeq = new Map();
  /** Whether an address is one: few are in many rows. */
  readonly #ofNetwork = new Map<number, boolean>([[0, false]]);

  constructor(db: CaseDb, holders: AddressHolders) {
    this.#db = db;
    this.#holders = holders;
  }

  /** Every socket event of some processes. */
  ofProcesses(keys: readonly number[]): SocketRowsBySeq {
    return this.#rows('process IN {in}', keys);
  }

  /** The other ends of their conversations: the same ends, or the caller's end behind a translated address. */
  otherEnds(own: SocketRowsBySeq): SocketRowsBySeq {
    const conversations = new Set<number>();
    const callers = new Set<number>();
    const localIps = new Set<number>();
    const ports = new Set<number>();
    for (const row of own.values()) {
      const source = endOf(row.source_ip, row.source_port);
      const destination = endOf(row.destination_ip, row.destination_port);
      const { kind } = row;
      if (kind === kinds.listen) {
        ports.add(row.source_port === 0 ? row.destination_port : row.source_port);
        continue;
      }
      conversations.add(row.conversation);
      if (row.source_port !== 0 && this.#isOfNetwork(row.source_ip)) callers.add(source);
      const calledFrom =
        kind === kinds.accept ||
        row.destination_port >= firstEphemeral ||
        row.source_port < firstEphemeral;
      if (kind !== kinds.connect && calledFrom && this.#isOfNetwork(row.destination_ip))
        callers.add(destination);
      if (kind === kinds.connect) localIps.add(row.source_ip);
    }
    const found = new Set(this.#seqsIn('conversation IN {in}', [...conversations]));
    this.#addEnds(found, 'source', [...callers]);
    this.#addEnds(found, 'destination', [...callers]);
    // Callers of a port that is only known to be listened on.
    this.#addCalled(found, [...localIps], [...ports]);
    return this.bySeq(found);
  }

  /** One event per pod (or process of none) that used one of the addresses as its own, and who accepted at the called ends. */
  holders(rows: SocketRowsBySeq): SocketRowsBySeq {
    const ips = new Set<number>();
    const called = new Set<number>();
    for (const row of rows.values()) {
      for (const ip of [row.source_ip, row.destination_ip]) if (this.#isOfNetwork(ip)) ips.add(ip);
      if (row.destination_port !== 0) called.add(endOf(row.destination_ip, row.destination_port));
    }
    return this.bySeq([
      ...this.#holders.holders(this.#db, ips),
      ...this.#holders.accepts(this.#db, called),
    ]);
  }

  /** Who listens on the ports that are called, in any pod. */
  listeners(rows: SocketRowsBySeq): SocketRowsBySeq {
    const numbers = new Set<number>();
    for (const row of rows.values()) {
      numbers.add(listenOf(row.destination_port));
      numbers.add(listenOf(row.source_port));
    }
    return this.#rows(`conversation IN {in} AND kind = ${kinds.listen}`, [...numbers]);
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
      ips.add(destination_ip);
      const address = readAddress(this.#db.text(destination_ip));
      if (rangeOf(address) === 'private') services.add(destination_ip);
    }
    const found = this.#db.eachIn<number>(
      'sockets',
      'SELECT min(seq) FROM {table} WHERE destination_ip IN {in} AND names > 0 GROUP BY destination_ip, names, name_evidence',
      [...ips],
      'pluck',
    );
    const samples = this.bySeq([...services].flatMap((ip) => this.#sample(ip)));
    return new Map([...this.bySeq([...found]), ...samples, ...this.otherEnds(samples)]);
  }

  #sample(ip: number): number[] {
    const seqs: number[] = [];
    for (const { number } of this.#db.partitions) {
      if (seqs.length >= samplesOfAddress) break;
      const rows = this.#db.all<number>(
        `SELECT seq FROM ${tableOf('sockets', number)} WHERE destination_ip = ? AND kind = ? LIMIT ?`,
        [ip, kinds.connect, samplesOfAddress - seqs.length],
        'pluck',
      );
      for (const seq of rows) seqs.push(seq);
    }
    return seqs;
  }

  /** The socket events of these numbers. */
  bySeq(seqs: Iterable<number>): SocketRowsBySeq {
    const rows: SocketRowsBySeq = new Map();
    const unknown: number[] = [];
    for (const seq of seqs) {
      const row = this.#read.get(seq);
      if (row === undefined) unknown.push(seq);
      else rows.set(seq, row);
    }
    const select = detailSelects.sockets.replace('{where}', 'd.seq IN {in}');
    for (const row of this.#db.eachOf<SocketRow>('sockets', select, unknown)) {
      this.#read.set(row.seq, row);
      rows.set(row.seq, row);
    }
    return rows;
  }

  #rows(where: string, values: readonly number[]): SocketRowsBySeq {
    return this.bySeq(this.#seqsIn(where, values));
  }

  /** Numbers of events: the indexes tell them without a look at a row. */
  #seqsIn(where: string, values: readonly number[]): Iterable<number> {
    const sql = `SELECT seq FROM {table} WHERE ${where}`;
    return this.#db.eachIn<number>('sockets', sql, values, 'pluck');
  }

  /** Events one of whose ends is one of these. In an open partition, which has no index, one scan finds all. */
  #addEnds(to: Set<number>, side: 'source' | 'destination', ends: readonly number[]): void {
    if (ends.length === 0) return;
    const list = JSON.stringify(ends);
    for (const { number, isSealed } of this.#db.partitions) {
      const sql = isSealed
        ? `SELECT d.seq FROM json_each(?) j CROSS JOIN {table} d
            WHERE d.${side}_ip = j.value / 65536 AND d.${side}_port = j.value % 65536`
        : `SELECT seq FROM {table} WHERE ${side}_ip * 65536 + ${side}_port IN {in}`;
      for (const seq of this.#db.all<number>(inPartition(sql, 'sockets', number), [list], 'pluck'))
        to.add(seq);
    }
  }

  /** Events whose destination is one of these addresses at one of these ports. */
  #addCalled(to: Set<number>, ips: readonly number[], ports: readonly number[]): void {
    if (ips.length === 0 || ports.length === 0) return;
    const lists = [JSON.stringify(ips), JSON.stringify(ports)];
    // Few ends are looked up each; of many, what the index has of each address is looked through: with `+` it serves no port.
    const port =
      ips.length * ports.length > mostLookedUp ? '+d.destination_port' : 'd.destination_port';
    for (const { number, isSealed } of this.#db.partitions) {
      const sql = isSealed
        ? `SELECT d.seq FROM json_each(?) j CROSS JOIN {table} d
            WHERE d.destination_ip = j.value AND ${port} IN {in}`
        : 'SELECT seq FROM {table} WHERE destination_ip IN {in} AND destination_port IN {in}';
      for (const seq of this.#db.all<number>(inPartition(sql, 'sockets', number), lists, 'pluck'))
        to.add(seq);
    }
  }

  /** Addresses that mean the same thing on every machine find nobody. */
  #isOfNetwork(ip: number): boolean {
    const known = this.#ofNetwork.get(ip);
    if (known !== undefined) return known;
    const address = readAddress(this.#db.text(ip));
    const isOfNetwork = address.family !== 0 && !isLoopback(address) && !isUnspecified(address);
    this.#ofNetwork.set(ip, isOfNetwork);
    return isOfNetwork;
  }
}

function endOf(ip: number, port: number): number {
  return ip * 65_536 + port;
}

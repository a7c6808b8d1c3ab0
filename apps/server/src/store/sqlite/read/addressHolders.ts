import { eventKinds } from '@forebear/model/event/event';
import { type CaseDb, inPartition } from './caseDb.ts';

const connect = eventKinds.indexOf('connect');
const accept = eventKinds.indexOf('accept');
const listen = eventKinds.indexOf('listen');
/** Addresses and ends remembered: beyond, all are asked for again. */
const maxRemembered = 400_000;

/**
 * Who used an address as its own, and who accepted at one of its ports, anywhere in the case. Units of one case call the same
 * addresses, so each is looked for once while the facts stay.
 */
export class AddressHolders {
  readonly #holders = new Map<number, number[]>();
  readonly #accepts = new Map<number, number[]>();
  #facts = '';

  /** Socket events that show the holders of some addresses: one per pod and kind, and per process of no pod. */
  holders(db: CaseDb, ips: ReadonlySet<number>): number[] {
    this.#renew(db);
    const unknown = [...ips].filter((ip) => !this.#holders.has(ip));
    for (const ip of unknown) this.#holders.set(ip, []);
    // The face that is met first may be one without its pod: the others of the process are asked.
    for (const { ip, seq } of db.eachIn<{ ip: number; seq: number }>(
      'sockets',
      `SELECT s.ip AS ip, min(s.seq) AS seq FROM (
          SELECT source_ip AS ip, kind, process, min(seq) AS seq FROM {table}
           WHERE source_ip IN {in} AND kind IN (${connect}, ${listen}) GROUP BY source_ip, kind, process) s
        LEFT JOIN processes p ON p.id = s.process
        GROUP BY s.ip, s.kind, coalesce(p.pod_id,
          (SELECT min(f.pod_id) FROM processes f WHERE f.key = s.process AND f.id <> f.key AND f.pod_id IS NOT NULL), -p.id)`,
      unknown,
    ))
      this.#holders.get(ip)?.push(seq);
    return [...ips].flatMap((ip) => this.#holders.get(ip) ?? []);
  }

  /** Accepts at some ends (address times 65,536 plus port), either side: the first and last of each process there. */
  accepts(db: CaseDb, ends: ReadonlySet<number>): number[] {
    this.#renew(db);
    const unknown = [...ends].filter((end) => !this.#accepts.has(end));
    for (const end of unknown) this.#accepts.set(end, []);
    const list = JSON.stringify(unknown);
    for (const { number, isSealed } of unknown.length === 0 ? [] : db.partitions) {
      for (const side of ['source', 'destination']) {
        const end = `${side}_ip * 65536 + ${side}_port`;
        // In an open partition, which has no index, one scan finds all.
        const sql = isSealed
          ? `SELECT j.value AS end, min(d.seq) AS first, max(d.seq) AS last FROM json_each(?) j CROSS JOIN {table} d
              WHERE d.${side}_ip = j.value / 65536 AND d.${side}_port = j.value % 65536 AND d.kind = ${accept}
              GROUP BY j.value, d.process`
          : `SELECT ${end} AS end, min(seq) AS first, max(seq) AS last FROM {table}
              WHERE kind = ${accept} AND ${end} IN {in} GROUP BY ${end}, process`;
        for (const row of db.all<{ end: number; first: number; last: number }>(
          inPartition(sql, 'sockets', number),
          [list],
        ))
          this.#accepts.get(row.end)?.push(row.first, row.last);
      }
    }
    return [...ends].flatMap((end) => this.#accepts.get(end) ?? []);
  }

  #renew(db: CaseDb): void {
    const size = this.#holders.size + this.#accepts.size;
    if (this.#facts === db.facts && size <= maxRemembered) return;
    this.#holders.clear();
    this.#accepts.clear();
    this.#facts = db.facts;
  }
}

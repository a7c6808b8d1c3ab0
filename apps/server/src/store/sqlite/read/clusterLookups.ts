import type { CaseDb } from './caseDb.ts';
import { SuffixEvidence } from './suffixEvidence.ts';

/** Sealed partitions never change: what they show of resolvers is read once. */
export class ClusterLookups {
  readonly #sealed = new Map<number, readonly number[]>();
  readonly #suffixes = new SuffixEvidence();
  #version = -1;
  #ofVersion: { lookups: number[]; sockets: number[] } = { lookups: [], sockets: [] };

  /** One answer per resolver and node, one connect per resolver address, search suffixes: what a whole cluster is judged by. */
  exemplars(db: CaseDb): { lookups: number[]; sockets: number[] } {
    if (this.#version !== db.version) {
      this.#ofVersion = this.#read(db);
      this.#version = db.version;
    }
    return this.#ofVersion;
  }

  #read(db: CaseDb): { lookups: number[]; sockets: number[] } {
    const lookups: number[] = this.#suffixes.lookups(db);
    const sockets: number[] = [];
    for (const { number, isSealed } of db.partitions) {
      let seqs = this.#sealed.get(number);
      if (seqs === undefined) {
        seqs = db.all<number>(
          `SELECT min(d.seq) FROM lookups_${number} d JOIN events_${number} e ON e.seq = d.seq WHERE d.response = 1
            GROUP BY d.resolver_ip, d.resolver_port, e.node, e.cluster`,
          [],
          'pluck',
        );
        if (isSealed) this.#sealed.set(number, seqs);
      }
      for (const seq of seqs) lookups.push(seq);
      const connects = isSealed
        ? this.#connects(db, number)
        : db.all<number>(
            `SELECT min(d.seq) FROM sockets_${number} d WHERE d.destination_port = 53 GROUP BY d.destination_ip`,
            [],
            'pluck',
          );
      for (const seq of connects) sockets.push(seq);
    }
    return { lookups, sockets };
  }

  #connects(db: CaseDb, partition: number): readonly number[] {
    const known = this.#sealed.get(-partition);
    if (known !== undefined) return known;
    const seqs = db.all<number>(
      `SELECT min(seq) FROM sockets_${partition} WHERE destination_port = 53 GROUP BY destination_ip`,
      [],
      'pluck',
    );
    this.#sealed.set(-partition, seqs);
    return seqs;
  }
}

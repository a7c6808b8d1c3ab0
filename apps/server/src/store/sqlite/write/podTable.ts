import { type ContainerFact, type PodFact, parsePodKey, podKey } from '@forebear/model/event/facts';
import { mergeContainerFact, mergePodFact } from '@forebear/model/graph/facts/mergeFacts';
import type Database from 'better-sqlite3';
import {
  type ContainerRow,
  containerFactOfRow,
  type PodRow,
  podFactOfRow,
} from '../layout/podRow.ts';
import type { PodRows } from './face.ts';

/** What a record says of a pod besides its name, as it spells it; empty where it is silent. */
export interface PodWords {
  readonly labels: string;
  readonly workload: string;
  readonly workloadKind: string;
}

/** What a record says of a container, as a batch holds it. */
export interface ContainerWords {
  /** `podKey`. */
  readonly pod: string;
  readonly name: string;
  readonly imageId: string;
  readonly imageName: string;
  readonly startTime: bigint;
  readonly privileged: number;
}

interface KnownPod {
  readonly id: number;
  fact: PodFact;
  /** What was last said of it: saying it again adds nothing. */
  said: PodWords | undefined;
}

interface KnownContainer {
  fact: ContainerFact;
  said: ContainerWords | undefined;
}

/** The writer's pods and containers: a few thousand, so they stay in memory, merged by the model's join. */
export class PodTable implements PodRows {
  readonly #db: Database.Database;
  readonly #upsertPod: Database.Statement;
  readonly #upsertContainer: Database.Statement;
  #pods = new Map<string, KnownPod>();
  #containers = new Map<string, KnownContainer>();
  #changedPods = new Set<string>();
  #changedContainers = new Set<string>();
  #touched = new Set<number>();
  keys = new Map<number, string>();

  constructor(db: Database.Database) {
    this.#db = db;
    this.#upsertPod = db.prepare(
      `INSERT INTO pods(id, cluster, namespace, name, uid, workload, workload_kind, labels) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT(id) DO UPDATE SET workload = excluded.workload, workload_kind = excluded.workload_kind, labels = excluded.labels`,
    );
    this.#upsertContainer = db.prepare(
      'INSERT OR REPLACE INTO containers VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.reload();
  }

  /** Takes the state of the database: at the start, and after a rollback. */
  reload(): void {
    this.#pods = new Map();
    this.#containers = new Map();
    this.keys = new Map();
    this.#changedPods.clear();
    this.#changedContainers.clear();
    this.#touched.clear();
    for (const row of this.#db.prepare<[], PodRow>('SELECT * FROM pods').iterate()) {
      const fact = podFactOfRow(row);
      this.#pods.set(podKey(fact), { id: row.id, fact, said: undefined });
      this.keys.set(row.id, podKey(fact));
    }
    for (const row of this.#db
      .prepare<[], ContainerRow>('SELECT * FROM containers')
      .safeIntegers()
      .iterate()) {
      const fact = containerFactOfRow(row, this.keys);
      this.#containers.set(`${fact.cluster}\0${fact.id}`, { fact, said: undefined });
    }
  }

  idOf(key: string): number {
    const known = this.#pods.get(key);
    if (known !== undefined) return known.id;
    return this.merge({ ...parsePodKey(key), labels: [] });
  }

  /** The row of a pod of which this was said last; undefined: it is to be merged. */
  saidOfPod(key: string, words: PodWords): number | undefined {
    const known = this.#pods.get(key);
    const said = known?.said;
    const isSaid =
      said !== undefined &&
      said.labels === words.labels &&
      said.workload === words.workload &&
      said.workloadKind === words.workloadKind;
    return isSaid ? known?.id : undefined;
  }

  /** Merges one pod fact; answers its row. `said`: the words that it was made of. */
  merge(fact: PodFact, said?: PodWords): number {
    const key = podKey(fact);
    const known = this.#pods.get(key);
    if (known === undefined) {
      const id = this.#pods.size + 1;
      this.#pods.set(key, { id, fact, said });
      this.keys.set(id, key);
      this.#changedPods.add(key);
      return id;
    }
    known.said = said;
    const merged = mergePodFact(known.fact, fact);
    if (
      merged.labels !== known.fact.labels ||
      merged.workload !== known.fact.workload ||
      merged.workloadKind !== known.fact.workloadKind
    ) {
      known.fact = merged;
      this.#changedPods.add(key);
    }
    return known.id;
  }

  /** Whether this was said last of a container: it need not be merged. */
  isSaidOfContainer(cluster: string, id: string, words: ContainerWords): boolean {
    const said = this.#containers.get(`${cluster}\0${id}`)?.said;
    return (
      said !== undefined &&
      said.pod === words.pod &&
      said.name === words.name &&
      said.imageId === words.imageId &&
      said.imageName === words.imageName &&
      said.startTime === words.startTime &&
      said.privileged === words.privileged
    );
  }

  /** Merges one container fact. `said`: the words that it was made of. */
  mergeContainer(fact: ContainerFact, said: ContainerWords): void {
    const key = `${fact.cluster}\0${fact.id}`;
    const known = this.#containers.get(key);
    if (known === undefined) {
      this.#containers.set(key, { fact, said });
      this.#changedContainers.add(key);
      return;
    }
    known.said = said;
    const merged = mergeContainerFact(known.fact, fact);
    if (equalContainers(known.fact, merged)) return;
    known.fact = merged;
    this.#changedContainers.add(key);
  }

  /** Marks a pod as touched by this batch: what watches it asks again. */
  touch(id: number): void {
    if (id !== 0) this.#touched.add(id);
  }

  /** Writes what changed; answers the `podKey`s that the batch touched. */
  flush(): string[] {
    for (const key of this.#changedPods) {
      const pod = this.#pods.get(key);
      if (pod === undefined) continue;
      const { fact } = pod;
      this.#upsertPod.run(
        pod.id,
        fact.cluster,
        fact.namespace,
        fact.name,
        fact.uid,
        fact.workload ?? null,
        fact.workloadKind ?? null,
        fact.labels.join('\n'),
      );
      this.#touched.add(pod.id);
    }
    for (const key of this.#changedContainers) {
      const fact = this.#containers.get(key)?.fact;
      if (fact === undefined) continue;
      const podId = fact.pod === '' ? null : this.idOf(fact.pod);
      this.#upsertContainer.run(
        fact.cluster,
        fact.id,
        podId,
        fact.name,
        fact.imageId ?? null,
        fact.imageName ?? null,
        fact.startTime ?? null,
        fact.privileged === undefined ? null : Number(fact.privileged),
      );
      if (podId !== null) this.#touched.add(podId);
    }
    const touched = [...this.#touched];
    this.#changedPods.clear();
    this.#changedContainers.clear();
    this.#touched.clear();
    return touched.flatMap((id) => this.keys.get(id) ?? []);
  }
}

function equalContainers(a: ContainerFact, b: ContainerFact): boolean {
  return (
    a.pod === b.pod &&
    a.name === b.name &&
    a.imageId === b.imageId &&
    a.imageName === b.imageName &&
    a.startTime === b.startTime &&
    a.privileged === b.privileged
  );
}

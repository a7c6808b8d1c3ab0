import type { ArenaRows } from './arenaRows.ts';
import { DistinctRows } from './distinctRows.ts';
import type { ContainerColumns, PodColumns, SightingColumns } from './factBatch.ts';
import type { Placement, Words } from './knownProcesses.ts';
import { joinLines, time64 } from './rowLists.ts';
import type { ContainerSighting, PodSighting } from './sighting.ts';
import { SteadyTexts, type StringTable } from './stringTable.ts';
import { Table } from './table.ts';
import { containerLayout, podLayout, sightingLayout } from './tables.ts';

interface PlacementRows {
  readonly cluster: number;
  readonly pod: number;
  readonly container: number;
}

/** The rows of a batch's sightings, with the distinct pods and containers they name. */
export class SightingRows {
  readonly #strings: StringTable;
  readonly #table: Table<typeof sightingLayout>;
  readonly #users: SteadyTexts;
  readonly #cwds: SteadyTexts;
  readonly #flags: SteadyTexts;
  readonly #pods = new Table(podLayout);
  readonly #containers = new Table(containerLayout);
  readonly #podRows = new DistinctRows();
  /** Rows by the object: decoders hand out one object for all processes of a container. */
  readonly #podRowsSeen = new Map<
    PodSighting,
    { readonly cluster: number; readonly row: number }
  >();
  readonly #placementsSeen = new Map<Placement, PlacementRows>();
  readonly #containerRowsSeen = new Map<
    ContainerSighting,
    { readonly pod: number; readonly row: number }
  >();
  readonly #containerRows = new DistinctRows();

  constructor(strings: StringTable, rows?: ArenaRows) {
    this.#strings = strings;
    this.#table = new Table(sightingLayout, rows?.sightings);
    this.#users = new SteadyTexts(strings);
    this.#cwds = new SteadyTexts(strings);
    this.#flags = new SteadyTexts(strings);
  }

  /** Compiled code may add to them. */
  get areInPlace(): boolean {
    return this.#table.isInPlace;
  }

  /** `node` and `cluster` are indexes of the batch's strings; `traits` those of the words and of their part in the record. */
  add(
    record: number,
    node: number,
    cluster: number,
    words: Words,
    rank: number,
    traits: number,
  ): void {
    const strings = this.#strings;
    const pod = this.#podRow(cluster, words.pod);
    const container = this.#containerRow(pod, words.container);
    const row = this.#table.add();
    const { columns } = this.#table;
    columns.record[row] = record;
    columns.rank[row] = rank;
    columns.cluster[row] = cluster;
    columns.node[row] = node;
    columns.id[row] = strings.indexOf(words.id);
    columns.pid[row] = words.pid ?? Number.NaN;
    columns.binary[row] = strings.indexOf(words.binary);
    columns.traits[row] = traits;
    columns.startTime[row] = time64(words.startTime);
    columns.ktime[row] = time64(words.ktime);
    columns.parentId[row] = strings.indexOf(words.parentId);
    columns.nsPid[row] = words.nsPid ?? Number.NaN;
    columns.uid[row] = words.uid ?? Number.NaN;
    columns.auid[row] = words.auid ?? Number.NaN;
    columns.user[row] = this.#users.indexOf(words.user);
    columns.cwd[row] = this.#cwds.indexOf(words.cwd);
    columns.arguments[row] = strings.indexOf(words.arguments);
    columns.flags[row] = this.#flags.indexOf(words.flags);
    columns.pod[row] = pod;
    columns.container[row] = container;
    columns.docker[row] = strings.indexOf(words.docker);
    columns.capabilities[row] = strings.indexOf(words.capabilities);
  }

  /** Says where the process of a row is that compiled code has added. */
  place(row: number, cluster: number, placement: Placement): void {
    const { pod, container } = this.#rowsOf(cluster, placement);
    this.#table.columns.pod[row] = pod;
    this.#table.columns.container[row] = container;
  }

  finish(): {
    readonly sightings: SightingColumns;
    readonly pods: PodColumns;
    readonly containers: ContainerColumns;
  } {
    return {
      sightings: this.#table.finish(),
      pods: this.#pods.finish(),
      containers: this.#containers.finish(),
    };
  }

  #rowsOf(cluster: number, placement: Placement): PlacementRows {
    const seen = this.#placementsSeen.get(placement);
    if (seen !== undefined && seen.cluster === cluster) return seen;
    const pod = this.#podRow(cluster, placement.pod);
    const rows = { cluster, pod, container: this.#containerRow(pod, placement.container) };
    this.#placementsSeen.set(placement, rows);
    return rows;
  }

  #podRow(cluster: number, pod: PodSighting | undefined): number {
    if (pod === undefined) return -1;
    const seen = this.#podRowsSeen.get(pod);
    if (seen !== undefined && seen.cluster === cluster) return seen.row;
    const row = this.#pod(cluster, pod);
    this.#podRowsSeen.set(pod, { cluster, row });
    return row;
  }

  #containerRow(pod: number, container: ContainerSighting | undefined): number {
    if (container === undefined) return -1;
    const seen = this.#containerRowsSeen.get(container);
    if (seen !== undefined && seen.pod === pod) return seen.row;
    const row = this.#container(pod, container);
    this.#containerRowsSeen.set(container, { pod, row });
    return row;
  }

  #pod(cluster: number, pod: PodSighting): number {
    const strings = this.#strings;
    const namespace = strings.indexOf(pod.namespace);
    const name = strings.indexOf(pod.name);
    const uid = strings.indexOf(pod.uid);
    const workload = strings.indexOf(pod.workload);
    const workloadKind = strings.indexOf(pod.workloadKind);
    const labels = strings.indexOf(joinLines(pod.labels ?? []));
    const values = [cluster, namespace, name, uid, workload, workloadKind, labels];
    const known = this.#podRows.find(values);
    if (known !== undefined) return known;
    const row = this.#pods.add();
    const { columns } = this.#pods;
    columns.cluster[row] = cluster;
    columns.namespace[row] = namespace;
    columns.name[row] = name;
    columns.uid[row] = uid;
    columns.workload[row] = workload;
    columns.workloadKind[row] = workloadKind;
    columns.labels[row] = labels;
    this.#podRows.keep(values, row);
    return row;
  }

  #container(pod: number, container: ContainerSighting): number {
    const strings = this.#strings;
    const id = strings.indexOf(container.id);
    const name = strings.indexOf(container.name);
    const imageId = strings.indexOf(container.imageId);
    const imageName = strings.indexOf(container.imageName);
    const privileged = privilegeCode(container.privileged);
    const start = time64(container.startTime);
    const low = Number(BigInt.asIntN(32, start));
    const high = Number(start >> 32n);
    const values = [pod, id, name, imageId, imageName, privileged, low, high];
    const known = this.#containerRows.find(values);
    if (known !== undefined) return known;
    const row = this.#containers.add();
    const { columns } = this.#containers;
    columns.pod[row] = pod;
    columns.id[row] = id;
    columns.name[row] = name;
    columns.imageId[row] = imageId;
    columns.imageName[row] = imageName;
    columns.privileged[row] = privileged;
    columns.startTime[row] = start;
    this.#containerRows.keep(values, row);
    return row;
  }
}

function privilegeCode(privileged: boolean | undefined): number {
  if (privileged === undefined) return 0;
  return privileged ? 2 : 1;
}

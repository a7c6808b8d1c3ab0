import type { ContainerColumns, PodColumns, SightingColumns } from './factBatch.ts';
import type { KnownProcesses, Placement, Words } from './knownProcesses.ts';
import { columnLists, Int64List, joinLines, time64 } from './rowLists.ts';
import type { ContainerSighting, PodSighting } from './sighting.ts';
import { SteadyTexts, type StringTable } from './stringTable.ts';

interface PlacementRows {
  readonly cluster: number;
  readonly pod: number;
  readonly container: number;
}

/** The rows of a batch's sightings, with the distinct pods and containers they name. */
export class SightingRows {
  readonly #strings: StringTable;
  readonly #columns = columnLists({
    record: Uint32Array,
    rank: Uint8Array,
    cluster: Uint32Array,
    node: Uint32Array,
    id: Uint32Array,
    parentId: Uint32Array,
    pid: Float64Array,
    nsPid: Float64Array,
    uid: Float64Array,
    auid: Float64Array,
    user: Uint32Array,
    cwd: Uint32Array,
    binary: Uint32Array,
    arguments: Uint32Array,
    flags: Uint32Array,
    traits: Uint32Array,
    pod: Int32Array,
    container: Int32Array,
    docker: Uint32Array,
    capabilities: Uint32Array,
  });
  readonly #users: SteadyTexts;
  readonly #cwds: SteadyTexts;
  readonly #flags: SteadyTexts;
  readonly #start = new Int64List();
  readonly #ktime = new Int64List();
  readonly #pods = columnLists({
    cluster: Uint32Array,
    namespace: Uint32Array,
    name: Uint32Array,
    uid: Uint32Array,
    workload: Uint32Array,
    workloadKind: Uint32Array,
    labels: Uint32Array,
  });
  readonly #podRows = new Map<string, number>();
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
  readonly #containers = columnLists({
    pod: Int32Array,
    id: Uint32Array,
    name: Uint32Array,
    imageId: Uint32Array,
    imageName: Uint32Array,
    privileged: Uint8Array,
  });
  readonly #containerStart: bigint[] = [];
  readonly #containerRows = new Map<string, number>();

  constructor(strings: StringTable) {
    this.#strings = strings;
    this.#users = new SteadyTexts(strings);
    this.#cwds = new SteadyTexts(strings);
    this.#flags = new SteadyTexts(strings);
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
    const columns = this.#columns;
    columns.record.push(record);
    columns.rank.push(rank);
    columns.cluster.push(cluster);
    columns.node.push(node);
    columns.id.push(strings.indexOf(words.id));
    columns.pid.push(words.pid ?? Number.NaN);
    columns.binary.push(strings.indexOf(words.binary));
    columns.traits.push(traits);
    this.#start.push(time64(words.startTime));
    this.#ktime.push(time64(words.ktime));
    columns.parentId.push(strings.indexOf(words.parentId));
    columns.nsPid.push(words.nsPid ?? Number.NaN);
    columns.uid.push(words.uid ?? Number.NaN);
    columns.auid.push(words.auid ?? Number.NaN);
    columns.user.push(this.#users.indexOf(words.user));
    columns.cwd.push(this.#cwds.indexOf(words.cwd));
    columns.arguments.push(strings.indexOf(words.arguments));
    columns.flags.push(this.#flags.indexOf(words.flags));
    const pod = this.#podRow(cluster, words.pod);
    columns.pod.push(pod);
    columns.container.push(this.#containerRow(pod, words.container));
    columns.docker.push(strings.indexOf(words.docker));
    columns.capabilities.push(strings.indexOf(words.capabilities));
  }

  /** A known process, whose id has a number in this batch: all of it, or nothing but whose the traits are. */
  addKnown(
    record: number,
    node: number,
    cluster: number,
    processes: KnownProcesses,
    slot: number,
    part: 'all' | 'traits',
    rank: number,
    traits: number,
  ): void {
    const columns = this.#columns;
    processes.intern(slot);
    columns.record.push(record);
    columns.rank.push(rank);
    columns.cluster.push(cluster);
    columns.node.push(node);
    columns.id.push(processes.indexOf(slot, 'id'));
    columns.pid.push(processes.countOf(slot, 'pid'));
    columns.binary.push(processes.indexOf(slot, 'binary'));
    columns.traits.push(traits);
    this.#start.push(processes.startTimeOf(slot));
    this.#ktime.push(processes.ktimeOf(slot));
    if (part === 'traits') {
      this.#addNothing();
      return;
    }
    columns.parentId.push(processes.indexOf(slot, 'parentId'));
    columns.nsPid.push(processes.countOf(slot, 'nsPid'));
    columns.uid.push(processes.countOf(slot, 'uid'));
    columns.auid.push(processes.countOf(slot, 'auid'));
    columns.user.push(processes.indexOf(slot, 'user'));
    columns.cwd.push(processes.indexOf(slot, 'cwd'));
    columns.arguments.push(processes.indexOf(slot, 'arguments'));
    columns.flags.push(processes.indexOf(slot, 'flags'));
    const { pod, container } = this.#rowsOf(cluster, processes.placementOf(slot));
    columns.pod.push(pod);
    columns.container.push(container);
    columns.docker.push(processes.indexOf(slot, 'docker'));
    columns.capabilities.push(processes.indexOf(slot, 'capabilities'));
  }

  /** The rest of a row that has nothing but a face. */
  #addNothing(): void {
    const columns = this.#columns;
    columns.parentId.push(0);
    columns.nsPid.push(Number.NaN);
    columns.uid.push(Number.NaN);
    columns.auid.push(Number.NaN);
    columns.user.push(0);
    columns.cwd.push(0);
    columns.arguments.push(0);
    columns.flags.push(0);
    columns.pod.push(-1);
    columns.container.push(-1);
    columns.docker.push(0);
    columns.capabilities.push(0);
  }

  finish(): {
    readonly sightings: SightingColumns;
    readonly pods: PodColumns;
    readonly containers: ContainerColumns;
  } {
    return {
      sightings: this.#sightings(),
      pods: this.#podColumns(),
      containers: this.#containerColumns(),
    };
  }

  #sightings(): SightingColumns {
    const columns = this.#columns;
    return {
      count: this.#start.length,
      record: columns.record.finish(),
      rank: columns.rank.finish(),
      cluster: columns.cluster.finish(),
      node: columns.node.finish(),
      id: columns.id.finish(),
      parentId: columns.parentId.finish(),
      pid: columns.pid.finish(),
      nsPid: columns.nsPid.finish(),
      uid: columns.uid.finish(),
      auid: columns.auid.finish(),
      user: columns.user.finish(),
      cwd: columns.cwd.finish(),
      binary: columns.binary.finish(),
      arguments: columns.arguments.finish(),
      flags: columns.flags.finish(),
      startTime: this.#start.finish(),
      ktime: this.#ktime.finish(),
      traits: columns.traits.finish(),
      pod: columns.pod.finish(),
      container: columns.container.finish(),
      docker: columns.docker.finish(),
      capabilities: columns.capabilities.finish(),
    };
  }

  #podColumns(): PodColumns {
    const columns = this.#pods;
    return {
      count: columns.name.length,
      cluster: columns.cluster.finish(),
      namespace: columns.namespace.finish(),
      name: columns.name.finish(),
      uid: columns.uid.finish(),
      workload: columns.workload.finish(),
      workloadKind: columns.workloadKind.finish(),
      labels: columns.labels.finish(),
    };
  }

  #containerColumns(): ContainerColumns {
    const columns = this.#containers;
    return {
      count: this.#containerStart.length,
      pod: columns.pod.finish(),
      id: columns.id.finish(),
      name: columns.name.finish(),
      imageId: columns.imageId.finish(),
      imageName: columns.imageName.finish(),
      startTime: new BigInt64Array(this.#containerStart),
      privileged: columns.privileged.finish(),
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
    const row = [
      cluster,
      strings.indexOf(pod.namespace),
      strings.indexOf(pod.name),
      strings.indexOf(pod.uid),
      strings.indexOf(pod.workload),
      strings.indexOf(pod.workloadKind),
      strings.indexOf(joinLines(pod.labels ?? [])),
    ] as const;
    const key = row.join();
    const known = this.#podRows.get(key);
    if (known !== undefined) return known;
    const columns = this.#pods;
    columns.cluster.push(row[0]);
    columns.namespace.push(row[1]);
    columns.uid.push(row[3]);
    columns.workload.push(row[4]);
    columns.workloadKind.push(row[5]);
    columns.labels.push(row[6]);
    const index = columns.name.length;
    columns.name.push(row[2]);
    this.#podRows.set(key, index);
    return index;
  }

  #container(pod: number, container: ContainerSighting): number {
    const strings = this.#strings;
    const start = time64(container.startTime);
    const row = [
      pod,
      strings.indexOf(container.id),
      strings.indexOf(container.name),
      strings.indexOf(container.imageId),
      strings.indexOf(container.imageName),
      privilegeCode(container.privileged),
    ] as const;
    const key = `${row.join()},${start}`;
    const known = this.#containerRows.get(key);
    if (known !== undefined) return known;
    const columns = this.#containers;
    columns.pod.push(row[0]);
    columns.id.push(row[1]);
    columns.name.push(row[2]);
    columns.imageId.push(row[3]);
    columns.imageName.push(row[4]);
    columns.privileged.push(row[5]);
    const index = this.#containerStart.push(start) - 1;
    this.#containerRows.set(key, index);
    return index;
  }
}

function privilegeCode(privileged: boolean | undefined): number {
  if (privileged === undefined) return 0;
  return privileged ? 2 : 1;
}

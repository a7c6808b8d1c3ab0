import { type FactBatch, noTime } from '@forebear/model/event/factBatch';
import { podKey } from '@forebear/model/event/facts';
import { containerSightingsOf, podSightingsOf } from '@forebear/model/event/readSightings';
import { nanos } from '@forebear/model/event/time';
import { containerFactOf, podFactOf } from '@forebear/model/graph/facts/factOf';
import { bootSecondOf } from '@forebear/model/graph/identity/epochs';
import type { BatchFaces } from './batchFaces.ts';
import type { BatchStrings } from './batchStrings.ts';
import type { CaseTables } from './caseTables.ts';
import type { PodTable, PodWords } from './podTable.ts';
import { SightedFaces } from './sightedFaces.ts';

/** Merges who the new records of a batch name; what duplicates say is already in. `numbers`: by record, 0 for a duplicate. */
export function mergeSightings(
  { pods, nodes, faces, habitats }: CaseTables,
  batch: FactBatch,
  into: {
    readonly numbers: Float64Array;
    readonly strings: BatchStrings;
    readonly faces: BatchFaces;
  },
): void {
  const { numbers, strings } = into;
  const { sightings } = batch;
  const places = new SeenPlaces(pods, batch, strings);
  /** By cluster and node: the second that was noted last, which nearly every process of a node implies. */
  const boots = new Map<number, number>();
  const sighted = new SightedFaces(batch, strings, habitats);
  for (let row = 0; row < sightings.count; row += 1) {
    if ((numbers[sightings.record[row] ?? 0] ?? 0) === 0) continue;
    const cluster = sightings.cluster[row] ?? 0;
    const podRow = sightings.pod[row] ?? -1;
    const pod = podRow < 0 ? undefined : places.pod(podRow, cluster);
    const container = sightings.container[row] ?? -1;
    if (container >= 0) places.noteContainer(container, pod, cluster);
    const id = sightings.id[row] ?? 0;
    if (id === 0) continue;
    const saysMore = faces.merge(into.faces.facesAt(id), sighted, row, pod?.id ?? null);
    // The boot that a repeated sighting implies was noted with the first.
    if (!saysMore) continue;
    const startTime = sightings.startTime[row] ?? noTime;
    const ktime = sightings.ktime[row] ?? noTime;
    if (startTime === noTime || ktime === noTime) continue;
    const second = bootSecondOf({ startTime: nanos(startTime), ktime });
    const node = cluster * strings.length + (sightings.node[row] ?? 0);
    if (second === undefined || boots.get(node) === second) continue;
    boots.set(node, second);
    nodes.addBoot(strings.text(cluster), strings.text(sightings.node[row]), second);
  }
}

interface SeenPod {
  readonly cluster: number;
  readonly key: string;
  readonly id: number;
}

/**
 * The pods and containers that a batch names, each merged once for each cluster and pod it is named in, unless the same was said of
 * it before. Most batches name the same ones in the same words.
 */
class SeenPlaces {
  readonly #table: PodTable;
  readonly #batch: FactBatch;
  readonly #strings: BatchStrings;
  #pods: ReturnType<typeof podSightingsOf> | undefined;
  #containers: ReturnType<typeof containerSightingsOf> | undefined;
  /** By row of the batch's pods: as it was named last. */
  readonly #seenPods: (SeenPod | undefined)[] = [];
  /** By row of the batch's containers: the cluster and the pod that it was named in last. */
  readonly #seenContainers: ({ readonly cluster: number; readonly pod: string } | undefined)[] = [];

  constructor(table: PodTable, batch: FactBatch, strings: BatchStrings) {
    this.#table = table;
    this.#batch = batch;
    this.#strings = strings;
  }

  pod(row: number, cluster: number): SeenPod | undefined {
    const seen = this.#seenPods[row];
    if (seen?.cluster === cluster) return seen;
    const { pods } = this.#batch;
    const strings = this.#strings;
    const words = {
      labels: strings.text(pods.labels[row]),
      workload: strings.text(pods.workload[row]),
      workloadKind: strings.text(pods.workloadKind[row]),
    };
    const key = podKey({
      cluster: strings.text(cluster),
      namespace: strings.text(pods.namespace[row]),
      name: strings.text(pods.name[row]),
      uid: strings.text(pods.uid[row]),
    });
    const id = this.#table.saidOfPod(key, words) ?? this.#mergePod(row, cluster, words);
    if (id === undefined) return undefined;
    this.#table.touch(id);
    const pod = { cluster, key, id };
    this.#seenPods[row] = pod;
    return pod;
  }

  noteContainer(row: number, pod: SeenPod | undefined, cluster: number): void {
    const key = pod?.key ?? '';
    const seen = this.#seenContainers[row];
    if (seen?.cluster === cluster && seen.pod === key) return;
    this.#seenContainers[row] = { cluster, pod: key };
    const { containers } = this.#batch;
    const strings = this.#strings;
    const words = {
      pod: key,
      name: strings.text(containers.name[row]),
      imageId: strings.text(containers.imageId[row]),
      imageName: strings.text(containers.imageName[row]),
      startTime: containers.startTime[row] ?? noTime,
      privileged: containers.privileged[row] ?? 0,
    };
    const text = strings.text(cluster);
    if (this.#table.isSaidOfContainer(text, strings.text(containers.id[row]), words)) return;
    this.#containers ??= containerSightingsOf(this.#batch);
    const container = this.#containers[row];
    if (container !== undefined)
      this.#table.mergeContainer(containerFactOf(container, key, text), words);
  }

  #mergePod(row: number, cluster: number, words: PodWords): number | undefined {
    this.#pods ??= podSightingsOf(this.#batch);
    const sighting = this.#pods[row];
    if (sighting === undefined) return undefined;
    return this.#table.merge(podFactOf(sighting, this.#strings.text(cluster)), words);
  }
}

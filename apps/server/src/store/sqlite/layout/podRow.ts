import type { ContainerFact, PodFact } from '@forebear/model/event/facts';
import { nanos } from '@forebear/model/event/time';

/** A row of `pods`. */
export interface PodRow {
  readonly id: number;
  readonly cluster: string;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly workload: string | null;
  readonly workload_kind: string | null;
  readonly labels: string;
}

/** A row of `containers`, read with safe integers. */
export interface ContainerRow {
  readonly cluster: string;
  readonly id: string;
  readonly pod_id: bigint | null;
  readonly name: string;
  readonly image_id: string | null;
  readonly image_name: string | null;
  readonly start_time: bigint | null;
  readonly privileged: bigint | null;
}

/** A row of `pods` as a fact. */
export function podFactOfRow(row: PodRow): PodFact {
  return {
    cluster: row.cluster,
    namespace: row.namespace,
    name: row.name,
    uid: row.uid,
    labels: row.labels === '' ? [] : row.labels.split('\n'),
    ...(row.workload === null ? {} : { workload: row.workload }),
    ...(row.workload_kind === null ? {} : { workloadKind: row.workload_kind }),
  };
}

/** A row of `containers`, read with safe integers, as a fact. */
export function containerFactOfRow(
  row: ContainerRow,
  podKeys: ReadonlyMap<number, string>,
): ContainerFact {
  return {
    cluster: row.cluster,
    id: row.id,
    pod: row.pod_id === null ? '' : (podKeys.get(Number(row.pod_id)) ?? ''),
    name: row.name,
    ...(row.image_id === null ? {} : { imageId: row.image_id }),
    ...(row.image_name === null ? {} : { imageName: row.image_name }),
    ...(row.start_time === null ? {} : { startTime: nanos(row.start_time) }),
    ...(row.privileged === null ? {} : { privileged: row.privileged === 1n }),
  };
}

import type { ContainerSighting, PodSighting } from '../../event/sighting.ts';
import type { Nanos } from '../../event/time.ts';
import type { Origin } from '../format.ts';
import { oneLine } from '../read.ts';
import type { KubeArmorRecord } from './record.ts';

/** Where and when a record's event was. */
export interface Place {
  readonly node: string;
  readonly time: Nanos | undefined;
  readonly cluster: string | undefined;
  readonly pod: PodSighting | undefined;
  readonly container: ContainerSighting | undefined;
}

/**
 * The place a record names; time, node and cluster of the envelope where it is silent. Never the envelope's pod: that is the
 * agent's own, or its relay's.
 */
export function placeOf(record: KubeArmorRecord, origin: Origin | undefined): Place {
  return {
    node: withoutCluster(record.node || (origin?.node ?? '')),
    time: record.time ?? origin?.time,
    cluster: clusterOf(record.cluster) ?? origin?.cluster,
    pod: podOf(record),
    container: containerOf(record),
  };
}

/** True: of the host, not of a container. The pid namespace is then the host's. */
export function isOfHost(record: KubeArmorRecord): boolean {
  return record.containerId === '' && record.podName === '';
}

function withoutCluster(node: string): string {
  return node.slice(node.lastIndexOf('/') + 1);
}

/** `default` is what the agent prints when nobody told it a name: a name of no cluster. */
function clusterOf(name: string): string | undefined {
  return name === '' || name.toLowerCase() === 'default' ? undefined : name;
}

function podOf(record: KubeArmorRecord): PodSighting | undefined {
  const { namespace, podName, ownerName, ownerKind } = record;
  if (podName === '') return undefined;
  const labels = labelsOf(record.labels);
  return {
    namespace,
    name: podName,
    ...(ownerName === '' ? {} : { workload: ownerName }),
    ...(ownerName === '' || ownerKind === '' ? {} : { workloadKind: ownerKind }),
    ...(labels.length === 0 ? {} : { labels }),
  };
}

function labelsOf(text: string): readonly string[] {
  if (text === '') return [];
  const labels = text.split(',').map((label) => oneLine(label.trim()));
  return [...new Set(labels)].filter((label) => label !== '').sort();
}

function containerOf(record: KubeArmorRecord): ContainerSighting | undefined {
  const { containerId, containerName, containerImage } = record;
  if (containerId === '') return undefined;
  const { name, id } = imageOf(containerImage);
  return {
    id: containerId,
    ...(containerName === '' ? {} : { name: containerName }),
    ...(id === '' ? {} : { imageId: id }),
    ...(name === '' ? {} : { imageName: name }),
  };
}

/** `registry/image:tag@sha256:…` as the name with its tag and the id that other agents print (`registry/image@sha256:…`). */
function imageOf(image: string): { readonly name: string; readonly id: string } {
  const at = image.indexOf('@');
  if (at < 0) return { name: image, id: '' };
  const name = image.slice(0, at);
  const colon = name.lastIndexOf(':');
  const bare = colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
  return { name, id: `${bare}${image.slice(at)}` };
}

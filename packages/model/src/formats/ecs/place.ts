import type { ContainerSighting, PodSighting, Sighting } from '../../event/sighting.ts';
import { nodeIdOf, podIdOf } from '../../event/spelledIds.ts';
import type { Nanos } from '../../event/time.ts';
import type { Origin } from '../format.ts';
import type { JsonObject } from '../read.ts';
import { fieldAt, firstOf, textAt, timeAt } from './fields.ts';

/** Where and when a document says that it happened. */
export interface Place {
  readonly time: Nanos | undefined;
  readonly node: string;
  readonly cluster: string | undefined;
  readonly pod: PodSighting | undefined;
  readonly container: ContainerSighting | undefined;
}

/** The document's own words, and the origin's where it is silent. A detection rule's alert happened when its event did. */
export function placeOf(record: JsonObject, origin: Origin | undefined): Place {
  return {
    time:
      timeAt(record, 'kibana.alert.original_time') ?? timeAt(record, '@timestamp') ?? origin?.time,
    node: textAt(record, 'host.hostname') ?? textAt(record, 'host.name') ?? origin?.node ?? '',
    cluster: textAt(record, 'orchestrator.cluster.name') ?? origin?.cluster,
    pod: podOf(record) ?? origin?.pod,
    container: containerOf(record) ?? origin?.container,
  };
}

/** What stands for the place where no process is named: its pod, else its node; undefined when the document names neither. */
export function placeSighting({ node, pod, container }: Place): Sighting | undefined {
  if (pod !== undefined) {
    const id = podIdOf('ecs', pod.namespace, pod.name, container?.name ?? '');
    return { rank: 1, id, traits: 0, pod, ...(container === undefined ? {} : { container }) };
  }
  return node === '' ? undefined : { rank: 1, id: nodeIdOf('ecs', node), traits: 0 };
}

/** The orchestrator's resource, when it is a pod: it may be a node or a deployment. */
function podOf(record: JsonObject): PodSighting | undefined {
  const name = textAt(record, 'orchestrator.resource.name');
  const type = textAt(record, 'orchestrator.resource.type') ?? 'pod';
  if (name === undefined || type.toLowerCase() !== 'pod') return undefined;
  const uid = textAt(record, 'orchestrator.resource.id');
  const workload = textAt(record, 'orchestrator.resource.parent.name');
  const workloadKind = textAt(record, 'orchestrator.resource.parent.type');
  return {
    namespace: textAt(record, 'orchestrator.namespace') ?? '',
    name,
    ...(uid === undefined ? {} : { uid }),
    ...(workload === undefined ? {} : { workload }),
    ...(workloadKind === undefined ? {} : { workloadKind }),
  };
}

function containerOf(record: JsonObject): ContainerSighting | undefined {
  const id = textAt(record, 'container.id');
  if (id === undefined) return undefined;
  const name = textAt(record, 'container.name');
  const imageName = textAt(record, 'container.image.name');
  const imageId = textAt(record, 'container.image.hash.all');
  const privileged = firstOf(fieldAt(record, 'container.security_context.privileged'));
  return {
    id,
    ...(name === undefined ? {} : { name }),
    ...(imageName === undefined ? {} : { imageName }),
    ...(imageId === undefined ? {} : { imageId }),
    ...(typeof privileged === 'boolean' ? { privileged } : {}),
  };
}

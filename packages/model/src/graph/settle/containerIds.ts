import type { ContainerFact, ProcessFact } from '../../event/facts.ts';
import { bareContainerId, DockerPrefixes } from '../containment/dockerPrefix.ts';
import { compareText } from '../order.ts';

/** Ids of one container as agents print them (12 to 64 digits, with and without the runtime's scheme), as one. */
export class ContainerIds {
  readonly #originals = new Map<string, string>();
  readonly #whole: DockerPrefixes;

  constructor(processes: readonly ProcessFact[], containers: readonly ContainerFact[]) {
    const ids = new Set<string>();
    for (const { containerId } of processes) if (containerId !== undefined) ids.add(containerId);
    for (const { id } of containers) ids.add(id);
    const whole = new Set<string>();
    const cut = new Set<string>();
    for (const id of [...ids].sort(compareText)) {
      const bare = bareContainerId(id);
      if (bare.length >= WHOLE) whole.add(bare);
      else cut.add(bare);
      const known = this.#originals.get(bare);
      // With its scheme it says more.
      if (known === undefined || id.length > known.length) this.#originals.set(bare, id);
    }
    this.#whole = new DockerPrefixes(whole, cut);
  }

  /** The fullest id that is known of the container, itself when it is that. */
  fullest(id: string): string {
    const bare = bareContainerId(id);
    const full =
      bare.length >= WHOLE ? bare : (this.#whole.fullIdOf(bare) ?? this.#whole.rootOf(bare));
    return this.#originals.get(full) ?? id;
  }
}

/**
 * Containers under their fullest ids, and in the cluster of the processes that say they are in them, where their own records name no
 * cluster.
 */
export function wholeContainers(
  containers: readonly ContainerFact[],
  ids: ContainerIds,
  processes: readonly ProcessFact[],
): ContainerFact[] {
  const clusters = new Map<string, Set<string>>();
  for (const { containerId, cluster } of processes) {
    if (containerId === undefined || cluster === '') continue;
    const id = ids.fullest(containerId);
    const known = clusters.get(id);
    if (known === undefined) clusters.set(id, new Set([cluster]));
    else known.add(cluster);
  }
  return containers.map((fact) => {
    const id = ids.fullest(fact.id);
    const known = fact.cluster === '' ? clusters.get(id) : undefined;
    const [only] = known?.size === 1 ? known : [];
    return { ...fact, id, cluster: only ?? fact.cluster };
  });
}

/** Digits of a container id that nobody has cut. */
const WHOLE = 64;

import { Trait } from '../../event/traits.ts';
import type { Standing } from '../cards/standing.ts';
import type { Containment } from '../containment/containment.ts';

/** What the agent says of the namespaces of a process that left its container. */
export type NamespaceEvidence = 'host' | 'own' | 'unknown';

/**
 * Which cards left the container they descend from (semantics, Links): without a container's identity below one that has
 * it, or with it (`nsenter` keeps the cgroup) but in the host's namespaces while the parent is not. By card; undefined:
 * it did not.
 */
export function leftContainer(standing: Standing): (NamespaceEvidence | undefined)[] {
  const left: (NamespaceEvidence | undefined)[] = Array.from({ length: standing.count });
  for (let card = 0; card < standing.count; card += 1) {
    const own = standing.own[card] ?? -1;
    const within = standing.within[card] ?? -1;
    const traits = standing.traits[card] ?? 0;
    const inHost = (traits & Trait.hostNamespaces) !== 0;
    if (own < 0 && within >= 0) {
      if (inHost) left[card] = 'host';
      else left[card] = (traits & Trait.ownNamespaces) === 0 ? 'unknown' : 'own';
      continue;
    }
    const parent = standing.parent[card] ?? -1;
    if (own < 0 || !inHost || parent < 0 || (standing.own[parent] ?? -1) < 0) continue;
    const above = standing.traits[parent] ?? 0;
    const parentApart = (above & Trait.ownNamespaces) !== 0 && (above & Trait.hostNamespaces) === 0;
    if (parentApart) left[card] = 'host';
  }
  return left;
}

/** Why a link across a container's boundary is suspect (D14); empty: it is not. */
export function boundarySuspicion(
  standing: Standing,
  { enclosures }: Containment,
  card: number,
): string {
  const parent = standing.parent[card] ?? -1;
  const above = parent < 0 ? -1 : (standing.own[parent] ?? -1);
  if (above < 0) return '';
  const own = standing.own[card] ?? -1;
  if (own < 0) return 'outside of the container that its parent is in';
  const podAbove = enclosures[above]?.pod ?? -1;
  const pod = enclosures[own]?.pod ?? -1;
  return pod >= 0 && podAbove >= 0 && pod !== podAbove ? 'in another pod than its parent' : '';
}

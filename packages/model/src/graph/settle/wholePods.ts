import { type PodFact, podKey } from '../../event/facts.ts';

/**
 * The pods of a case where agents name some by halves. One that is named without its cluster is in the only named cluster that has
 * a pod of that name. A name without a namespace (a folder's, in Zeek's case) is the pod of that name somewhere, when there is one, and
 * else a pod whose namespace nobody tells.
 */
export function wholePods(pods: readonly PodFact[]): readonly PodFact[] {
  const clusters = new Map<string, Set<string>>();
  const named = new Set<string>();
  for (const pod of pods) {
    if (pod.namespace !== '') named.add(pod.name);
    if (pod.cluster === '') continue;
    const key = nameOf(pod);
    const known = clusters.get(key);
    if (known === undefined) clusters.set(key, new Set([pod.cluster]));
    else known.add(pod.cluster);
  }
  return pods
    .filter(({ namespace, name }) => namespace !== '' || !named.has(name))
    .map((pod) => {
      const known = pod.cluster === '' ? clusters.get(nameOf(pod)) : undefined;
      const [only] = known?.size === 1 ? known : [];
      return only === undefined ? pod : { ...pod, cluster: only };
    });
}

function nameOf(pod: PodFact): string {
  return podKey({ ...pod, cluster: '', uid: '' });
}

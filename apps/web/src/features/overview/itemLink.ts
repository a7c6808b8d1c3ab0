import type { PodItem } from '../../api/answers.ts';
import { hostLink, podLink } from '../../url/links.ts';
import type { View } from '../../url/view.ts';

/** The page of a pod or a host. The filter that found it goes along: inside it marks what was looked for. */
export function itemLink(
  item: PodItem,
  caseName: string,
  view: View,
  patch: Pick<Partial<View>, 'selected'> = {},
) {
  const { kind, namespace, pod, cluster, uid } = item;
  return kind === 'host'
    ? hostLink({ caseName, node: pod }, view, { ...patch, cluster })
    : podLink({ caseName, namespace, pod }, view, { ...patch, cluster, uid });
}

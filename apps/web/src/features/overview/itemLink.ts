import type { PodItem } from '../../api/answers.ts';
import { hostLink, podLink } from '../../url/links.ts';
import type { View } from '../../url/view.ts';

/** The page of a pod or a host. The filter found it; inside it would hide the rest, so it is left behind. */
export function itemLink(item: PodItem, caseName: string, view: View) {
  const { kind, namespace, pod, cluster, uid } = item;
  const bare = { ...view, filter: '' };
  return kind === 'host'
    ? hostLink({ caseName, node: pod }, bare, { cluster })
    : podLink({ caseName, namespace, pod }, bare, { cluster, uid });
}

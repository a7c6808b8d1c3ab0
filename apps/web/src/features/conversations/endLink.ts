import type { ConversationItem } from '../../api/answers.ts';
import { hostLink, podLink } from '../../url/links.ts';
import type { View } from '../../url/view.ts';

/** The tree that an end of a conversation is in, at its process when that is known; undefined: an address is in none. */
export function endLink(
  { ref, cluster, node, namespace, pod }: ConversationItem['client'],
  caseName: string,
  view: View,
) {
  const patch = ref === null ? {} : { selected: ref };
  if (pod !== null) return podLink({ caseName, namespace: namespace ?? '', pod }, view, patch);
  if (ref === null) return undefined;
  return hostLink({ caseName, node: node ?? '' }, view, {
    ...patch,
    cluster: cluster ?? undefined,
  });
}

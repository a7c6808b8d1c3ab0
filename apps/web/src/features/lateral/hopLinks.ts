import type { HopItem } from '../../api/answers.ts';
import { podLink } from '../../url/links.ts';
import type { View } from '../../url/view.ts';

/** The tree of the pod that called, at the caller. */
export function callerLink({ from }: HopItem, caseName: string, view: View) {
  const { namespace, pod, ref } = from;
  return podLink({ caseName, namespace, pod }, view, { selected: ref });
}

/** The tree of the pod that was called, at the process that took the call; the caller is the crumb before it. */
export function calleeLink({ from, to }: HopItem, caseName: string, view: View) {
  const { namespace, pod, ref } = to;
  const trail = [{ namespace: from.namespace, pod: from.pod, ref: from.ref }];
  return podLink({ caseName, namespace, pod }, view, { selected: ref, trail });
}

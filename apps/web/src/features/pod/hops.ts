import type { Hop, View } from '../../url/view.ts';
import type { PodAddress } from './podAddress.ts';

/** The breadcrumb after leaving a process of this page for another pod. A host leaves no crumb: it is no pod. */
export function hopFrom(address: PodAddress, view: View, ref: string): readonly Hop[] {
  if (address.pod === '') return view.trail;
  return [...view.trail, { namespace: address.namespace, pod: address.pod, ref }];
}

import type { PodItem } from '@forebear/model/wire/inventory';
import type { Query } from './caller.ts';
import { printable } from './printable.ts';

/** `namespace/pod`, or `host NODE`. */
export function podTitle(item: Pick<PodItem, 'kind' | 'namespace' | 'pod'>): string {
  return item.kind === 'host'
    ? `host ${printable(item.pod)}`
    : `${printable(item.namespace)}/${printable(item.pod)}`;
}

/** What `/tree` is asked for the tree of a listed pod or host: that one, not another of its name. */
export function treeQueryOf(item: PodItem): Query {
  const cluster = item.cluster === '' ? undefined : item.cluster;
  if (item.kind === 'host') return { node: item.pod, cluster };
  const uid = item.uid === '' ? undefined : item.uid;
  return { namespace: item.namespace, pod: item.pod, cluster, uid };
}

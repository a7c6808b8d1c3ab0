import { countAstray } from '@forebear/model/words/flagMark';
import type { PodItem } from '../../api/answers.ts';

/** The pods of a host with flagged processes. */
export interface FlaggedPods {
  /** Those with the most first. */
  readonly pods: readonly { readonly item: PodItem; readonly flagged: number }[];
  readonly flagged: number;
}

/** Whose the marks on a host's strip are: its tree holds each container as one row, and no process of it. */
export function flaggedPodsOf(
  items: readonly PodItem[],
  host: { readonly node: string; readonly cluster: string },
): FlaggedPods {
  const pods = items
    .filter(
      ({ kind, node, cluster }) => kind === 'pod' && node === host.node && cluster === host.cluster,
    )
    .map((item) => ({ item, flagged: item.lateNew + countAstray(item) }))
    .filter(({ flagged }) => flagged > 0)
    .sort((a, b) => b.flagged - a.flagged);
  return { pods, flagged: pods.reduce((sum, { flagged }) => sum + flagged, 0) };
}

import type { TreeNode, TreeObjects } from '../wire/tree.ts';
import type { AnswerContext } from './context.ts';
import type { TreeSelection } from './treeColumns.ts';
import { treeNode } from './treeNode.ts';

/** The tree as a flat list, parents first (`format=objects`), unfolded. */
export function treeObjects(context: AnswerContext, selection: TreeSelection): TreeObjects {
  const depths = new Map<number, number>();
  const nodes: TreeNode[] = [];
  for (const index of selection.indexes) {
    const process = context.derived.processes[index];
    if (process === undefined) continue;
    const parentDepth = depths.get(process.parent);
    const depth = parentDepth === undefined ? 0 : parentDepth + 1;
    depths.set(index, depth);
    const parentRef =
      parentDepth === undefined ? undefined : context.derived.processes[process.parent]?.ref;
    nodes.push(treeNode(context, process, depth, parentRef));
  }
  return {
    pod: selection.pod,
    alternatives: selection.alternatives,
    nodes,
    loose: { connections: [], alerts: [] },
    totals: {
      all: nodes.length,
      matched: nodes.length,
      returned: nodes.length,
      ghosts: nodes.filter(({ kind }) => kind === 'ghost').length,
      hidden: 0,
    },
    completeness: context.completeness,
  };
}

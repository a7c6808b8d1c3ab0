import type { TreeNode, TreeObjects } from '../wire/tree.ts';
import type { AnswerContext } from './context.ts';
import { type FoldedSelection, foldedSelection } from './foldedSelection.ts';
import { treeAgents } from './treeAgents.ts';
import type { TreeSelection } from './treeColumns.ts';
import { treeLoose } from './treeLoose.ts';
import { treeNode } from './treeNode.ts';

/** The tree as a flat list, parents first (`format=objects`); folded, alike siblings are one node. */
export function treeObjects(
  context: AnswerContext,
  selection: TreeSelection,
  fold = false,
): TreeObjects {
  if (!fold) return listed(context, { selection, members: [], periods: [] });
  const folded = foldedSelection(context.derived, selection);
  const tree = listed(context, folded);
  const matched = selection.indexes.length;
  return {
    ...tree,
    agents: treeAgents(context.derived, selection),
    totals: {
      all: selection.all ?? matched,
      matched,
      returned: tree.nodes.length,
      ghosts: ghostsOf(context, selection),
      hidden: folded.hidden,
    },
  };
}

function listed(
  context: AnswerContext,
  { selection, members, periods }: Omit<FoldedSelection, 'hidden'>,
): TreeObjects {
  const rows = new Map<number, number>(selection.indexes.map((index, row) => [index, row]));
  const nodes: TreeNode[] = [];
  for (const [row, index] of selection.indexes.entries()) {
    const process = context.derived.processes[index];
    if (process === undefined) continue;
    const parent = nodes[selection.parents?.[row] ?? rows.get(process.parent) ?? -1];
    const depth = parent === undefined ? 0 : parent.depth + 1;
    const node = treeNode(context, process, depth, parent?.ref);
    const count = selection.counts?.[row] ?? 1;
    const period = periods[row];
    nodes.push({
      ...node,
      count,
      members: [...(members[row] ?? [])],
      periodMs: period === undefined ? null : Math.round(period),
    });
  }
  return {
    pod: selection.pod,
    alternatives: selection.alternatives,
    nodes,
    agents: treeAgents(context.derived, selection),
    loose: treeLoose(context.derived, selection),
    totals: {
      all: selection.all ?? nodes.length,
      matched: nodes.length,
      returned: nodes.length,
      ghosts: ghostsOf(context, selection),
      hidden: 0,
    },
    completeness: context.completeness,
  };
}

/** Folded or not, a ghost counts. */
function ghostsOf({ derived }: AnswerContext, { indexes }: TreeSelection): number {
  return indexes.filter((index) => derived.processes[index]?.kind === 'ghost').length;
}

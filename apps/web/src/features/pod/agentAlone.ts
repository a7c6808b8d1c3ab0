import type { TreeModel } from '../../view/treeModel.ts';

/**
 * The ref, in the tree of all agents together, of a process as one agent alone tells it: there it has that agent's id, and a
 * ref of its own. Undefined: together with the others it is no process of its own.
 */
export function refTogether(
  whole: TreeModel['answer'],
  { ref, agent, execId }: { readonly ref: string; readonly agent: string; readonly execId: string },
): string | undefined {
  const { nodes, strings } = whole;
  if (nodes.ref.includes(ref)) return ref;
  const id = strings.indexOf(execId);
  if (id < 0) return undefined;
  const row = nodes.ids.findIndex(
    (ids) => ids?.some(([dialect, other]) => dialect === agent && other === id) === true,
  );
  return row < 0 ? undefined : nodes.ref[row];
}

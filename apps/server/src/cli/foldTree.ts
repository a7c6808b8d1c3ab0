import { argumentTemplate } from '@forebear/model/graph/novelty/argumentTemplate';
import { childShapes } from '@forebear/model/graph/tree/childShapes';
import { foldSiblings } from '@forebear/model/graph/tree/fold';
import type { TreeNode, TreeObjects } from '@forebear/model/wire/tree';
import { durationText } from './figures.ts';

export interface FoldedTree {
  readonly tree: TreeObjects;
  /** What stands beside the card of a group, by the ref of the member that stands for it. */
  readonly notes: ReadonlyMap<string, string>;
}

/**
 * Folds siblings that do the same, with the model's own rule. The first member stands for its group, its subtree for the
 * subtrees of the others, and `count` and `members` say for how many.
 */
export function foldTree(tree: TreeObjects): FoldedTree {
  const { nodes } = tree;
  const indexOf = new Map(nodes.map(({ ref }, index) => [ref, index]));
  const parent = Int32Array.from(nodes, ({ parentRef }) =>
    parentRef === null ? -1 : (indexOf.get(parentRef) ?? -1),
  );
  const number = createNumbers();
  const binary = Int32Array.from(nodes, (node) => number(node.binary));
  const connections = Int32Array.from(nodes, (node) => number(connectionsOf(node)));
  const { groups, groupOf } = foldSiblings({
    parent,
    order: Float64Array.from(nodes, ({ startTime }) =>
      startTime === null ? Number.NaN : Date.parse(startTime),
    ),
    binary,
    template: Int32Array.from(nodes, (node) =>
      number(argumentTemplate(node.binary, node.arguments)),
    ),
    uid: Int32Array.from(nodes, ({ uid }) => uid ?? -1),
    exitClass: Int32Array.from(nodes, (node) =>
      number(`${node.end} ${node.exit?.code ?? '?'} ${node.exit?.signal ?? ''}`),
    ),
    shape: childShapes({ parent, binary, connections }),
    // A container's main process stays in sight, and with it, on a node, every pod.
    keepOut: Uint8Array.from(nodes, ({ loud, alerts, role }) =>
      loud || alerts.length > 0 || role === 'main' ? 1 : 0,
    ),
  });
  const hidden = new Uint8Array(nodes.length);
  const notes = new Map<string, string>();
  const kept: TreeNode[] = [];
  for (const [index, node] of nodes.entries()) {
    const up = parent[index] ?? -1;
    const group = groups[groupOf[index] ?? -1];
    const isRest = group !== undefined && group.members[0] !== index;
    if (isRest || (up >= 0 && hidden[up] === 1)) {
      hidden[index] = 1;
      continue;
    }
    if (group === undefined) {
      kept.push(node);
      continue;
    }
    const members = group.members.flatMap((member) => nodes[member]?.ref ?? []);
    kept.push({ ...node, count: members.length, members });
    const { period } = group;
    if (period !== undefined && period > 0) notes.set(node.ref, `every ${durationText(period)}`);
  }
  return {
    tree: { ...tree, nodes: kept, totals: { ...tree.totals, returned: kept.length } },
    notes,
  };
}

function connectionsOf({ connections }: TreeNode): string {
  const leaves = new Set(
    connections.map(({ direction, protocol, name, ip, port }) =>
      [direction, protocol, name ?? ip, port].join(' '),
    ),
  );
  return [...leaves].sort().join('\n');
}

function createNumbers(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
}

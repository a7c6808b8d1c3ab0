import { authorNames } from '@forebear/model/answer/agentIds';
import type { Filter } from '@forebear/model/query/filter';
import { matches } from '@forebear/model/query/matches';
import { narrowedTo } from '@forebear/model/query/scope';
import { processSubject, type SeenCard, type SeenRemote } from '@forebear/model/query/subject';
import type { WireConnection } from '@forebear/model/wire/connections';
import type { PodItem } from '@forebear/model/wire/inventory';
import type { TreeNode } from '@forebear/model/wire/tree';

/** A process in the tree of a pod or a host. The tree is of one node, which it names once. */
export interface NodeOfTree {
  readonly pod: Pick<PodItem, 'node'>;
  readonly process: TreeNode;
}

/**
 * Does a filter keep this process of a tree? By the stores' rule: when the process with one of its leaves, or with none,
 * matches. `evt.type` is not in a tree: a clause on it is left to the store, which has kept the pod already.
 */
export function keepsNode(filter: Filter, node: NodeOfTree): boolean {
  const asked = askedOfTree(filter);
  const card = cardOf(node);
  return (
    matches(asked, processSubject(card, undefined)) ||
    node.process.connections.some((leaf) => matches(asked, processSubject(card, remoteOf(leaf))))
  );
}

/** Does the filter keep this leaf of this process, and need it for that? `evt.type` is left aside as above. */
export function keepsLeafOf(filter: Filter, node: NodeOfTree, leaf: WireConnection): boolean {
  const asked = askedOfTree(filter);
  const card = cardOf(node);
  return (
    !matches(asked, processSubject(card, undefined)) &&
    matches(asked, processSubject(card, remoteOf(leaf)))
  );
}

function askedOfTree(filter: Filter): Filter {
  return narrowedTo(filter, (field) => field !== 'evt.type').filter;
}

function cardOf({ pod: { node }, process }: NodeOfTree): SeenCard {
  return {
    binaries: process.images.map(({ binary }) => binary),
    arguments: process.images.map((image) => image.arguments),
    cwd: process.cwd,
    execId: process.execId,
    pid: process.pid ?? undefined,
    uid: process.uid ?? undefined,
    pod: process.pod ?? undefined,
    container: process.container?.name,
    node,
    kinds: [],
    policies: process.policies.map(({ policy }) => policy),
    agents: process.ids.map(({ dialect }) => dialect),
    alerts: process.alerts,
    author: authorNames(process.author ?? undefined),
  };
}

function remoteOf(leaf: WireConnection): SeenRemote {
  return {
    names: leaf.name === null ? leaf.otherNames : [leaf.name, ...leaf.otherNames],
    ends: [leaf],
    verdict: leaf.verdict ?? '',
  };
}

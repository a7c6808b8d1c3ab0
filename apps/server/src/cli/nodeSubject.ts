import type { FieldName, Filter } from '@forebear/model/query/filter';
import { baseName, matches, type Subject } from '@forebear/model/query/matches';
import type { TreeNode, WireConnection } from '@forebear/model/wire/tree';

/**
 * Does a filter keep this process of a tree? By the stores' rule: when the process with one of its leaves, or with none,
 * matches. `evt.type` is not in a tree: a clause on it is left to the store, which has kept the pod already.
 */
export function keepsNode(filter: Filter, node: TreeNode): boolean {
  const asked = askedOfTree(filter);
  return (
    matches(asked, subjectOfNode(node, undefined)) ||
    node.connections.some((leaf) => matches(asked, subjectOfNode(node, leaf)))
  );
}

/** Does the filter keep this leaf of this process, and need it for that? `evt.type` is left aside as above. */
export function keepsLeafOf(filter: Filter, node: TreeNode, leaf: WireConnection): boolean {
  const asked = askedOfTree(filter);
  return (
    !matches(asked, subjectOfNode(node, undefined)) && matches(asked, subjectOfNode(node, leaf))
  );
}

/** The filter without what a tree cannot answer; without any clause it keeps everything. */
function askedOfTree(filter: Filter): Filter {
  if (filter.kind !== 'clauses') return filter;
  return { ...filter, clauses: filter.clauses.filter(({ field }) => !field.startsWith('evt.')) };
}

function subjectOfNode(node: TreeNode, leaf: WireConnection | undefined): Subject {
  const binaries = node.images.map(({ binary }) => binary);
  const namesOf = ({ name, otherNames }: WireConnection) => [
    ...(name === null ? [] : [name]),
    ...otherNames,
  ];
  const values = (field: FieldName): readonly string[] => {
    switch (field) {
      case 'proc.name':
        return binaries.map(baseName);
      case 'proc.exepath':
        return binaries;
      case 'proc.args':
        return node.images.map((image) => image.arguments);
      case 'proc.pid':
        return node.pid === null ? [] : [String(node.pid)];
      case 'user.uid':
        return node.uid === null ? [] : [String(node.uid)];
      case 'k8s.ns.name':
        return node.pod === null ? [] : [node.pod.namespace];
      case 'k8s.pod.name':
        return node.pod === null ? [] : [node.pod.name];
      case 'container.name':
        return node.container === null ? [] : [node.container.name];
      case 'fd.sip':
        return leaf === undefined || leaf.ip === '' ? [] : [leaf.ip];
      case 'fd.sip.name':
        return leaf === undefined ? [] : namesOf(leaf);
      case 'fd.sport':
        return leaf === undefined ? [] : [String(leaf.port)];
      case 'evt.type':
      case 'evt.hostname':
        return [];
    }
  };
  return {
    values,
    text: () => [
      ...binaries,
      ...node.images.map((image) => image.arguments),
      node.cwd,
      node.execId,
      node.pod === null ? '' : `${node.pod.namespace}/${node.pod.name}`,
      node.container?.name ?? '',
      node.pid === null ? '' : String(node.pid),
      ...(leaf === undefined ? [] : [...namesOf(leaf), leaf.ip, String(leaf.port)]),
    ],
  };
}

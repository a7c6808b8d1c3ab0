import type { SeenCard, SeenRemote } from '@forebear/model/query/subject';
import { textOf } from '../../view/texts.ts';
import type { TreeModel } from '../../view/treeModel.ts';

/**
 * What a filter sees of the rows of a tree. There is one card and one leaf for all of them, which read their columns where
 * they have been moved to: a filter is asked about every row with every key that is pressed, and makes no object for it.
 */
export interface RowReader {
  readonly card: SeenCard;
  readonly leaf: SeenRemote;
  /** Moves the card to a process. */
  readonly toRow: (row: number) => void;
  /** Moves the leaf to a connection, by its place in `columns.connections`. */
  readonly toLeaf: (leaf: number) => void;
}

/** A reader of a tree's columns; it stands on their first row. */
export function readRows(model: TreeModel): RowReader {
  const { nodes, connections, containers, images, pod, authors, rules } = model.columns;
  let row = 0;
  let leaf = 0;
  return {
    toRow: (to) => {
      row = to;
    },
    toLeaf: (to) => {
      leaf = to;
    },
    card: {
      get binaries() {
        const rows = nodes.images[row] ?? undefined;
        if (rows === undefined) return [textOf(model, nodes.binary[row])];
        return rows.map((image) => textOf(model, images.binary[image]));
      },
      get arguments() {
        const rows = nodes.images[row] ?? undefined;
        if (rows === undefined) return [textOf(model, nodes.arguments[row])];
        return rows.map((image) => textOf(model, images.arguments[image]));
      },
      get cwd() {
        return textOf(model, nodes.cwd[row]);
      },
      get execId() {
        return textOf(model, nodes.execId[row]);
      },
      get pid() {
        return nodes.pid[row] ?? undefined;
      },
      get uid() {
        return nodes.uid[row] ?? undefined;
      },
      get pod() {
        const name = textOf(model, nodes.pod[row]);
        const slash = name.indexOf('/');
        if (slash < 0) return undefined;
        return { namespace: name.slice(0, slash), name: name.slice(slash + 1) };
      },
      get container() {
        return containers[nodes.container[row] ?? -1]?.name;
      },
      node: pod.node,
      kinds: [],
      get alerts() {
        return (nodes.rules[row] ?? []).flatMap((rule) => rules[rule] ?? []);
      },
      get agents() {
        const ids = nodes.ids[row] ?? undefined;
        return ids === undefined
          ? [textOf(model, nodes.dialect[row])]
          : ids.map(([dialect]) => dialect);
      },
      get author() {
        const author = authors[nodes.author[row] ?? -1];
        return author === undefined
          ? []
          : [author.user, author.impersonating].filter((name) => name !== '');
      },
      get policies() {
        const names = textOf(model, nodes.policies[row]);
        return names === '' ? [] : [names];
      },
    },
    leaf: {
      get names() {
        const name = textOf(model, connections.name[leaf]);
        return name === '' ? [] : [name];
      },
      get ends() {
        return [{ ip: textOf(model, connections.ip[leaf]), port: connections.port[leaf] ?? 0 }];
      },
      get verdict() {
        return textOf(model, connections.verdict[leaf]);
      },
    },
  };
}

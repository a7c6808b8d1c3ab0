import { authorWords } from '@forebear/model/words/authorWords';
import { binaryWords } from '@forebear/model/words/processWords';
import type { TreeModel } from './treeModel.ts';

/** A text of the answer's dictionary. Hostile: it is drawn through SafeText only. */
export function textOf(model: TreeModel, place: number | undefined): string {
  return model.columns.strings[place ?? 0] ?? '';
}

/** What people call a process: the last part of its binary's path, `pid 21386` when no event named it. */
export function nameOf(model: TreeModel, row: number): string {
  const { nodes } = model.columns;
  const binary = textOf(model, nodes.binary[row]);
  const pid = nodes.pid[row] ?? null;
  const words = binaryWords(binary, pid);
  if (words === 'kernel') return words;
  if (binary === '') return pid === null ? 'unnamed process' : `pid ${pid}`;
  const name = binary.slice(binary.lastIndexOf('/') + 1);
  return name === '' ? binary : name;
}

export function argumentsOf(model: TreeModel, row: number): string {
  return textOf(model, model.columns.nodes.arguments[row]);
}

/** The earlier images of a process, oldest first: what it was before it became what it is. */
export function earlierNamesOf(model: TreeModel, row: number): readonly string[] {
  const { nodes, images } = model.columns;
  const rows = nodes.images[row] ?? [];
  return rows.slice(0, -1).map((image) => {
    const binary = textOf(model, images.binary[image]);
    return binary.slice(binary.lastIndexOf('/') + 1);
  });
}

/** How sure it is who is at the other end of a connection, and of how many: `likely`, `likely, 3 processes`. */
export function peerWords(model: TreeModel, leaf: number): string {
  const { peerConfidence, peers } = model.columns.connections;
  const confidence = peerConfidence[leaf] ?? '';
  const count = peers[leaf] ?? 0;
  return count > 1 ? `${confidence}, ${count} processes` : confidence;
}

/** `name` or, without one, the address of a connection; `listening` has neither. */
export function destinationOf(model: TreeModel, leaf: number): string {
  const { connections } = model.columns;
  const name = textOf(model, connections.name[leaf]);
  if (name !== '') return name;
  const ip = textOf(model, connections.ip[leaf]);
  return ip === '' ? 'any address' : ip;
}

/** A command as the log has it: nothing is cut off its ends, for an unseen character there may be what matters. */
export function commandText(binary: string, words: string): string {
  return binary === '' || words === '' ? binary + words : `${binary} ${words}`;
}

/** Who had a process started through the API server, in a line: `jane (as bob)`; empty: nobody is known to have. */
export function authorLine(model: TreeModel, row: number): string {
  const author = model.columns.authors[model.columns.nodes.author[row] ?? -1];
  return author === undefined ? '' : authorWords(author);
}

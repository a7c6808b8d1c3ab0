import { hash } from 'node:crypto';
import { type ProcessId, processKey } from '@forebear/model/event/facts';

/**
 * The first 48 bits of the hash that a process's ref spells, as a number: what `refs` is asked by. The cluster is the one
 * that the graph will resolve, as far as a single record tells.
 */
export function refNumberOf(process: ProcessId & { readonly node: string }): number {
  const { dialect, id } = process;
  return numberOfKey(processKey({ dialect, cluster: clusterOf(process), id }));
}

/** The same of a `processKey` whose cluster is resolved. */
function numberOfKey(key: string): number {
  // A character for each byte: no digits are written and read again.
  const bytes = hash('sha256', key, 'binary');
  return threeOf(bytes, 0) * 2 ** 24 + threeOf(bytes, 3);
}

function threeOf(bytes: string, at: number): number {
  return (bytes.charCodeAt(at) << 16) | (bytes.charCodeAt(at + 1) << 8) | bytes.charCodeAt(at + 2);
}

/** The same of a ref, with or without `~k`; undefined: no ref of ours. */
export function numberOfRef(ref: string): number | undefined {
  if (!/^[\w-]{22}(?:~\d{1,6})?$/.test(ref)) return undefined;
  return Number.parseInt(Buffer.from(ref.slice(0, 8), 'base64url').toString('hex'), 16);
}

function clusterOf({ cluster, node }: { readonly cluster: string; readonly node: string }): string {
  if (cluster !== '') return cluster;
  const slash = node.indexOf('/');
  return slash > 0 && slash < node.length - 1 ? node.slice(0, slash) : 'default';
}

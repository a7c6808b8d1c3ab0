import type { Origin } from '../format.ts';
import { type JsonObject, textOf } from '../read.ts';

/** Where a flow was observed. */
export interface Place {
  /** Without the cluster; empty when not told. */
  readonly node: string;
  /** Undefined: the name of the node tells none. */
  readonly cluster: string | undefined;
}

/** `cluster/node` or `node`, from the flow, its envelope, or what is known of the file. */
export function placeOf(
  flow: JsonObject | undefined,
  envelope: JsonObject,
  origin: Origin | undefined,
): Place {
  const name = textOf(flow?.node_name) ?? textOf(envelope.node_name);
  if (name === undefined) return { node: origin?.node ?? '', cluster: undefined };
  const slash = name.lastIndexOf('/');
  return { node: name.slice(slash + 1), cluster: slash <= 0 ? undefined : name.slice(0, slash) };
}

import type { Leaf } from '../graph/derived.ts';

/** What one destination is: name (else address), port, protocol. A name that reads like an address is not that address. */
export function destinationKey({
  name,
  ip,
  port,
  protocol,
}: Pick<Leaf, 'name' | 'ip' | 'port' | 'protocol'>): string {
  return `${name ?? `\0${ip}`}\0${port}\0${protocol}`;
}

/** The keys of the destinations outside that some leaves call. */
export function* externalKeys(leaves: readonly Leaf[]): Iterable<string> {
  for (const leaf of leaves)
    if (leaf.external && leaf.direction === 'outbound') yield destinationKey(leaf);
}

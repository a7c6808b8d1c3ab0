import type { Scope } from '../leafWords.ts';
import {
  type Address,
  type AddressRange,
  isInRange,
  isLoopback,
  isUnspecified,
  readAddress,
  readRange,
} from './address.ts';
import type { Holder } from './localAddresses.ts';

/**
 * Where a remote is (semantics, `scope`). From process events alone services, the API server and resolvers have no
 * sign of their own, so they are inferred, by rules that fall back to `private`:
 *
 * - `dns`: not public, and port 53, or an address and port that the log shows answering lookups.
 * - `service`: not public, never local to a pod or node, and a cluster name (`x.ns.svc`, `x.ns.svc.cluster.local`)
 *   was answered with it, or a conversation with it was accepted by a pod under another address (DNAT).
 * - `api_server`: as `service`, and the name is `kubernetes.default`; or port 443 of the first address of the block
 *   of 256 whose tenth address is the cluster's resolver, which is how the tools that set up clusters number them.
 *
 * `public` is all else, documentation ranges too. Text that is no address is `private`: nothing is known of it, and
 * an absent field must not look like a way out.
 */
export interface ScopeEvidence {
  readonly holder: Holder;
  /** The agent named a pod at that end. */
  readonly peerPod: boolean;
  readonly answersLookups: boolean;
  readonly isService: boolean;
  readonly isApiServer: boolean;
}

const metadata = new Set(
  [
    '169.254.169.254',
    'fd00:ec2::254',
    '169.254.170.2',
    '169.254.170.23',
    '168.63.129.16',
    '100.100.100.200',
  ].map((text) => readAddress(text).text),
);

const privateRanges = readRanges(
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
);

/** The scope of a remote address and port, with what the log shows about them. */
export function scopeOf(address: Address, port: number, evidence: ScopeEvidence): Scope {
  const { holder } = evidence;
  if (isLoopback(address)) return 'loopback';
  // Linux takes a call of the unspecified address to itself; without a port it only means that the end is not known.
  if (isUnspecified(address)) return port === 0 ? 'private' : 'loopback';
  if (metadata.has(address.text)) return 'metadata';
  const range = rangeOf(address);
  const known = holder.kind !== 'none' || evidence.peerPod;
  if ((range === 'private' || known) && address.family !== 0) {
    if (port === 53 || evidence.answersLookups) return 'dns';
    if (holder.kind === 'node') return 'node';
    if (known) return 'pod';
    if (evidence.isApiServer) return 'api_server';
    if (evidence.isService) return 'service';
  }
  return range;
}

/** What the digits alone say: `private` or `public`. Opaque text is private. */
export function rangeOf(address: Address): 'private' | 'public' {
  if (address.family === 0) return 'private';
  return privateRanges.some((range) => isInRange(address, range)) || isLoopback(address)
    ? 'private'
    : 'public';
}

/** Whether a name is a cluster's service: `service.namespace.svc`, with or without the cluster's domain. */
export function isServiceName(name: string): boolean {
  const labels = name.slice(0, 300).split('.');
  return labels.length >= 3 && labels[2] === 'svc' && labels[0] !== '' && labels[1] !== '';
}

/** Whether a name is the API server's service. */
export function isApiServerName(name: string): boolean {
  return name === 'kubernetes.default' || name.startsWith('kubernetes.default.svc');
}

/** The first address of the /24 whose tenth this is (10.96.0.10 gives 10.96.0.1); undefined for others. */
export function firstOfResolverBlock(address: Address): string | undefined {
  if (address.family !== 4 || !address.text.endsWith('.10')) return undefined;
  return address.text.slice(0, -1);
}

function readRanges(...texts: readonly string[]): readonly AddressRange[] {
  return texts.flatMap((text) => readRange(text) ?? []);
}

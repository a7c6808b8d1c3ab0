import type { Scope } from '../leafWords.ts';
import type { ToldLookup } from '../networkContract.ts';
import type { AddressBook } from './address.ts';
import type { LocalAddresses } from './localAddresses.ts';
import type { Netspaces } from './netspaces.ts';
import { firstOfResolverBlock, isApiServerName, isServiceName, rangeOf, scopeOf } from './scope.ts';
import type { Socket } from './socket.ts';
import type { Stitch } from './stitch.ts';

/** A lookup fact with the card that asked. */
export interface OwnedLookup {
  readonly fact: ToldLookup;
  readonly process: number;
}

/** What the log as a whole shows of services, resolvers and the API server; the rules are in scope.ts. */
export interface Landmarks {
  readonly scopeAt: (remote: Remote) => Scope;
  /** The lookup went to a resolver of the cluster, or its record does not say where. */
  readonly isClusterLookup: (lookup: OwnedLookup) => boolean;
}

export interface Remote {
  readonly cluster: number;
  /** Id of the address book. */
  readonly ip: number;
  readonly port: number;
  readonly time: bigint | undefined;
  readonly peerPod: boolean;
}

export interface LandmarkEvidence {
  readonly lookups: readonly OwnedLookup[];
  readonly sockets: readonly Socket[];
  readonly stitches: readonly Stitch[];
  readonly netspaces: Netspaces;
  readonly locals: LocalAddresses;
  readonly book: AddressBook;
}

const span = 2 ** 26;

export function learnLandmarks(evidence: LandmarkEvidence): Landmarks {
  const { lookups, sockets, stitches, netspaces, locals, book } = evidence;
  const services = new Set<number>();
  const apiServers = new Set<number>();
  const numberedFirst = new Set<number>();
  const resolverPorts = new Map<number, Set<number>>();

  /** Names are judged once: a hostile answer holds as many of them as addresses. */
  const noteNames = (cluster: number, names: readonly string[], ips: Iterable<number>): void => {
    const isService = names.some(isServiceName);
    const isApiServer = names.some(isApiServerName);
    if (!isService && !isApiServer) return;
    for (const ip of ips) {
      if (isService) services.add(cluster * span + ip);
      if (isApiServer) apiServers.add(cluster * span + ip);
    }
  };
  const noteResolver = (cluster: number, ip: number): void => {
    const first = firstOfResolverBlock(book.at(ip));
    if (first === undefined || rangeOf(book.at(ip)) === 'public' || locals.isLocal(cluster, ip))
      return;
    numberedFirst.add(cluster * span + book.idOf(first));
  };
  const isClusterLookup = ({ fact, process }: OwnedLookup): boolean =>
    fact.resolverIp === '' ||
    rangeOf(book.at(book.idOf(fact.resolverIp))) === 'private' ||
    locals.isLocal(netspaces.clusterOf(process), book.idOf(fact.resolverIp));

  for (const lookup of lookups) {
    const { fact, process } = lookup;
    if (!fact.response) continue;
    const cluster = netspaces.clusterOf(process);
    if (fact.resolverIp !== '') {
      const resolver = book.idOf(fact.resolverIp);
      const ports = resolverPorts.get(cluster * span + resolver) ?? new Set();
      ports.add(fact.resolverPort);
      resolverPorts.set(cluster * span + resolver, ports);
      noteResolver(cluster, resolver);
    }
    // A resolver outside can answer anything: only the cluster's own may say what a service is.
    if (!isClusterLookup(lookup)) continue;
    noteNames(cluster, fact.names, fact.ips.map(book.idOf));
  }
  for (const socket of sockets) {
    if (socket.direction !== 'outbound') continue;
    const cluster = netspaces.clusterOf(socket.process);
    if (socket.remotePort === 53) noteResolver(cluster, socket.remoteIp);
    if (socket.names.length === 0) continue;
    const told = socket.names.filter((said) => said.evidence === 'destination_names');
    noteNames(
      cluster,
      told.map(({ name }) => name),
      [socket.remoteIp],
    );
  }
  for (const { client, translated } of stitches) {
    const socket = sockets[client];
    if (!translated || socket === undefined) continue;
    services.add(netspaces.clusterOf(socket.process) * span + socket.remoteIp);
  }

  return {
    isClusterLookup,
    scopeAt: ({ cluster, ip, port, time, peerPod }) => {
      const key = cluster * span + ip;
      const neverLocal = !locals.isLocal(cluster, ip);
      return scopeOf(book.at(ip), port, {
        holder: locals.holderAt(cluster, ip, time),
        peerPod,
        answersLookups: resolverPorts.get(key)?.has(port) ?? false,
        isService: neverLocal && services.has(key),
        isApiServer:
          neverLocal && (apiServers.has(key) || (port === 443 && numberedFirst.has(key))),
      });
    },
  };
}

import type { LookupFact, SocketFact } from '../../event/facts.ts';
import { type Nanos, nanos } from '../../event/time.ts';
import type { Conversation, ConversationEnd } from '../conversation.ts';
import type { Leaf } from '../derived.ts';
import { deriveNetwork } from '../network/network.ts';
import type { NetworkInput, NetworkProcess, NetworkResult } from '../networkContract.ts';

/** Seconds after an invented midnight. */
export function at(seconds: number): Nanos {
  return nanos(1_700_006_400_000_000_000n + BigInt(Math.round(seconds * 1e6)) * 1000n);
}

export interface Actor {
  /** `namespace/name`; absent: a host process. */
  readonly pod?: string;
  readonly node?: string;
  readonly cluster?: string;
  readonly parent?: string;
  readonly epoch?: number;
  readonly start?: number;
  readonly end?: number;
}

type SocketExtra = Partial<
  Pick<SocketFact, 'cookie' | 'names' | 'nameEvidence' | 'peerPod' | 'protocol'>
> & { readonly sent?: number; readonly received?: number };

/** A hand-written network: actors by name, events in words, results as text. */
export interface NetworkCase {
  readonly input: NetworkInput;
  readonly indexOf: (actor: string) => number;
  readonly result: () => NetworkResult;
  readonly leaves: (actor: string) => readonly Leaf[];
  /** The only leaf. */
  readonly leaf: (actor: string) => Leaf;
  readonly texts: (actor: string) => string[];
  readonly hops: () => string[];
  readonly conversations: () => readonly Conversation[];
  /** `web 10.0.0.5:40000 > db 10.0.0.9:5432 TCP 10/20`, a dash for a process nobody knows. */
  readonly talks: () => string[];
}

/** `ip:port`; the port is behind the last colon. */
function endpoint(text: string): { ip: string; port: number } {
  const colon = text.lastIndexOf(':');
  return { ip: text.slice(0, colon), port: Number(text.slice(colon + 1)) };
}

/** One socket event: who, what, when (undefined: no time), `from` and `to` as the agent prints them. */
export function socket(
  actor: string,
  kind: SocketFact['kind'],
  seconds: number | undefined,
  from: string,
  to: string,
  extra: SocketExtra = {},
): SocketFact {
  const source = endpoint(from);
  const destination = endpoint(to);
  const { sent, received, ...rest } = extra;
  return {
    process: actor,
    cluster: '',
    node: '',
    kind,
    ...(seconds === undefined ? {} : { time: at(seconds) }),
    protocol: 'TCP',
    sourceIp: source.ip,
    sourcePort: source.port,
    destinationIp: destination.ip,
    destinationPort: destination.port,
    cookie: '',
    names: [],
    ...(sent === undefined ? {} : { bytesSent: BigInt(sent) }),
    ...(received === undefined ? {} : { bytesReceived: BigInt(received) }),
    ...rest,
  };
}

/** A listener, as the agent prints it: one address. */
export function listen(actor: string, seconds: number | undefined, ip: string, port: number) {
  return { ...socket(actor, 'listen', seconds, ':0', ':0'), sourceIp: ip, sourcePort: port };
}

/** A DNS answer; no addresses: NXDOMAIN. */
export function answer(
  actor: string,
  seconds: number | undefined,
  name: string | readonly string[],
  ips: readonly string[],
  extra: Partial<LookupFact> = {},
): LookupFact {
  return {
    process: actor,
    cluster: '',
    node: '',
    ...(seconds === undefined ? {} : { time: at(seconds) }),
    response: true,
    rcode: ips.length === 0 ? 3 : 0,
    names: typeof name === 'string' ? [name] : name,
    ips,
    types: ['A'],
    resolverIp: '10.96.0.10',
    resolverPort: 53,
    ...extra,
  };
}

export function question(actor: string, seconds: number | undefined, name: string): LookupFact {
  return answer(actor, seconds, name, [], { response: false, rcode: 0 });
}

export function networkCase(
  actors: Readonly<Record<string, Actor>>,
  sockets: readonly SocketFact[],
  lookups: readonly LookupFact[] = [],
): NetworkCase {
  const names = Object.keys(actors);
  const pods: NetworkInput['pods'][number][] = [];
  const podIndex = new Map<string, number>();
  const processes = names.map((name): NetworkProcess => {
    const actor = actors[name] ?? {};
    const cluster = actor.cluster ?? 'lab';
    let pod: number | undefined;
    if (actor.pod !== undefined) {
      const key = `${cluster} ${actor.pod}`;
      pod = podIndex.get(key) ?? pods.length;
      if (pod === pods.length) {
        podIndex.set(key, pod);
        const [namespace = '', podName = ''] = actor.pod.split('/');
        const fact = { cluster, namespace, name: podName, uid: '', labels: [] };
        pods.push({ fact, cluster, node: actor.node ?? 'node-a' });
      }
    }
    return {
      cluster,
      node: actor.node ?? 'node-a',
      epoch: actor.epoch ?? 0,
      parent: actor.parent === undefined ? -1 : names.indexOf(actor.parent),
      binary: `/bin/${name}`,
      arguments: '',
      pid: 1,
      pod,
      container: undefined,
      startTime: actor.start === undefined ? undefined : at(actor.start),
      endTime: actor.end === undefined ? undefined : at(actor.end),
    };
  });
  const input: NetworkInput = {
    cardCount: processes.length,
    processes,
    pods,
    containers: [],
    sockets,
    lookups,
    resolve: (key) => (names.includes(key) ? names.indexOf(key) : undefined),
  };
  const conversations = (): readonly Conversation[] =>
    deriveNetwork({ ...input, conversations: true }).conversations ?? [];
  const endText = ({ process, ip, port }: ConversationEnd): string =>
    `${names[process ?? -1] ?? '-'} ${ip}:${port}`;
  let known: NetworkResult | undefined;
  const result = (): NetworkResult => (known ??= deriveNetwork(input));
  const leaves = (actor: string): readonly Leaf[] =>
    result().leavesByProcess.get(names.indexOf(actor)) ?? [];
  return {
    input,
    indexOf: (actor) => names.indexOf(actor),
    result,
    leaves,
    leaf: (actor) => {
      const [only, ...rest] = leaves(actor);
      if (only === undefined || rest.length > 0) {
        throw new Error(
          `${actor} has ${leaves(actor).length} leaves: ${leaves(actor).map(leafText).join(' | ')}`,
        );
      }
      return only;
    },
    texts: (actor) => leaves(actor).map(leafText),
    conversations,
    talks: () =>
      conversations().map(
        ({ client, server, protocol, bytesSent, bytesReceived }) =>
          `${endText(client)} > ${endText(server)} ${protocol} ${bytesSent ?? '?'}/${bytesReceived ?? '?'}`,
      ),
    hops: () =>
      result().hops.map(
        (hop) =>
          `${names[hop.from]} > ${names[hop.to]}:${hop.port} ${hop.confidence} ${hop.bytesSent ?? 0}/${hop.bytesReceived ?? 0}`,
      ),
  };
}

/** `outbound TCP name:443 public ×2 10/20`, the name or the address. */
function leafText(leaf: Leaf): string {
  const label = leaf.name ?? leaf.ip;
  return `${leaf.direction} ${leaf.protocol} ${label}:${leaf.port} ${leaf.scope} ×${leaf.count} ${leaf.bytesSent ?? 0}/${leaf.bytesReceived ?? 0}`;
}

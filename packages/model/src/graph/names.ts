import { formatTime, millisBetween, nanos } from '../event/time.ts';
import { type AddressBook, readAddress } from './address.ts';
import type { Answer, Answers } from './answers.ts';
import type { NameEvidence, Scope } from './derived.ts';
import type { LocalAddresses } from './localAddresses.ts';
import type { Netspaces } from './netspaces.ts';
import type { Socket } from './sockets.ts';

/**
 * The name of a socket's remote (semantics, Name), the first that applies: what the agent put on the socket
 * (`destination_names`), TLS server name, HTTP host, a DNS answer to the same process, to the same pod (the latest
 * before the connection, never a later one), the pod at the address, the service at it, else none. What others on
 * the node were answered is possible only and never the label.
 *
 * The remote of an accepted socket is a caller: only its pod can be known, and the names on the socket are the own.
 */
export interface NameChoice {
  readonly name: string | undefined;
  readonly evidence: NameEvidence;
  /** The answer behind a DNS or service name. */
  readonly answer: Answer | undefined;
  /** Further candidates, surer ones first. */
  readonly others: readonly string[];
  /** Seen elsewhere on the node: possible, no more. */
  readonly possible: readonly string[];
  /** Sentences about disagreement; empty: none. */
  readonly doubts: readonly string[];
  /** Whether the node reports answers at all: without them `direct` says little. */
  readonly dnsObserved: boolean;
}

export interface NameSources {
  readonly answers: Answers;
  readonly locals: LocalAddresses;
  readonly netspaces: Netspaces;
  readonly book: AddressBook;
}

const listed = 16;

/** Names sockets; sockets that must get the same answer share one object. */
export function createNamer(sources: NameSources): (socket: Socket, scope: Scope) => NameChoice {
  const { answers, locals, netspaces } = sources;
  const shared = new Map<string, NameChoice>();
  return (socket, scope) => {
    if (socket.direction === 'listen') return unnamed;
    const { process, remoteIp } = socket;
    const time = socket.opened ?? socket.firstSeen;
    const pod = podOf(socket, time, locals, netspaces);
    if (socket.direction === 'inbound') return callerName(pod, shared);
    const lists = {
      own: answers.ofProcess(process, remoteIp),
      pod: answers.ofPod(process, remoteIp),
      node: answers.ofNode(process, remoteIp),
      service: answers.ofServices(process, remoteIp),
    };
    const counts = {
      own: lists.own.countAt(time),
      pod: lists.pod.countAt(time),
      node: lists.node.countAt(time),
      service: lists.service.countAt(time),
    };
    const said = socket.names.map(({ evidence, name }) => `${evidence} ${name}`).join('\n');
    const key = `${process} ${remoteIp} ${scope} ${counts.own} ${counts.pod} ${counts.node} ${counts.service} ${pod} ${said}`;
    const known = shared.get(key);
    if (known !== undefined) return known;
    const choice = chooseName(socket, scope, pod, {
      own: lists.own.latest(counts.own),
      pod: lists.pod.latest(counts.pod),
      node: lists.node.latest(counts.node),
      service:
        scope === 'service' || scope === 'api_server' ? lists.service.latest(counts.service) : [],
      dnsObserved: answers.hasAny(process),
    });
    shared.set(key, choice);
    return choice;
  };
}

/** The sentence for the tooltip: where the name comes from, how old it is, and what speaks against it. */
export function explainName(choice: NameChoice, socket: Socket): string {
  const parts = [sourceOf(choice, socket), ...choice.doubts];
  if (choice.possible.length > 0) {
    parts.push(`possible, seen elsewhere on the node: ${choice.possible.slice(0, 5).join(', ')}`);
  }
  return parts.filter((part) => part !== '').join('; ');
}

const unnamed: NameChoice = {
  name: undefined,
  evidence: '',
  answer: undefined,
  others: [],
  possible: [],
  doubts: [],
  dnsObserved: false,
};

function callerName(pod: string, shared: Map<string, NameChoice>): NameChoice {
  if (pod === '') return unnamed;
  const key = `caller ${pod}`;
  const known = shared.get(key) ?? { ...unnamed, name: pod, evidence: 'pod_address' as const };
  shared.set(key, known);
  return known;
}

/** The pod at the remote end: as the agent says, else as the address is known; empty when neither. */
function podOf(
  socket: Socket,
  time: bigint | undefined,
  locals: LocalAddresses,
  netspaces: Netspaces,
): string {
  const own = netspaces.netspaceOf(socket.process);
  const told = socket.peerPods.find(
    (pod) => pod !== netspaces.nameOf(own) || locals.isHeldBy(socket.remoteIp, own),
  );
  if (told !== undefined) return told;
  const holder = locals.holderAt(netspaces.clusterOf(socket.process), socket.remoteIp, time);
  return holder.kind === 'pod' ? netspaces.nameOf(holder.netspace) : '';
}

interface Heard {
  readonly own: readonly Answer[];
  readonly pod: readonly Answer[];
  readonly node: readonly Answer[];
  readonly service: readonly Answer[];
  readonly dnsObserved: boolean;
}

interface Candidate {
  readonly name: string;
  readonly evidence: NameEvidence;
  readonly answer?: Answer;
}

function chooseName(socket: Socket, scope: Scope, pod: string, heard: Heard): NameChoice {
  const told = socket.names.filter(({ evidence }) => evidence === 'destination_names');
  const sni = socket.names.filter(({ evidence }) => evidence === 'sni');
  const hosts = socket.names
    .filter(({ evidence }) => evidence === 'http_host')
    .map(({ name }) => ({ name: withoutPort(name), evidence: 'http_host' as const }))
    .filter(({ name }) => name !== '' && readAddress(name).family === 0);
  const dns = [...answered(heard.own, 'dns_process'), ...answered(heard.pod, 'dns_pod')];
  const candidates: Candidate[] = [
    ...told,
    ...sni,
    ...hosts,
    ...dns,
    ...(pod === '' ? [] : [{ name: pod, evidence: 'pod_address' as const }]),
    ...answered(heard.service, 'service_address'),
  ];
  const [best] = candidates;
  const names = new Set(candidates.map(({ name }) => name));
  for (const { answer } of candidates) for (const alias of answer?.aliases ?? []) names.add(alias);
  const possible = new Set<string>();
  for (const { name } of heard.node) if (!names.has(name)) possible.add(name);
  if (best !== undefined) names.delete(best.name);
  return {
    name: best?.name,
    evidence: best?.evidence ?? (scope === 'public' ? 'direct' : ''),
    answer: best?.answer,
    others: [...names].slice(0, listed),
    possible: [...possible].slice(0, listed),
    doubts: doubtsOf(told, sni, hosts, dns),
    dnsObserved: heard.dnsObserved,
  };
}

function answered(answers: readonly Answer[], evidence: NameEvidence): Candidate[] {
  return answers.map((answer) => ({ name: answer.name, evidence, answer }));
}

/** Every disagreement between kinds of evidence, and several answers within one kind. */
function doubtsOf(
  told: readonly Candidate[],
  sni: readonly Candidate[],
  hosts: readonly Candidate[],
  dns: readonly Candidate[],
): string[] {
  const doubts: string[] = [];
  const looked = distinct(dns);
  const given = distinct(told);
  if (given.length > 1) doubts.push(`the agent gives ${given.length} names: ${list(given)}`);
  if (looked.length > 1) {
    doubts.push(`${looked.length} names were answered with this address: ${list(looked)}`);
  }
  const aliases = dns.flatMap(({ answer }) => answer?.aliases ?? []);
  const claims: [string, readonly Candidate[]][] = [
    ['SNI', sni],
    ['the HTTP host', hosts],
  ];
  for (const [word, said] of claims) {
    const names = distinct(said);
    if (names.length > 1) doubts.push(`${word} changed: ${list(names)}`);
    const unlike = names.filter((name) => !looked.includes(name) && !aliases.includes(name));
    if (looked.length > 0 && unlike.length > 0) {
      doubts.push(`${word} ${list(unlike)} is unlike DNS ${list(looked)}`);
    }
    const untold = names.filter((name) => !given.includes(name));
    if (given.length > 0 && untold.length > 0) {
      doubts.push(`${word} ${list(untold)} is unlike the agent's ${list(given)}`);
    }
  }
  return doubts;
}

function distinct(candidates: readonly Candidate[]): string[] {
  return [...new Set(candidates.map(({ name }) => name))];
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

function sourceOf(choice: NameChoice, socket: Socket): string {
  switch (choice.evidence) {
    case 'destination_names':
      return 'named by the agent (destination_names)';
    case 'sni':
      return 'named by the TLS server name on this connection';
    case 'http_host':
      return 'named by the HTTP host on this connection';
    case 'dns_process':
      return `named by a DNS answer to this process${ageOf(choice.answer, socket)}`;
    case 'dns_pod':
      return `named by a DNS answer to another process of the pod${ageOf(choice.answer, socket)}`;
    case 'pod_address':
      return socket.peerPods.length > 0
        ? 'the pod that the agent saw at this end'
        : 'the pod that holds this address';
    case 'service_address':
      return `a service of the cluster, named by a lookup of another pod${ageOf(choice.answer, socket)}`;
    case 'direct':
      return choice.dnsObserved
        ? 'never looked up before: called by its address'
        : 'no lookup seen; the log has no DNS answers of this node';
    case '':
      return '';
  }
}

function ageOf(answer: Answer | undefined, socket: Socket): string {
  const time = socket.opened ?? socket.firstSeen;
  if (answer === undefined || !answer.dated) return ', which has no time';
  const at = nanos(answer.time);
  const clock = formatTime(at).slice(11, 23);
  if (time === undefined) return ` at ${clock}; the connection has no time`;
  const seconds = (millisBetween(at, time) / 1000).toFixed(3);
  const open = socket.openSeen ? '' : '; the connection was already open when first seen';
  return ` at ${clock}, ${seconds} s before${open}`;
}

/** `host:8080` and `[::1]:8080` without the port. */
function withoutPort(host: string): string {
  const colon = host.lastIndexOf(':');
  if (colon < 0 || host.endsWith(']')) return host.replace(/^\[|\]$/g, '');
  const head = host.slice(0, colon);
  return /^\d{1,5}$/.test(host.slice(colon + 1)) ? head.replace(/^\[|\]$/g, '') : host;
}

import { formatTime, millisBetween, nanos } from '../../event/time.ts';
import type { NameEvidence, Scope } from '../leafWords.ts';
import { type AddressBook, readAddress } from './address.ts';
import type { Answer, AnswerList, Answers, Heard } from './answers.ts';
import type { LocalAddresses } from './localAddresses.ts';
import type { Netspaces } from './netspaces.ts';
import type { Socket } from './socket.ts';

/**
 * The name of a socket's remote (semantics, Name), the first that applies: what the agent put on the socket
 * (`destination_names`), TLS server name, HTTP host, a DNS answer to the same process, to the same pod (the latest
 * before the connection, never a later one), what Hubble's flow of it says, what Zeek read, the pod at the address, the service at it, else none. What others on
 * the node were answered is possible only and never the label.
 *
 * The remote of an accepted socket is a caller: only its pod can be known, and the names on the socket are the own.
 */
export interface NameChoice {
  readonly name: string | undefined;
  readonly evidence: NameEvidence;
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

const mostListed = 64;

/** Names sockets; sockets that must get the same answer share one object. */
export function createNamer(sources: NameSources): (socket: Socket, scope: Scope) => NameChoice {
  const { answers, locals, netspaces } = sources;
  const shared = new Map<string, NameChoice>();
  return (socket, scope) => {
    if (socket.direction === 'listen') return unnamed;
    const { process, remoteIp } = socket;
    const time = socket.opened ?? socket.firstSeen;
    const pod = podAtRemote(socket, locals, netspaces);
    if (socket.direction === 'inbound') return callerName(pod, shared);
    const isService = scope === 'service' || scope === 'api_server';
    const heard = {
      own: answers.ofProcess(process, remoteIp).heardAt(time),
      pod: answers.ofPod(process, remoteIp).heardAt(time),
      node: answers.ofNode(process, remoteIp).heardAt(time),
      service: isService ? answers.ofServices(process, remoteIp).heardAt(time) : silence,
      dnsObserved: answers.hasAny(process),
    };
    const said = socket.names.map(({ evidence, name }) => `${evidence} ${name}`).join('\n');
    const names = `${heard.own.key}\0${heard.pod.key}\0${heard.node.key}\0${heard.service.key}`;
    const key = `${scope} ${pod} ${heard.dnsObserved}\0${said}\0${names}`;
    const known = shared.get(key);
    if (known !== undefined) return known;
    const choice = chooseName(socket, scope, pod, heard);
    shared.set(key, choice);
    return choice;
  };
}

/** The sentence for the tooltip: where the name comes from, how old it is, and what speaks against it. */
export function explainName(choice: NameChoice, socket: Socket, answers: Answers): string {
  const source = sourceOf(choice, socket, answers);
  if (choice.doubts.length === 0 && choice.possible.length === 0) return source;
  const parts = [source, ...choice.doubts];
  if (choice.possible.length > 0) {
    parts.push(`possible, seen elsewhere on the node: ${choice.possible.slice(0, 5).join(', ')}`);
  }
  return parts.filter((part) => part !== '').join('; ');
}

const unnamed: NameChoice = {
  name: undefined,
  evidence: '',
  others: [],
  possible: [],
  doubts: [],
  dnsObserved: false,
};

function callerName(pod: string, shared: Map<string, NameChoice>): NameChoice {
  if (pod === '') return unnamed;
  const key = `caller ${pod}`;
  const known = shared.get(key) ?? {
    ...unnamed,
    name: podNameIn(pod),
    evidence: 'pod_address' as const,
  };
  shared.set(key, known);
  return known;
}

/** `namespace/name` of the pod at the remote end: as the agent says, else as the address is known; empty when neither. */
export function podAtRemote(socket: Socket, locals: LocalAddresses, netspaces: Netspaces): string {
  const own = netspaces.netspaceOf(socket.process);
  const told = socket.peerPods.find(
    (pod) => pod !== netspaces.nameOf(own) || locals.isHeldBy(socket.remoteIp, own),
  );
  if (told !== undefined) return told;
  const time = socket.opened ?? socket.firstSeen;
  const holder = locals.holderAt(netspaces.clusterOf(socket.process), socket.remoteIp, time);
  return holder.kind === 'pod' ? netspaces.nameOf(holder.netspace) : '';
}

/** A pod as a name: without the slash before it where its namespace is not told. */
function podNameIn(pod: string): string {
  return pod.startsWith('/') ? pod.slice(1) : pod;
}

interface HeardBy {
  readonly own: Heard;
  readonly pod: Heard;
  readonly node: Heard;
  readonly service: Heard;
  readonly dnsObserved: boolean;
}

const silence: Heard = { answers: [], key: '' };

interface Candidate {
  readonly name: string;
  readonly evidence: NameEvidence;
  readonly answer?: Answer;
}

function chooseName(socket: Socket, scope: Scope, pod: string, heard: HeardBy): NameChoice {
  const told = socket.names.filter(({ evidence }) => evidence === 'destination_names');
  const sni = socket.names.filter(({ evidence }) => evidence === 'sni');
  const hosts = socket.names
    .filter(({ evidence }) => evidence === 'http_host')
    .map(({ name }) => ({ name: withoutPort(name), evidence: 'http_host' as const }))
    .filter(({ name }) => name !== '' && readAddress(name).family === 0);
  const dns = [
    ...answered(heard.own.answers, 'dns_process'),
    ...answered(heard.pod.answers, 'dns_pod'),
  ];
  const candidates: Candidate[] = [
    ...told,
    ...sni,
    ...hosts,
    ...dns,
    ...socket.names.filter(({ evidence }) => evidence === 'flow'),
    ...socket.names.filter(({ evidence }) => evidence === 'zeek'),
    ...(pod === '' ? [] : [{ name: podNameIn(pod), evidence: 'pod_address' as const }]),
    ...answered(heard.service.answers, 'service_address'),
  ];
  const [best] = candidates;
  const names = new Set(candidates.map(({ name }) => name));
  for (const { answer } of candidates) for (const alias of answer?.aliases ?? []) names.add(alias);
  const possible = new Set<string>();
  for (const { name } of heard.node.answers) if (!names.has(name)) possible.add(name);
  if (best !== undefined) names.delete(best.name);
  return {
    name: best?.name,
    evidence: best?.evidence ?? (scope === 'public' ? 'direct' : ''),
    others: [...names].slice(0, mostListed),
    possible: [...possible].slice(0, mostListed),
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
  if (given.length > 1) doubts.push(`the agent gives ${given.length} names: ${listed(given)}`);
  if (looked.length > 1) {
    doubts.push(`${looked.length} names were answered with this address: ${listed(looked)}`);
  }
  const aliases = dns.flatMap(({ answer }) => answer?.aliases ?? []);
  const claims: [string, readonly Candidate[]][] = [
    ['SNI', sni],
    ['the HTTP host', hosts],
  ];
  for (const [word, said] of claims) {
    const names = distinct(said);
    if (names.length > 1) doubts.push(`${word} changed: ${listed(names)}`);
    const unlike = names.filter((name) => !looked.includes(name) && !aliases.includes(name));
    if (looked.length > 0 && unlike.length > 0) {
      doubts.push(`${word} ${listed(unlike)} is unlike DNS ${listed(looked)}`);
    }
    const untold = names.filter((name) => !given.includes(name));
    if (given.length > 0 && untold.length > 0) {
      doubts.push(`${word} ${listed(untold)} is unlike the agent's ${listed(given)}`);
    }
  }
  return doubts;
}

function distinct(candidates: readonly Candidate[]): string[] {
  return [...new Set(candidates.map(({ name }) => name))];
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}

function sourceOf(choice: NameChoice, socket: Socket, answers: Answers): string {
  const { process, remoteIp } = socket;
  switch (choice.evidence) {
    case 'destination_names':
    case 'sni':
    case 'http_host':
      return '';
    case 'flow':
      return 'the flow of this connection names it so';
    case 'zeek':
      return 'read from the wire';
    case 'dns_process':
      return `answered${ageOf(choice, socket, answers.ofProcess(process, remoteIp))}`;
    case 'dns_pod':
      return `answered to another process${ageOf(choice, socket, answers.ofPod(process, remoteIp))}`;
    case 'pod_address':
      return socket.peerPods.length > 0 ? 'the agent saw the pod at this end' : '';
    case 'service_address':
      return `by a name that another pod learned${ageOf(choice, socket, answers.ofServices(process, remoteIp))}`;
    case 'direct':
      return choice.dnsObserved ? '' : 'the log has no DNS answers of this node';
    case '':
      return '';
  }
}

/** How old the answer was, found again: sockets named alike share their choice, not the moment. */
function ageOf({ name }: NameChoice, socket: Socket, list: AnswerList): string {
  const time = socket.opened ?? socket.firstSeen;
  const answer = list.heardAt(time).answers.find((one) => one.name === name);
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

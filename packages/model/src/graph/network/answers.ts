import type { NetworkInput } from '../networkContract.ts';
import { compareBig, compareText } from '../order.ts';
import { partitionPoint } from '../partitionPoint.ts';
import type { AddressBook } from './address.ts';
import type { Landmarks, OwnedLookup } from './landmarks.ts';
import { addTo } from './lists.ts';
import type { Netspaces } from './netspaces.ts';
import { isServiceName } from './scope.ts';
import type { Socket } from './socket.ts';

/** A DNS answer that holds an address; for what is only possible, also a name that a socket to it was called by. */
export interface Answer {
  /** Undefined times sort first: an answer without a time may be as old as the log. */
  readonly time: bigint;
  readonly dated: boolean;
  readonly name: string;
  /** The other names of the record: the chain the resolver followed, as far as the agent tells. */
  readonly aliases: readonly string[];
}

/** Answers by who heard them, each list sorted by time. */
export interface Answers {
  readonly ofProcess: (process: number, ip: number) => AnswerList;
  /** Of the pod that the process is in; empty for host processes. */
  readonly ofPod: (process: number, ip: number) => AnswerList;
  readonly ofNode: (process: number, ip: number) => AnswerList;
  /** Cluster names (`x.ns.svc…`) that the cluster's resolvers answered to anybody, or the agent put on a socket. */
  readonly ofServices: (process: number, ip: number) => AnswerList;
  /** Whether the node of the process reported any answer at all. */
  readonly hasAny: (process: number) => boolean;
}

const span = 2 ** 26;
const beginning = -(2n ** 63n);
const never: Answer[] = [];

/** The names of an address at a time. */
export interface Heard {
  readonly answers: readonly Answer[];
  /** The same for the same names, whenever they were answered. */
  readonly key: string;
}

const mostNames = 16;
const lookBack = 64;

/** Answers for one address. Names are looked for in a bounded window: hostile logs give one address many names. */
export class AnswerList {
  readonly #answers: Answer[];
  #sorted = false;
  /** Sockets of one process come nearly in the order of time. */
  #last: { readonly count: number; readonly heard: Heard } | undefined;

  constructor(answers: Answer[]) {
    this.#answers = answers;
  }

  /** What was answered up to the time (without a time: ever): one answer per name, latest first. */
  heardAt(time: bigint | undefined): Heard {
    const count = this.#countAt(time);
    if (this.#last?.count === count) return this.#last.heard;
    const found = new Map<string, Answer>();
    for (let at = count - 1; at >= 0 && at >= count - lookBack; at -= 1) {
      const answer = this.#answers[at];
      if (answer === undefined || found.has(answer.name)) continue;
      found.set(answer.name, answer);
      if (found.size === mostNames) break;
    }
    const answers = [...found.values()];
    const key = answers.map(({ name, aliases }) => [name, ...aliases].join(' ')).join('\n');
    const heard = { answers, key };
    this.#last = { count, heard };
    return heard;
  }

  #countAt(time: bigint | undefined): number {
    this.#sort();
    if (time === undefined) return this.#answers.length;
    return partitionPoint(this.#answers.length, (index) => {
      const answer = this.#answers[index];
      return answer !== undefined && answer.time <= time;
    });
  }

  #sort(): void {
    if (this.#sorted) return;
    // At one moment the smaller name comes last, so that it is the latest in every order of the facts.
    this.#answers.sort(
      (a, b) =>
        compareBig(a.time, b.time) ||
        compareText(b.name, a.name) ||
        compareText(b.aliases.join(), a.aliases.join()),
    );
    this.#sorted = true;
  }
}

const noAnswers = new AnswerList(never);

export function indexAnswers(
  { processes }: NetworkInput,
  lookups: readonly OwnedLookup[],
  {
    netspaces,
    book,
    landmarks,
    sockets,
  }: {
    readonly netspaces: Netspaces;
    readonly book: AddressBook;
    readonly landmarks: Landmarks;
    readonly sockets: readonly Socket[];
  },
): Answers {
  const nodeIds = new Map<string, number>();
  const nodes = Int32Array.from(processes, ({ cluster, node }) => {
    const key = `${cluster}\0${node}`;
    const id = nodeIds.get(key) ?? nodeIds.size;
    nodeIds.set(key, id);
    return id;
  });
  const byProcess = new Map<number, Answer[]>();
  const byNetspace = new Map<number, Answer[]>();
  const byNode = new Map<number, Answer[]>();
  const byService = new Map<number, Answer[]>();
  const answering = new Set<number>();
  for (const lookup of lookups) {
    const { fact, process } = lookup;
    const [name = '', ...aliases] = fact.names;
    if (!fact.response || name === '') continue;
    answering.add(nodes[process] ?? -1);
    const answer: Answer = {
      time: fact.time ?? beginning,
      dated: fact.time !== undefined,
      name,
      aliases: aliases.slice(0, mostNames),
    };
    const isService = isServiceName(name) && landmarks.isClusterLookup(lookup);
    for (const text of fact.ips) {
      const ip = book.idOf(text);
      addTo(byProcess, process * span + ip, answer);
      addTo(byNode, (nodes[process] ?? 0) * span + ip, answer);
      const netspace = netspaces.netspaceOf(process);
      if (netspaces.isPod(netspace)) addTo(byNetspace, netspace * span + ip, answer);
      if (isService) addTo(byService, netspaces.clusterOf(process) * span + ip, answer);
    }
  }
  for (const said of readSaid(sockets, nodes)) {
    const { node, ip, process, answer, byAgent } = said;
    addTo(byNode, node * span + ip, answer);
    if (byAgent && isServiceName(answer.name)) {
      addTo(byService, netspaces.clusterOf(process) * span + ip, answer);
    }
  }
  const lists = [byProcess, byNetspace, byNode, byService].map(
    (index) => new Map([...index].map(([key, answers]) => [key, new AnswerList(answers)])),
  );
  const find = (which: number, key: number): AnswerList => lists[which]?.get(key) ?? noAnswers;
  return {
    ofProcess: (process, ip) => find(0, process * span + ip),
    ofPod: (process, ip) => find(1, netspaces.netspaceOf(process) * span + ip),
    ofNode: (process, ip) => find(2, (nodes[process] ?? 0) * span + ip),
    ofServices: (process, ip) => find(3, netspaces.clusterOf(process) * span + ip),
    hasAny: (process) => answering.has(nodes[process] ?? -1),
  };
}

interface Said {
  readonly node: number;
  readonly ip: number;
  readonly process: number;
  readonly byAgent: boolean;
  readonly answer: Answer;
}

/** What sockets were called by the agent or by their client: each name of an address once per node, when first said. */
function readSaid(sockets: readonly Socket[], nodes: Int32Array): Iterable<Said> {
  const first = new Map<string, Said>();
  for (const { direction, names, process, remoteIp, opened, firstSeen } of sockets) {
    if (direction !== 'outbound' || names.length === 0) continue;
    const node = nodes[process] ?? 0;
    const time = opened ?? firstSeen;
    for (const { name, evidence } of names) {
      const byAgent = evidence === 'destination_names';
      const key = `${node} ${remoteIp} ${byAgent} ${name}`;
      const known = first.get(key);
      if (known !== undefined && known.answer.time <= (time ?? beginning)) continue;
      const answer = { time: time ?? beginning, dated: time !== undefined, name, aliases: [] };
      first.set(key, { node, ip: remoteIp, process, byAgent, answer });
    }
  }
  return first.values();
}

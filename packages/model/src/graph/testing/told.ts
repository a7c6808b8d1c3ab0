import { createHash } from 'node:crypto';
import {
  type ContainerFact,
  type ExitFact,
  type Facts,
  type GapFact,
  type LookupFact,
  type PodFact,
  type ProcessFact,
  processKey,
  type SocketFact,
} from '../../event/facts.ts';
import type { ContainerSighting, PodSighting, Rank } from '../../event/sighting.ts';
import { type Nanos, nanos } from '../../event/time.ts';
import { Trait } from '../../event/traits.ts';
import { derive } from '../derive.ts';
import type { Derived, DerivedProcess, FlagCode } from '../derived.ts';
import { containerFactOf, factOf, podFactOf } from '../facts/factOf.ts';

/** When the invented node booted; every time below is in seconds after it. */
const boot = 1_700_000_000_000_000_000n;

/** What is told of one process, in the fewest words; everything but the id may be missing. */
export interface Telling {
  readonly id: string;
  readonly parent?: string;
  /** Seconds after the boot: start and ktime. */
  readonly at?: number;
  /** False: only the id tells the time (a ghost), so there is a ktime and no start. */
  readonly start?: false | number;
  readonly ktime?: false;
  readonly pid?: number;
  readonly binary?: string;
  readonly args?: string;
  readonly uid?: number;
  readonly nsPid?: number;
  readonly rank?: Rank;
  readonly traits?: number;
  readonly cluster?: string;
  readonly node?: string;
  /** `namespace/name` or `namespace/name/uid`. */
  readonly pod?: string;
  readonly workload?: string;
  readonly labels?: readonly string[];
  /** `name` or `name#instance`; its id is the same text. */
  readonly container?: string;
  readonly containerStart?: number;
  readonly docker?: string;
  /** Seconds of the first and last own event. */
  readonly seen?: readonly [number, number];
  /** Seconds by which this boot began after the first one. */
  readonly bootedAt?: number;
}

export interface Extras {
  /** [id, seconds, code, signal] */
  readonly exits?: readonly (readonly [string, number | undefined, number?, string?])[];
  readonly sockets?: readonly SocketFact[];
  readonly lookups?: readonly LookupFact[];
  readonly gaps?: readonly GapFact[];
  /** First and last second of every node's events; 0 and 100,000 by default: everything is covered. */
  readonly log?: readonly [number, number];
  readonly limitMs?: number;
}

/** A moment, in seconds after the first boot. */
export function second(seconds: number): Nanos {
  return nanos(boot + BigInt(Math.round(seconds * 1e6)) * 1000n);
}

/** The key by which exits and sockets name a process of the invented cluster. */
export function keyOf(id: string, cluster = 'c1'): string {
  return processKey({ dialect: 'tetragon', cluster, id });
}

/** The facts of what is told, unmerged: one fact per telling. */
export function factsOf(tellings: readonly Telling[], extras: Extras = {}): Facts {
  const processes: ProcessFact[] = [];
  const pods: PodFact[] = [];
  const containers: ContainerFact[] = [];
  const places = new Map<string, { cluster: string; node: string }>();
  for (const telling of tellings) {
    const { cluster = 'c1', node = 'n1' } = telling;
    places.set(`${cluster} ${node}`, { cluster, node });
    const pod = podSighting(telling);
    const container = containerSighting(telling);
    const fact = processFact(telling, pod, container);
    processes.push(fact);
    if (pod !== undefined) pods.push(podFactOf(pod, cluster));
    if (container !== undefined)
      containers.push(containerFactOf(container, fact.pod ?? '', cluster));
  }
  const [first, last] = extras.log ?? [0, 100_000];
  return {
    processes,
    pods,
    containers,
    exits: (extras.exits ?? []).map(
      ([id, time, code, signal]): ExitFact => ({
        process: keyOf(id),
        cluster: 'c1',
        node: 'n1',
        ...(time === undefined ? {} : { time: second(time) }),
        ...(code === undefined ? {} : { code }),
        ...(signal === undefined ? {} : { signal }),
      }),
    ),
    sockets: extras.sockets ?? [],
    lookups: extras.lookups ?? [],
    flows: [],
    alerts: [],
    audits: [],
    gaps: extras.gaps ?? [],
    nodes: [...places.values()].map(({ cluster, node }) => ({
      cluster,
      node,
      firstTime: second(first),
      lastTime: second(last),
      kinds: new Map(),
      bootSeconds: [],
    })),
    counts: [],
  };
}

/** An invented forest with its processes by id. */
export interface Story {
  readonly derived: Derived;
  /** The card of an id; throws when the id is on no card or on several. */
  readonly card: (id: string) => DerivedProcess;
  /** Every card of an id. */
  readonly cards: (id: string) => DerivedProcess[];
  /** The id of the card's parent; undefined: a root. */
  readonly parentOf: (id: string) => string | undefined;
  readonly flags: (id: string) => FlagCode[];
  /** `id(child(grandchild) child)` for every root: the whole forest as text. */
  readonly tree: () => string;
}

const digests = new Map<string, Uint8Array>();

/** The hash that derivations are handed; worlds of few ids ask for the same ones thousands of times. */
export function sha256(text: string): Uint8Array {
  const known = digests.get(text);
  if (known !== undefined) return known;
  const digest = createHash('sha256').update(text).digest();
  if (digests.size < 1000) digests.set(text, digest);
  return digest;
}

/** Derives what is told. */
export function tell(tellings: readonly Telling[], extras: Extras = {}): Story {
  return storyOf(factsOf(tellings, extras), extras.limitMs);
}

export function storyOf(facts: Facts, lateLimitMs = 60_000): Story {
  const derived = derive(facts, { lateLimitMs, sha256, conversations: true });
  const cards = (id: string): DerivedProcess[] =>
    derived.processes.filter(({ images }) => images.some(({ execId }) => execId === id));
  const card = (id: string): DerivedProcess => {
    const [only, other] = cards(id);
    if (only === undefined || other !== undefined)
      throw new Error(`${id}: ${cards(id).length} cards`);
    return only;
  };
  return {
    derived,
    card,
    cards,
    parentOf: (id) => derived.processes[card(id).parent]?.execId,
    flags: (id) => card(id).flags.map(({ code }) => code),
    tree: () => treeText(derived),
  };
}

function treeText({ processes }: Derived): string {
  const children = new Map<number, number[]>();
  for (const [index, { parent }] of processes.entries()) {
    children.set(parent, [...(children.get(parent) ?? []), index]);
  }
  const text = (index: number): string => {
    const process = processes[index];
    const name = process?.images.map(({ execId }) => execId).join('>') ?? '';
    const below = (children.get(index) ?? []).map(text).join(' ');
    return below === '' ? name : `${name}(${below})`;
  };
  return (children.get(-1) ?? []).map(text).join(' ');
}

function processFact(
  telling: Telling,
  pod: PodSighting | undefined,
  container: ContainerSighting | undefined,
): ProcessFact {
  const { cluster = 'c1', node = 'n1', rank = 4, at, pid, bootedAt = 0 } = telling;
  const start = typeof telling.start === 'number' ? telling.start : at;
  const fact = factOf(
    {
      rank,
      id: telling.id,
      traits: telling.traits ?? (rank === 4 ? Trait.execSeen : 0),
      ...(telling.parent === undefined ? {} : { parentId: telling.parent }),
      ...(start === undefined || telling.start === false
        ? {}
        : { startTime: second(bootedAt + start) }),
      ...(at === undefined || telling.ktime === false ? {} : { ktime: second(at) - boot }),
      ...(pid === undefined ? {} : { pid }),
      ...(telling.binary === undefined ? {} : { binary: telling.binary }),
      ...(telling.args === undefined ? {} : { arguments: telling.args }),
      ...(telling.uid === undefined ? {} : { uid: telling.uid }),
      ...(telling.nsPid === undefined ? {} : { nsPid: telling.nsPid }),
      ...(telling.docker === undefined ? {} : { docker: telling.docker }),
      ...(pod === undefined ? {} : { pod }),
      ...(container === undefined ? {} : { container }),
    },
    node,
    cluster,
  );
  if (telling.seen === undefined) return fact;
  const [first, last] = telling.seen;
  return { ...fact, firstSeen: second(first), lastSeen: second(last) };
}

function podSighting({ pod, workload, labels }: Telling): PodSighting | undefined {
  if (pod === undefined) return undefined;
  const [namespace = '', name = '', uid] = pod.split('/');
  return {
    namespace,
    name,
    ...(uid === undefined ? {} : { uid }),
    ...(workload === undefined ? {} : { workload }),
    ...(labels === undefined ? {} : { labels }),
  };
}

function containerSighting({ container, containerStart }: Telling): ContainerSighting | undefined {
  if (container === undefined) return undefined;
  const [name = ''] = container.split('#');
  return {
    id: `containerd://${container}`,
    name,
    ...(containerStart === undefined ? {} : { startTime: second(containerStart) }),
  };
}

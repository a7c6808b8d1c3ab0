import type { Nanos } from '../event/time.ts';
import type { Derived, DerivedLoose, DerivedProcess, Leaf } from '../graph/derived.ts';
import { countedVerdicts, graver, type Verdict } from '../graph/network/verdict.ts';
import { compareAbsentLast, compareText, earlier, later, sumCounters } from '../graph/order.ts';
import type { DestinationItem } from '../wire/network.ts';
import { destinationKey } from './destinationKey.ts';
import type { Part } from './part.ts';
import { processName } from './processName.ts';
import { timeTextOf } from './timeText.ts';

type Caller = DestinationItem['processes'][number];

/** One caller's leaf towards a destination. */
export interface Call {
  /** `destinationKey` of its leaf. */
  readonly key: string;
  readonly leaf: Leaf;
  readonly caller: Caller;
}

/**
 * The outbound leaves of a part's processes, and of its places of which no process is known, that a filter asks for: callers
 * and figures are of what `matches` and `matchesPlace` keep.
 */
export function callsOf(
  part: Part,
  matches: (process: DerivedProcess, leaf: Leaf) => boolean = () => true,
  matchesPlace: (place: DerivedLoose, leaf: Leaf) => boolean = () => true,
): Call[] {
  return [...callsOfProcesses(part, matches), ...callsOfPlaces(part, matchesPlace)];
}

function callsOfProcesses(
  { derived, ownsProcess }: Part,
  matches: (process: DerivedProcess, leaf: Leaf) => boolean,
): Call[] {
  const calls: Call[] = [];
  for (const [index, process] of derived.processes.entries()) {
    if (process.connections.length === 0 || !ownsProcess(index)) continue;
    const name = processName(derived, index);
    if (name === undefined) continue;
    for (const leaf of process.connections) {
      if (leaf.direction !== 'outbound' || !matches(process, leaf)) continue;
      calls.push({
        key: destinationKey(leaf),
        leaf,
        caller: {
          ...name,
          place: '',
          container: containerOf(derived, process),
          ...figuresOf(leaf),
        },
      });
    }
  }
  return calls;
}

/** A place without a pod is of whoever has the whole case. */
function callsOfPlaces(
  { derived, ownsPod }: Part,
  matches: (place: DerivedLoose, leaf: Leaf) => boolean,
): Call[] {
  const calls: Call[] = [];
  for (const place of derived.loose) {
    if (place.pod !== undefined && !ownsPod(place.pod)) continue;
    for (const leaf of place.connections) {
      if (leaf.direction !== 'outbound' || !matches(place, leaf)) continue;
      calls.push({
        key: destinationKey(leaf),
        leaf,
        caller: { ...placeName(derived, place), container: null, ...figuresOf(leaf) },
      });
    }
  }
  return calls;
}

function placeName(
  derived: Derived,
  { pod: index, address, node }: DerivedLoose,
): Omit<Caller, 'container' | keyof Figures> {
  const pod = derived.pods[index ?? -1]?.fact;
  return {
    ref: null,
    namespace: pod?.namespace ?? '',
    pod: pod?.name ?? '',
    place: pod === undefined ? address || node : '',
    binary: '',
    pid: null,
    lateNew: false,
    outOfPlace: [],
  };
}

function containerOf(derived: Derived, process: DerivedProcess): Caller['container'] {
  const container = derived.containers[process.container ?? -1];
  if (container === undefined) return null;
  return { id: container.fact.id, name: container.fact.name, docker: process.docker };
}

type Figures = Pick<Caller, 'firstSeen' | 'connections' | 'bytesSent' | 'bytesReceived'>;

function figuresOf(leaf: Leaf): Figures {
  return {
    firstSeen: timeTextOf(leaf.firstSeen),
    connections: leaf.count,
    bytesSent: leaf.bytesSent?.toString() ?? null,
    bytesReceived: leaf.bytesReceived?.toString() ?? null,
  };
}

/** A destination as it adds up, without its callers: of those a case has too many to hold at once. */
interface Sum {
  readonly key: string;
  first: Call;
  /** The first call of those with a random name. */
  random: Call | undefined;
  external: boolean;
  connections: number;
  sent: bigint | undefined;
  received: bigint | undefined;
  firstSeen: Nanos | undefined;
  lastSeen: Nanos | undefined;
  /** Numbers of the parts that have a caller. */
  readonly parts: number[];
  /** The gravest judgement of any of its connections, and how many of them have which. */
  verdict: Verdict | undefined;
  readonly verdicts: Map<string, number>;
}

/** Destinations of a case as its parts are gone through, each part once. */
export class DestinationSums {
  readonly #sums = new Map<string, Sum>();

  /** Adds the calls of one part, by its number. */
  add(calls: readonly Call[], part: number): void {
    for (const call of calls) {
      const { key, leaf } = call;
      let sum = this.#sums.get(key);
      if (sum === undefined) {
        sum = newSum(call);
        this.#sums.set(key, sum);
      }
      sum.external ||= leaf.external;
      if (byFirstCall(call, sum.first) < 0) sum.first = call;
      if (leaf.randomName && (sum.random === undefined || byFirstCall(call, sum.random) < 0))
        sum.random = call;
      sum.connections += leaf.count;
      sum.sent = sumCounters(sum.sent, leaf.bytesSent);
      sum.received = sumCounters(sum.received, leaf.bytesReceived);
      sum.firstSeen = earlier(sum.firstSeen, leaf.firstSeen);
      sum.lastSeen = later(sum.lastSeen, leaf.lastSeen);
      addVerdicts(sum, leaf);
      if (sum.parts.at(-1) !== part) sum.parts.push(part);
    }
  }

  /** Destinations: external first, then random names, then by first seen. */
  ordered(): readonly Destination[] {
    return [...this.#sums.values()].sort(compareSums);
  }
}

/** One destination whose callers are still to be listed: they are in `parts`, under `key`. */
export type Destination = Readonly<Sum>;

/** A destination with its callers, by first call (calls without a time last). */
export function describeDestination(sum: Destination, calls: readonly Call[]): DestinationItem {
  const { leaf } = sum.first;
  return {
    name: leaf.name ?? null,
    nameEvidence: leaf.nameEvidence,
    ip: leaf.ip,
    port: leaf.port,
    protocol: leaf.protocol,
    scope: leaf.scope,
    external: sum.external,
    randomName: sum.random !== undefined,
    randomDetail: sum.random?.leaf.randomDetail ?? '',
    connections: sum.connections,
    bytesSent: sum.sent?.toString() ?? null,
    bytesReceived: sum.received?.toString() ?? null,
    firstSeen: timeTextOf(sum.firstSeen),
    lastSeen: timeTextOf(sum.lastSeen),
    verdict: sum.verdict?.verdict ?? '',
    verdictReason: sum.verdict?.reason ?? '',
    verdicts: [...countedVerdicts(sum.verdicts)],
    processes: [...calls].sort(byFirstCall).map(({ caller }) => caller),
  };
}

function newSum(first: Call): Sum {
  return {
    key: first.key,
    first,
    random: undefined,
    external: false,
    connections: 0,
    sent: undefined,
    received: undefined,
    firstSeen: undefined,
    lastSeen: undefined,
    parts: [],
    verdict: undefined,
    verdicts: new Map(),
  };
}

function addVerdicts(sum: Sum, { verdict, verdictReason: reason, verdicts }: Leaf): void {
  if (verdict !== '') sum.verdict = graver(sum.verdict, { verdict, reason });
  for (const { verdict: each, count } of verdicts)
    sum.verdicts.set(each, (sum.verdicts.get(each) ?? 0) + count);
}

function compareSums(a: Sum, b: Sum): number {
  const [one, other] = [a.first.leaf, b.first.leaf];
  return (
    Number(b.external) - Number(a.external) ||
    Number(b.random !== undefined) - Number(a.random !== undefined) ||
    compareAbsentLast(a.firstSeen, b.firstSeen) ||
    compareText(one.name ?? one.ip, other.name ?? other.ip) ||
    one.port - other.port ||
    compareText(a.key, b.key)
  );
}

function byFirstCall(a: Call, b: Call): number {
  return (
    compareAbsentLast(a.leaf.firstSeen, b.leaf.firstSeen) ||
    compareText(a.caller.ref ?? '', b.caller.ref ?? '') ||
    compareText(a.caller.namespace, b.caller.namespace) ||
    compareText(a.caller.pod, b.caller.pod) ||
    compareText(a.caller.place, b.caller.place)
  );
}

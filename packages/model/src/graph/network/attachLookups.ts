import type { NetworkInput } from '../networkContract.ts';
import { compareBig } from '../order.ts';
import { partitionPoint } from '../partitionPoint.ts';
import type { AddressBook } from './address.ts';
import type { OwnedLookup } from './landmarks.ts';
import type { Netspaces } from './netspaces.ts';
import { type OwnSockets, SLACK } from './ownSockets.ts';

/** Beyond every distance that matters. */
const FAR = SLACK + 1n;

export interface LookupEvidence {
  readonly input: NetworkInput;
  /** Of processes, by their ends. */
  readonly owners: OwnSockets;
  readonly netspaces: Netspaces;
  readonly book: AddressBook;
}

/**
 * Gives a lookup that was seen from outside to the process that asked: the one whose socket carried the packets, as for any
 * flow; else the one of the same pod that its own agent says asked for the name at about that time. What
 * neither tells stays with its place.
 */
export function attachLookups(
  lookups: readonly OwnedLookup[],
  evidence: LookupEvidence,
): readonly OwnedLookup[] {
  const { cardCount } = evidence.input;
  if (!lookups.some(({ process }) => process >= cardCount)) return lookups;
  const told = new ToldQuestions(lookups, cardCount, evidence.netspaces);
  return lookups.map((lookup) => {
    if (lookup.process < cardCount) return lookup;
    const carried = ofSocket(lookup, evidence);
    if (carried !== undefined) return carried;
    const process = told.askerOf(lookup);
    return process === undefined ? lookup : { ...lookup, process };
  });
}

/** The resolver is the one that the process called: behind a service's address others see another. */
function ofSocket(
  { fact, process }: OwnedLookup,
  { owners, book }: LookupEvidence,
): OwnedLookup | undefined {
  const { flow, time } = fact;
  if (flow === undefined) return undefined;
  const socket = owners.socketOf({
    process,
    direction: 'outbound',
    protocol: flow.protocol,
    localIp: book.idOf(flow.sourceIp),
    localPort: flow.sourcePort,
    remoteIp: book.idOf(flow.destinationIp),
    remotePort: flow.destinationPort,
    firstSeen: time,
    lastSeen: time,
  });
  if (socket === undefined) return undefined;
  const resolverIp = book.at(socket.remoteIp).text;
  const called = { resolverIp, resolverPort: socket.remotePort };
  return { fact: { ...fact, ...called }, process: socket.process };
}

/** Who asked for a name at a moment; -1: several did. */
interface Question {
  readonly time: bigint;
  readonly process: number;
}

/** Who asked for which name when, as the agents say that see processes. */
class ToldQuestions {
  readonly #netspaces: Netspaces;
  /** By netspace and name; each moment once, in order. */
  readonly #byName = new Map<string, readonly Question[]>();

  constructor(lookups: readonly OwnedLookup[], cardCount: number, netspaces: Netspaces) {
    this.#netspaces = netspaces;
    const moments = new Map<string, Map<bigint, number>>();
    for (const { fact, process } of lookups) {
      const { names, time } = fact;
      if (process >= cardCount || time === undefined || names[0] === undefined) continue;
      const key = this.#keyOf(process, names[0]);
      const askers = moments.get(key) ?? new Map<bigint, number>();
      moments.set(key, askers);
      askers.set(time, (askers.get(time) ?? process) === process ? process : -1);
    }
    for (const [key, askers] of moments) {
      const questions = [...askers].map(([time, process]) => ({ time, process }));
      this.#byName.set(
        key,
        questions.sort((a, b) => compareBig(a.time, b.time)),
      );
    }
  }

  /** Who asked for it nearest in time; undefined: nobody, or two at equal distance. */
  askerOf({ fact, process }: OwnedLookup): number | undefined {
    const { names, time } = fact;
    const questions = this.#byName.get(this.#keyOf(process, names[0] ?? ''));
    if (questions === undefined || time === undefined) return undefined;
    const from = partitionPoint(questions.length, (at) => (questions[at]?.time ?? 0n) < time);
    const [before, after] = [questions[from - 1], questions[from]];
    const since = before === undefined ? FAR : time - before.time;
    const until = after === undefined ? FAR : after.time - time;
    if (since === until && before?.process !== after?.process) return undefined;
    const nearest = since <= until ? before : after;
    if (nearest === undefined || nearest.process < 0) return undefined;
    return since <= SLACK || until <= SLACK ? nearest.process : undefined;
  }

  #keyOf(process: number, name: string): string {
    return `${this.#netspaces.netspaceOf(process)} ${name}`;
  }
}

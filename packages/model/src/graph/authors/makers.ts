import type { Nanos } from '../../event/time.ts';
import type { CardEnd, Cards } from '../cards/cards.ts';
import type { Standing } from '../cards/standing.ts';
import { type Containment, podIndexAt } from '../containment/containment.ts';
import type { Leaf } from '../derived.ts';
import type { Identity } from '../identity/identities.ts';
import { earlier } from '../order.ts';
import { partitionPoint } from '../partitionPoint.ts';
import type { Call } from './call.ts';

/** A process in a pod that talked to the API server. */
export interface ApiClient {
  readonly card: number;
  /** Index into `Derived.pods`. */
  readonly pod: number;
  readonly binaries: readonly string[];
  readonly ended: Nanos | undefined;
  /** From the first to the last that was seen of its connections to the API server. */
  readonly open: readonly { readonly from: Nanos; readonly to: Nanos }[];
}

/** Which process made a call. */
export interface Maker {
  /** The card; undefined: none fits, or several do. */
  readonly card: number | undefined;
  /** How many processes fit. */
  readonly candidates: number;
}

/** How far the clocks of the API server and the node may lie apart. */
const APART = 1_000_000_000n;
/** A pod with more clients than these before one call is flooded with them: looking at them bounds the work. */
const MOST_CLIENTS = 1000;
const noMaker: Maker = { card: undefined, candidates: 0 };

/** Programs that call themselves by the name of their file: who says so is one. Libraries speak for any program. */
const programs = new Set(['curl', 'wget', 'kubectl', 'oc', 'helm', 'k9s', 'crictl', 'kubeadm']);

/**
 * By call that a pod made: the one process of the pod that had a connection to the API server then and is what the client says it is. A
 * call that several processes may have made is nobody's.
 */
export function makersOf(
  calls: readonly Call[],
  clients: readonly ApiClient[],
): ReadonlyMap<Call, Maker> {
  const byPod = new Map<number, ApiClient[]>();
  for (const client of clients) {
    const known = byPod.get(client.pod);
    if (known === undefined) byPod.set(client.pod, [client]);
    else known.push(client);
  }
  for (const ofPod of byPod.values()) ofPod.sort(compareClients);
  const makers = new Map<Call, Maker>();
  for (const call of calls) {
    const ofPod = byPod.get(call.caller ?? -1);
    if (ofPod !== undefined) makers.set(call, makerOf(call, ofPod));
  }
  return makers;
}

function makerOf({ received, audit }: Call, clients: readonly ApiClient[]): Maker {
  if (received === undefined) return noMaker;
  // Those whose first connection was made by then.
  const beganBefore = partitionPoint(clients.length, (index) => {
    const client = clients[index];
    return client !== undefined && beganAt(client) <= received + APART;
  });
  const first = Math.max(0, beganBefore - MOST_CLIENTS);
  const open = clients.slice(first, beganBefore).filter((client) => wasOpen(client, received));
  const fitting = asTheySay(open, audit.userAgent);
  const [only] = fitting;
  const isOne = fitting.length === 1 && first === 0;
  return { card: isOne ? only?.card : undefined, candidates: fitting.length };
}

function wasOpen({ open, ended }: ApiClient, at: Nanos): boolean {
  if (ended !== undefined && at > ended + APART) return false;
  return open.some(({ from, to }) => at >= from - APART && at <= to + APART);
}

/** Those whose file has the name that the client gives itself; all, where it names a library and none is called so. */
function asTheySay(clients: readonly ApiClient[], userAgent: string): readonly ApiClient[] {
  const said = (/^[\w.-]+/.exec(userAgent)?.[0] ?? '').toLowerCase();
  const named = clients.filter(({ binaries }) => binaries.some((one) => nameOf(one) === said));
  return named.length > 0 || programs.has(said) ? named : clients;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).toLowerCase();
}

function beganAt({ open }: ApiClient): bigint {
  return open.reduce<Nanos | undefined>((first, { from }) => earlier(first, from), undefined) ?? 0n;
}

function compareClients(a: ApiClient, b: ApiClient): number {
  const began = beganAt(a) - beganAt(b);
  if (began !== 0n) return began < 0n ? -1 : 1;
  return a.card - b.card;
}

/** The cards in pods that had an outgoing connection to the API server. */
export function apiClientsOf(
  {
    identities,
    forest,
    standing,
    containment,
    ends,
  }: {
    readonly identities: readonly Identity[];
    readonly forest: Cards;
    readonly standing: Standing;
    readonly containment: Containment;
    readonly ends: readonly CardEnd[];
  },
  leavesByProcess: ReadonlyMap<number, readonly Leaf[]>,
): ApiClient[] {
  const clients: ApiClient[] = [];
  for (const [card, leaves] of leavesByProcess) {
    const images = forest.cards[card]?.images;
    const pod = podIndexAt(containment, standing.within[card] ?? -1);
    const open = leaves.flatMap((leaf) => openingOf(leaf));
    if (images === undefined || pod === undefined || open.length === 0) continue;
    const binaries = images.map((image) => identities[image]?.fact.binary ?? '');
    clients.push({ card, pod, binaries, ended: ends[card]?.time, open });
  }
  return clients;
}

function openingOf({ direction, scope, firstSeen, lastSeen }: Leaf): ApiClient['open'] {
  if (direction !== 'outbound' || scope !== 'api_server' || firstSeen === undefined) return [];
  return [{ from: firstSeen, to: lastSeen ?? firstSeen }];
}

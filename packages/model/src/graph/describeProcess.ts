import type { AlertFact, EventCounts } from '../event/facts.ts';
import type { CardEnd } from './cards/cards.ts';
import { kindOf } from './cards/processKind.ts';
import type {
  Author,
  DerivedProcess,
  Flag,
  Image,
  Leaf,
  LinkMethod,
  Lookup,
  Role,
} from './derived.ts';
import type { CardVerdict } from './flags/loud.ts';
import type { Identity } from './identity/identities.ts';
import type { Verdict } from './novelty/novelty.ts';
import { earlier, later } from './order.ts';
import type { Base } from './roles/clocks.ts';
import type { AgentId } from './settle/aliases.ts';

/** What is known of one card. */
export interface Description {
  readonly ref: string;
  /** Oldest first; never empty. */
  readonly images: readonly Identity[];
  readonly imageVerdicts: readonly (Verdict | undefined)[];
  readonly parent: number;
  /** The image that started the first image. */
  readonly parentIdentity: Identity | undefined;
  readonly linkMethod: LinkMethod;
  readonly suspect: string;
  readonly end: CardEnd;
  readonly pod: number | undefined;
  readonly container: number | undefined;
  readonly role: Role;
  readonly verdict: CardVerdict;
  readonly base: Base | undefined;
  readonly loud: boolean;
  readonly flags: readonly Flag[];
  readonly connections: readonly Leaf[];
  readonly lookups: readonly Lookup[];
  readonly counts: EventCounts | undefined;
  readonly ids: readonly AgentId[];
  readonly otherKeys: readonly string[];
  readonly alerts: readonly AlertFact[];
  readonly author: Author | undefined;
  readonly isKernel: boolean;
}

/** Puts the what is known of one card into the shape that is answered. */
export function describeProcess(known: Description): DerivedProcess {
  const { images, verdict, end } = known;
  const [first] = images;
  const last = images[images.length - 1];
  if (first === undefined || last === undefined) throw new Error('a card without an image');
  const { fact } = last;
  const isHost = known.role === 'host';
  const before = images[images.length - 2] ?? known.parentIdentity;
  const alerts = alertsByKey(known.alerts);
  let firstSeen = fact.firstSeen;
  let lastSeen = fact.lastSeen;
  for (const image of images) {
    firstSeen = earlier(firstSeen, image.fact.firstSeen);
    lastSeen = later(lastSeen, image.fact.lastSeen);
  }
  const process: DerivedProcess = {
    ref: known.ref,
    dialect: last.dialect,
    execId: last.id,
    keys: first === last && first.keys.length === 1 ? first.keys : images.map(({ key }) => key),
    otherKeys: known.otherKeys,
    cluster: last.cluster,
    node: last.node,
    kind: kindOf(last, before),
    parent: known.parent,
    linkMethod: known.linkMethod,
    suspect: known.suspect,
    images: images.map((image, index) => imageOf(image, known.imageVerdicts[index], alerts)),
    binary: fact.binary ?? '',
    arguments: fact.arguments ?? '',
    cwd: fact.cwd ?? '',
    flagsText: fact.flags ?? '',
    capabilities: fact.capabilities ?? '',
    docker: fact.docker ?? '',
    pid: fact.pid,
    nsPid: fact.nsPid,
    uid: fact.uid,
    auid: fact.auid,
    user: fact.user ?? '',
    startTime: first.start,
    startDerived: first.startDerived,
    end: end.end,
    endTime: end.time,
    exitCode: end.code,
    exitSignal: end.signal,
    firstSeen,
    lastSeen,
    pod: known.pod,
    container: known.container,
    role: known.role,
    lateByMs: verdict.worst?.lateByMs,
    lateBase: isHost || verdict.worst?.lateByMs === undefined ? undefined : known.base?.from,
    isNew: verdict.worst?.isNew,
    late: verdict.late,
    loud: known.loud,
    flags: known.flags,
    connections: known.connections,
    lookups: known.lookups,
    counts: countsOf(known.counts, first.key),
    ids: known.ids,
    alerts: known.alerts,
    author: known.author,
  };
  return known.isKernel ? { ...process, kernel: true } : process;
}

function countsOf(counts: EventCounts | undefined, process: string): EventCounts {
  if (counts?.process === process) return counts;
  return { ...(counts ?? nothing), process };
}

const nothing: Omit<EventCounts, 'process'> = {
  exec: 0,
  network: 0,
  dns: 0,
  file: 0,
  other: 0,
  kinds: 0,
  policies: [],
};

function imageOf(
  image: Identity,
  verdict: Verdict | undefined,
  alerts: ReadonlyMap<string, number>,
): Image {
  return {
    execId: image.id,
    binary: image.fact.binary ?? '',
    arguments: image.fact.arguments ?? '',
    startTime: image.start,
    lateByMs: verdict?.lateByMs,
    isNew: verdict?.isNew,
    alerts:
      alerts.size === 0 ? 0 : image.keys.reduce((sum, key) => sum + (alerts.get(key) ?? 0), 0),
  };
}

const noAlerts: ReadonlyMap<string, number> = new Map();

function alertsByKey(alerts: readonly AlertFact[]): ReadonlyMap<string, number> {
  if (alerts.length === 0) return noAlerts;
  const counts = new Map<string, number>();
  for (const { process } of alerts) counts.set(process, (counts.get(process) ?? 0) + 1);
  return counts;
}

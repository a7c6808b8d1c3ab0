import { eventKinds } from '@forebear/model/event/event';
import { type Facts, type PodFact, parsePodKey } from '@forebear/model/event/facts';
import type { AddressHolders } from './addressHolders.ts';
import type { CaseDb } from './caseDb.ts';
import type { ClusterLookups } from './clusterLookups.ts';
import { ConversationLoader, type SocketRowsBySeq } from './conversationLoader.ts';
import { DetailReader, detailSelects, type ExitRow, type LookupRow } from './detailFacts.ts';
import { FactBag } from './factBag.ts';
import { FamilyLoader } from './familyLoader.ts';
import { ProcessLoader } from './processLoader.ts';
import type { SmallFacts } from './smallFacts.ts';

/** What a unit is about. Everything derived of its focus is as if the whole case had been derived. */
export interface UnitSeed {
  /** Rows of pods: their processes' connections and names count too. */
  readonly focus: readonly number[];
  /** Further pods of their workloads: what they ran tells what is new. */
  readonly siblings: readonly number[];
  /** Ids of processes to be described, whatever pod they are in. */
  readonly execIds: readonly string[];
  /** Host processes of this node, with all that runs on it. */
  readonly node?: string;
  /** Containers without a pod, by id and by truncated id: their processes are described, with all below them. */
  readonly loose?: {
    readonly containerIds: readonly string[];
    readonly dockers: readonly string[];
  };
  /** Ids of host processes to be described without what runs below them. */
  readonly hostIds?: readonly string[];
  /** The connections of ancestors are not wanted: they are another unit's to answer for. */
  readonly isShare?: true;
}

const accept = eventKinds.indexOf('accept');
/** Answers of one address beyond this many are not all read: the latest are. */
const maxAnswers = 20_000;

/** Loads a set of facts that is closed under what is asked of a unit. */
export function loadUnit(
  db: CaseDb,
  small: SmallFacts,
  cluster: { readonly lookups: ClusterLookups; readonly holders: AddressHolders },
  seed: UnitSeed,
): Facts {
  const processes = new ProcessLoader(db, small.podKeys);
  const family = new FamilyLoader(db, processes, small);
  const podRows = new Set([...seed.focus, ...seed.siblings]);
  const podKeys = new Set([...podRows].map((id) => small.podKeys.get(id) ?? ''));
  const containers = small.containers.filter(({ pod }) => podKeys.has(pod));
  const focusKeys = new Set(seed.focus.map((id) => small.podKeys.get(id) ?? ''));
  const focusContainers = small.containers.filter(({ pod }) => focusKeys.has(pod));

  const focusIds = family.withDescendants([
    ...family.seedsOfPods(seed.focus, focusContainers),
    ...family.seedsOfLoose(seed.loose?.containerIds ?? [], seed.loose?.dockers ?? []),
    ...seed.execIds,
    ...hostIds(db, processes, seed.node),
  ]);
  if (seed.siblings.length > 0)
    family.withDescendants(family.seedsOfPods(seed.siblings, containers));
  const alone = family.withSuccessors(seed.hostIds ?? []);
  const ancestors = family.addAncestors(alone);
  const core = keysOf(
    family,
    new Set([...focusIds, ...alone, ...(seed.isShare === true ? [] : ancestors)]),
  );

  const conversations = new ConversationLoader(db, cluster.holders);
  const own = conversations.ofProcesses(core);
  const sockets: SocketRowsBySeq = new Map(own);
  add(sockets, conversations.otherEnds(own));
  const lookups = new Map<number, LookupRow>();
  for (const row of lookupRows(db, 'd.process IN {in}', core)) lookups.set(row.seq, row);
  const answered = answersFor(db, own);
  for (const row of lookupRows(db, 'd.seq IN {in}', answered)) lookups.set(row.seq, row);
  const exemplars = cluster.lookups.exemplars(db);
  for (const row of lookupRows(db, 'd.seq IN {in}', exemplars.lookups)) lookups.set(row.seq, row);
  add(sockets, conversations.bySeq(exemplars.sockets));
  const holders = conversations.holders(sockets);
  add(sockets, holders);
  add(sockets, conversations.landmarks(own, holders));
  add(sockets, conversations.listeners(own));

  takeOwners(family, processes, sockets.values(), lookups.values());
  addLives(db, family, processes, conversations, sockets, holders);
  family.addAncestors();
  family.addContainerWitnesses(small);
  family.addAncestors();

  const bag = new FactBag();
  const all = [...new Set([...processes.faces.values()].map(({ key }) => key))];
  processes.addTo(bag, false);
  const details = new DetailReader(db, processes.keyText);
  for (const row of sockets.values()) bag.addSocket(details.socket(row));
  for (const row of lookups.values()) bag.addLookup(details.lookup(row));
  const exits = detailSelects.exits.replace('{where}', 'd.process IN {in}');
  for (const row of db.eachIn<ExitRow>('exits', exits, all)) bag.addExit(details.exit(row));
  return bag.facts({
    ...small,
    ...namedIn(small, processes, podKeys),
  });
}

/** Loads the cards of some processes with their ancestors and pods, and nothing of their connections. */
export function loadPlain(db: CaseDb, small: SmallFacts, keys: readonly number[]): Facts {
  const processes = new ProcessLoader(db, small.podKeys);
  const family = new FamilyLoader(db, processes, small);
  family.withFaces(processes.load(keys).map(({ fact }) => fact.id));
  family.addAncestors();
  family.addContainerWitnesses(small);
  family.addAncestors();
  const bag = new FactBag();
  processes.addTo(bag, false);
  return bag.facts({ ...small, ...namedIn(small, processes, new Set()) });
}

function hostIds(db: CaseDb, processes: ProcessLoader, node: string | undefined): string[] {
  if (node === undefined) return [];
  const suffix = `/${node}`;
  const rows = db.all<number>(
    'SELECT id FROM processes WHERE habitat IN (SELECT id FROM habitats WHERE node = ? OR substr(node, -?) = ?)',
    [node, suffix.length, suffix],
    'pluck',
  );
  return [...new Set(processes.load(rows).map(({ fact }) => fact.id))];
}

/** The process numbers of some ids. */
function keysOf(family: FamilyLoader, ids: ReadonlySet<string>): number[] {
  return [...new Set(family.facesOf(ids).map(({ key }) => key))];
}

function add(to: SocketRowsBySeq, from: SocketRowsBySeq): void {
  for (const [seq, row] of from) to.set(seq, row);
}

function* lookupRows(db: CaseDb, where: string, values: readonly number[]): Iterable<LookupRow> {
  yield* db.eachIn<LookupRow>('lookups', detailSelects.lookups.replace('{where}', where), values);
}

/** The answers that hold one of the addresses called, whoever asked. */
function answersFor(db: CaseDb, own: SocketRowsBySeq): number[] {
  const ips = new Set<number>();
  for (const row of own.values()) {
    ips.add(row.destination_ip);
    ips.add(row.source_ip);
  }
  ips.delete(0);
  const seqs: number[] = [];
  for (const { seq } of db.eachIn<{ seq: number }>(
    'answers',
    `SELECT seq FROM {table} WHERE ip IN {in} ORDER BY seq DESC LIMIT ${maxAnswers}`,
    [...ips],
  ))
    seqs.push(seq);
  return seqs;
}

/** Loads the processes that rows of others belong to. */
function takeOwners(
  family: FamilyLoader,
  processes: ProcessLoader,
  ...rows: readonly Iterable<{ readonly process: number | null }>[]
): void {
  const keys = new Set<number>();
  for (const each of rows) {
    for (const { process } of each) {
      if (process !== null && !processes.faces.has(process)) keys.add(process);
    }
  }
  family.withFaces(processes.load([...keys]).map(({ fact }) => fact.id));
}

/** An address that several pods held: how long each lived says whose it was when. */
function addLives(
  db: CaseDb,
  family: FamilyLoader,
  processes: ProcessLoader,
  conversations: ConversationLoader,
  sockets: SocketRowsBySeq,
  holders: SocketRowsBySeq,
): void {
  const podsByIp = new Map<number, Set<string>>();
  const podOfKey = new Map<number, string>();
  for (const { key, fact } of processes.faces.values())
    if (fact.pod !== undefined) podOfKey.set(key, fact.pod);
  for (const row of holders.values()) {
    // The ends of an accept may be swapped: it shows nobody's address.
    if (row.kind === accept) continue;
    const pod = podOfKey.get(row.process ?? 0);
    if (pod === undefined) continue;
    const ip = row.source_ip;
    const pods = podsByIp.get(ip) ?? new Set();
    pods.add(pod);
    podsByIp.set(ip, pods);
  }
  const contested = new Set<string>();
  for (const pods of podsByIp.values())
    if (pods.size > 1) for (const pod of pods) contested.add(pod);
  if (contested.size === 0) return;
  const owners = new Set<number>();
  for (const key of contested) {
    for (const pod of db.all<number>(
      'SELECT id FROM pods WHERE cluster = ? AND namespace = ? AND name = ? AND uid = ?',
      columnsOf(key),
      'pluck',
    )) {
      const life = lifeOf(db, pod);
      add(sockets, conversations.bySeq(life.sockets));
      for (const process of life.processes) owners.add(process);
    }
  }
  family.withFaces(processes.load([...owners]).map(({ fact }) => fact.id));
}

/** What shows how long a pod lived: who started first and last, who ended last, its first and last socket event. */
function lifeOf(db: CaseDb, pod: number): { processes: number[]; sockets: number[] } {
  const keys = db.all<number>(
    'SELECT DISTINCT key FROM processes WHERE pod_id = ?',
    [pod],
    'pluck',
  );
  const processes: number[] = [];
  for (const way of ['ASC', 'DESC']) {
    const [first] = db.all<number>(
      `SELECT id FROM processes WHERE pod_id = ? AND start_time IS NOT NULL ORDER BY start_time ${way} LIMIT 1`,
      [pod],
      'pluck',
    );
    if (first !== undefined) processes.push(first);
  }
  for (const { process } of db.eachIn<{ process: number | null }>(
    'exits',
    'SELECT process, max(time) FROM {table} WHERE process IN {in} AND time IS NOT NULL',
    keys,
  )) {
    if (process !== null) processes.push(process);
  }
  const sockets: number[] = [];
  for (const bound of ['min', 'max']) {
    for (const { seq } of db.eachIn<{ seq: number | null }>(
      'sockets',
      `SELECT seq, ${bound}(time) FROM {table} WHERE process IN {in} AND time IS NOT NULL`,
      keys,
    )) {
      if (seq !== null) sockets.push(seq);
    }
  }
  return { processes, sockets };
}

function columnsOf(key: string): string[] {
  const { cluster, namespace, name, uid } = parsePodKey(key);
  return [cluster, namespace, name, uid];
}

/** The pods and containers that the loaded processes name. */
function namedIn(
  small: SmallFacts,
  processes: ProcessLoader,
  podKeys: ReadonlySet<string>,
): Pick<SmallFacts, 'pods' | 'containers'> {
  const names = new Set<string>();
  const ids = new Set<string>();
  const note = (pod: PodFact): void => {
    names.add(`${pod.namespace}\0${pod.name}`);
  };
  const factByKey = new Map(small.entries.map(({ key, fact }) => [key, fact]));
  const noteKey = (key: string | undefined): void => {
    const fact = key === undefined ? undefined : factByKey.get(key);
    if (fact !== undefined) note(fact);
  };
  for (const key of podKeys) noteKey(key);
  for (const { fact } of processes.faces.values()) {
    noteKey(fact.pod);
    if (fact.containerId !== undefined) ids.add(fact.containerId);
  }
  for (const { id, pod } of small.containers) if (ids.has(id)) noteKey(pod);
  const isNamed = (fact: PodFact): boolean => names.has(`${fact.namespace}\0${fact.name}`);
  return {
    pods: small.pods.filter(isNamed),
    containers: small.containers.filter(({ id, pod }) => {
      const fact = factByKey.get(pod);
      return ids.has(id) || (fact !== undefined && isNamed(fact));
    }),
  };
}

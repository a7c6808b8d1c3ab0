import { type Part, wholePart } from '@forebear/model/answer/part';
import { type Dialect, dialectOf } from '@forebear/model/event/dialects';
import { derive } from '@forebear/model/graph/derive';
import type { Derived } from '@forebear/model/graph/derived';
import { factsOfAgent } from '@forebear/model/graph/facts/agentFacts';
import type { Filter } from '@forebear/model/query/filter';
import { podTest } from '@forebear/model/query/scope';
import { sha256Of } from '../../sha256.ts';
import { numberOfRef, refNumberOf } from '../layout/refNumber.ts';
import { AddressHolders } from './addressHolders.ts';
import { CandidateBook } from './candidates.ts';
import type { CaseDb } from './caseDb.ts';
import { type CaseUnit, idsOfHosts, nameKey, unitsOf, workloadKey } from './caseUnits.ts';
import { ClusterLookups } from './clusterLookups.ts';
import { KeptForests } from './keptForests.ts';
import { storedKeyText } from './keyText.ts';
import { loadWhole } from './loadWhole.ts';
import { loadSmall, type PodEntry, type SmallFacts } from './smallFacts.ts';
import { loadPlain, loadUnit, type UnitSeed } from './unitLoader.ts';
import { partOfUnit } from './unitPart.ts';
import { unitsOfPods, unitsWith } from './wantedUnits.ts';

/** Forests are kept up to this many processes together, beyond the last one: about 2 KB each. */
const maxProcesses = 60_000;
/** One without a process takes room too. */
const maxForests = 1_000;
/** A question about all of a case derives it whole up to so many times the events of a case that always is: one pass is cheapest. */
const wholeForAll = 10;
/** Processes of a unit, by the events of the largest case that is always derived whole. */
const unitPerEvent = 1.6;
const maxKeyTexts = 200_000;

/** Pods of one name are told apart by cluster and uid. */
export interface PodName {
  readonly namespace: string;
  readonly pod: string;
}

/**
 * The forests of one case, derived when asked for and kept while the facts stay as they are. A case of up to `wholeUpTo`
 * events, or with another dialect than Tetragon's, is derived whole; of a larger one only the unit that a question is about, as far as it is about one.
 */
export class Forests {
  readonly #db: CaseDb;
  readonly #wholeUpTo: number;
  readonly #cluster = { lookups: new ClusterLookups(), holders: new AddressHolders() };
  /** What filters can be about. */
  readonly candidates = new CandidateBook();
  readonly #kept = new KeptForests<Derived>(maxProcesses, maxForests);
  /** Process numbers never change their meaning: these outlive versions. */
  readonly #keyTexts = new Map<number, string>();
  #facts = '';
  #small: SmallFacts | undefined;
  #isWhole: boolean | undefined;
  #isUndivided: boolean | undefined;
  #units: readonly CaseUnit[] | undefined;
  /** The last that was asked for its conversations. */
  #conversing: Conversing | undefined;

  constructor(db: CaseDb, wholeUpTo: number) {
    this.#db = db;
    this.#wholeUpTo = wholeUpTo;
  }

  /** The few facts, of the snapshot. */
  get small(): SmallFacts {
    this.#renew();
    this.#small ??= loadSmall(this.#db);
    return this.#small;
  }

  /** The `processKey` of a process number. */
  readonly keyText = (key: number): string => {
    const known = this.#keyTexts.get(key);
    if (known !== undefined) return known;
    const text = storedKeyText(this.#db, key);
    if (this.#keyTexts.size > maxKeyTexts) this.#keyTexts.clear();
    this.#keyTexts.set(key, text);
    return text;
  };

  /**
   * What the case is cut into when all of it is asked for; undefined: it is derived whole.
   */
  get units(): readonly CaseUnit[] | undefined {
    this.#renew();
    if (this.isUndivided || this.hasUpTo(this.#wholeUpTo * wholeForAll)) return undefined;
    this.#units ??= unitsOf(
      this.#db,
      this.small,
      Math.max(1, Math.ceil(this.#wholeUpTo * unitPerEvent)),
    );
    return this.#units;
  }

  /** Numbers of the units that can hold what a filter keeps; undefined: any. */
  unitsOf(filter: Filter): ReadonlySet<number> | undefined {
    const { units } = this;
    if (units === undefined) return undefined;
    const pods = this.podsOf(filter);
    const named = pods === undefined ? undefined : unitsOfPods(units, pods);
    const { keys } = this.candidates.of(this.#db, filter);
    if (keys === undefined) return named;
    const wanted = unitsWith(this.#db, this.small, units, keys);
    return named === undefined ? wanted : new Set([...wanted].filter((unit) => named.has(unit)));
  }

  /** Where a filter asks for one pod, its name, or for one that is not there, nothing; undefined: for several, or for none. */
  onlyPodOf(filter: Filter): readonly PodName[] | undefined {
    const pods = this.podsOf(filter);
    return pods === undefined || pods.length > 1 ? undefined : pods;
  }

  /** The names of the pods that a filter can keep something of; undefined: it asks for none. */
  podsOf(filter: Filter): readonly PodName[] | undefined {
    const isAsked = podTest(filter);
    if (isAsked === undefined) return undefined;
    const pods = new Map<string, PodName>();
    for (const { fact } of this.small.entries)
      if (isAsked(fact)) pods.set(nameKey(fact), { namespace: fact.namespace, pod: fact.name });
    return [...pods.values()];
  }

  /** The part of the case that a unit answers for. `ancestors`: with the connections of processes above it. */
  part(unit: CaseUnit, lateLimitMs: number, ancestors = false): Part {
    this.#renew();
    const seed = this.#seedOfUnit(unit);
    const asked: UnitSeed = ancestors ? seed : { ...seed, isShare: true };
    // Where all units together find no room, none would be there when it is come to again.
    const derived = this.#hasRoomForUnits()
      ? this.#unit(asked, lateLimitMs)
      : this.#derive(asked, lateLimitMs);
    return partOfUnit(derived, unit, new Set(seed.hostIds));
  }

  /**
   * Whether the case is derived whole however large it is. Units are closed under the links of Tetragon's ids; what other dialects
   * say is linked by pid and time, address and pod (ADR 0021).
   */
  get isUndivided(): boolean {
    this.#renew();
    this.#isUndivided ??= this.#db.holdsOthers();
    return this.#isUndivided;
  }

  /** The part of a unit, or (undefined) of the whole case, with its conversations: they take room, so only the last is kept. */
  conversing(unit: CaseUnit | undefined, lateLimitMs: number): Part {
    this.#renew();
    const last = this.#conversing;
    if (last !== undefined && last.unit === unit && last.lateLimitMs === lateLimitMs)
      return last.part;
    this.#conversing = undefined;
    const part = this.#derivePart(unit, lateLimitMs);
    this.#conversing = { unit, lateLimitMs, part };
    return part;
  }

  #derivePart(unit: CaseUnit | undefined, lateLimitMs: number): Part {
    const options = { lateLimitMs, sha256: sha256Of, conversations: true };
    if (unit === undefined) return wholePart(derive(loadWhole(this.#db, this.small), options));
    const seed: UnitSeed = { ...this.#seedOfUnit(unit), isShare: true };
    const facts = loadUnit(this.#db, this.small, this.#cluster, seed);
    return partOfUnit(derive(facts, options), unit, new Set(seed.hostIds));
  }

  /** Whether the case has at most so many events. */
  hasUpTo(events: number): boolean {
    return this.#db.lastSeq <= events;
  }

  /** The whole case. */
  whole(lateLimitMs: number): Derived {
    this.#renew();
    return this.#kept.keep(`whole ${lateLimitMs}`, () =>
      derive(loadWhole(this.#db, this.small), { lateLimitMs, sha256: sha256Of }),
    );
  }

  /** What one agent alone tells, of the whole case; `all`: what a question is answered from otherwise. */
  ofAgent(agent: Dialect, lateLimitMs: number, all: Derived): Derived {
    // Nobody else told anything: it is the same, or nothing.
    if (!this.isUndivided && agent === 'tetragon') return all;
    return this.#kept.keep(`${agent} ${lateLimitMs}`, () => {
      const facts = this.isUndivided
        ? loadWhole(this.#db, this.small)
        : loadPlain(this.#db, this.small, []);
      return derive(factsOfAgent(facts, agent), { lateLimitMs, sha256: sha256Of });
    });
  }

  /** A forest in which every pod of that name is as in the whole case. */
  ofPod(name: PodName, lateLimitMs: number): Derived {
    const whole = this.#wholeIfCheap(lateLimitMs);
    if (whole !== undefined) return whole;
    return this.partOfPod(name, lateLimitMs);
  }

  /** What the pods of a name add to lists. */
  partOf(name: PodName, lateLimitMs: number): Part {
    const entries = this.small.entries.filter(
      ({ fact }) => fact.namespace === name.namespace && fact.name === name.pod,
    );
    const pods = entries.map(({ id }) => id);
    const names = new Set(entries.map(({ fact }) => nameKey(fact)));
    return partOfUnit(this.ofPod(name, lateLimitMs), { kind: 'pods', pods, names }, new Set());
  }

  /** The same from the pod's part of the facts alone, whatever the size of the case. */
  partOfPod(name: PodName, lateLimitMs: number): Derived {
    this.#renew();
    const focus = this.small.entries.filter(
      ({ fact }) => fact.namespace === name.namespace && fact.name === name.pod,
    );
    return this.#unit(this.#seedOf(focus), lateLimitMs);
  }

  /** A forest in which every process of a node is as in the whole case. */
  ofNode(node: string, lateLimitMs: number): Derived {
    const whole = this.#wholeIfCheap(lateLimitMs);
    return whole ?? this.#unit({ ...nothing, node }, lateLimitMs);
  }

  /** A forest in which the process of a ref is as in the whole case, when there is one. */
  ofRef(ref: string, lateLimitMs: number): Derived {
    const whole = this.#wholeIfCheap(lateLimitMs);
    if (whole !== undefined) return whole;
    const number = numberOfRef(ref);
    if (number === undefined) return this.#unit(nothing, lateLimitMs);
    const rows = [
      ...this.#db.eachIn<{ process: number }>(
        'refs',
        'SELECT process FROM {table} WHERE ref IN {in}',
        [number],
      ),
    ];
    // A process that nobody described, or whose cluster another source named later: its ref stands in no index.
    if (rows.length === 0) return this.#ofIds(this.#idsOfRef(number), lateLimitMs);
    const ids = this.#db.allIn<string>(
      'SELECT DISTINCT exec_id FROM processes WHERE id IN {in}',
      rows.map(({ process }) => process),
      'pluck',
    );
    return this.#ofIds(ids, lateLimitMs);
  }

  /** Every id that anybody names is tried with every cluster: a hash each, and no derivation. */
  #idsOfRef(number: number): string[] {
    const clusters = new Set(['default']);
    for (const { cluster, node } of this.small.nodes) {
      clusters.add(cluster);
      clusters.add(node.slice(0, Math.max(0, node.indexOf('/'))));
    }
    clusters.delete('');
    const found: string[] = [];
    const named = `SELECT exec_id AS id FROM processes
      UNION SELECT parent_exec_id FROM processes WHERE parent_exec_id IS NOT NULL`;
    for (const { id } of this.#db.iterate<{ id: string }>(named))
      for (const cluster of clusters)
        if (refNumberOf({ dialect: dialectOf(id), cluster, id, node: '' }) === number)
          found.push(id);
    return found;
  }

  /** A forest in which the processes of an exec_id are as in the whole case. */
  ofExecId(execId: string, lateLimitMs: number): Derived {
    return this.#wholeIfCheap(lateLimitMs) ?? this.#ofIds([execId], lateLimitMs);
  }

  /** A forest with the cards of some processes, without connections: for lists of events. */
  ofProcesses(keys: readonly number[], lateLimitMs: number): Derived {
    const whole = this.#wholeIfCheap(lateLimitMs);
    if (whole !== undefined) return whole;
    const facts = loadPlain(this.#db, this.small, keys);
    return derive(facts, { lateLimitMs, sha256: sha256Of });
  }

  #ofIds(ids: readonly string[], lateLimitMs: number): Derived {
    const pods = new Set(
      this.#db.allIn<number>(
        'SELECT DISTINCT pod_id FROM processes WHERE exec_id IN {in} AND pod_id IS NOT NULL',
        ids,
        'pluck',
      ),
    );
    const names = new Set<string>();
    for (const { id, fact } of this.small.entries) if (pods.has(id)) names.add(nameKey(fact));
    const focus = this.small.entries.filter(({ fact }) => names.has(nameKey(fact)));
    // In a pod it is part of the unit that the pod's tree is derived from.
    const seed = focus.length === 0 ? { ...nothing, execIds: ids } : this.#seedOf(focus);
    return this.#unit(seed, lateLimitMs);
  }

  /** Pods with the other pods of their workloads. */
  #seedOf(focus: readonly PodEntry[]): UnitSeed {
    const workloads = new Set(focus.flatMap(({ fact }) => workloadKey(fact) ?? []));
    const focusIds = new Set(focus.map(({ id }) => id));
    const siblings = this.small.entries.filter(({ id, fact }) => {
      const key = workloadKey(fact);
      return key !== undefined && workloads.has(key) && !focusIds.has(id);
    });
    return { focus: [...focusIds], siblings: siblings.map(({ id }) => id), execIds: [] };
  }

  #seedOfUnit(unit: CaseUnit): UnitSeed {
    switch (unit.kind) {
      case 'pods':
        return { ...nothing, focus: unit.pods };
      case 'loose':
        return { ...nothing, loose: unit };
      case 'hosts':
        return { ...nothing, hostIds: idsOfHosts(this.#db, unit) };
    }
  }

  #unit(seed: UnitSeed, lateLimitMs: number): Derived {
    return this.#kept.keep(JSON.stringify([seed, lateLimitMs]), () =>
      this.#derive(seed, lateLimitMs),
    );
  }

  #derive(seed: UnitSeed, lateLimitMs: number): Derived {
    const facts = loadUnit(this.#db, this.small, this.#cluster, seed);
    return derive(facts, { lateLimitMs, sha256: sha256Of });
  }

  #hasRoomForUnits(): boolean {
    return (this.units?.length ?? 0) * this.#wholeUpTo * unitPerEvent <= maxProcesses;
  }

  #wholeIfCheap(lateLimitMs: number): Derived | undefined {
    this.#renew();
    if (this.#isCheap()) return this.whole(lateLimitMs);
    // Another question has needed it already.
    return this.#kept.peek(`whole ${lateLimitMs}`);
  }

  #isCheap(): boolean {
    this.#isWhole ??= this.isUndivided || this.hasUpTo(this.#wholeUpTo);
    return this.#isWhole;
  }

  /** Names the facts of the snapshot: forests of equal facts are equal. */
  get facts(): string {
    this.#renew();
    return this.#facts;
  }

  #renew(): void {
    if (this.#facts === this.#db.facts) return;
    this.#facts = this.#db.facts;
    this.#small = undefined;
    this.#isWhole = undefined;
    this.#isUndivided = undefined;
    this.#units = undefined;
    this.#conversing = undefined;
    this.#kept.clear();
  }
}

interface Conversing {
  readonly unit: CaseUnit | undefined;
  readonly lateLimitMs: number;
  readonly part: Part;
}

const nothing: UnitSeed = { focus: [], siblings: [], execIds: [] };

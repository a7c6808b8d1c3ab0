import type { Dialect } from '../../event/dialects.ts';
import type { LookupFact } from '../../event/facts.ts';
import type { Lookup } from '../derived.ts';
import type { ToldLookup } from '../networkContract.ts';
import { compareText } from '../order.ts';
import type { OwnedLookup } from './landmarks.ts';
import type { Netspaces } from './netspaces.ts';
import { splitName } from './publicSuffixes.ts';

/**
 * Search domains that the log itself shows: a resolver with `search` and `ndots` asks `name.suffix` for every suffix
 * before or after `name`. A suffix counts for a pod when at least two names were asked both bare and with it, the
 * latter answered NXDOMAIN: one coincidence, or one name an attacker chose, is not enough to call anything noise.
 */
export interface SearchSuffixes {
  /** The bare name when this one is an expansion of it that failed; else the name itself. */
  readonly bareName: (process: number, name: string) => string;
  /**
   * Suffixes that may be cut off before a name is judged random: cluster domains, or suffixes seen in two pods.
   * Stricter than `bareName`, because a suffix that is cut off is not looked at.
   */
  readonly trusted: ReadonlySet<string>;
}

const nxdomain = 3;
/**
 * Endings that nobody can register (RFC 6762, RFC 8375, ICANN's `internal`): a question below them reaches no server of
 * an attacker. Nothing wider, for `svc.` may stand below any registered domain.
 */
const internalName = /(?:^|\.)(?:local|internal|localdomain|home\.arpa)$/;
const clusterDomain = /(?:^|\.)(?:svc\.[a-z0-9.-]+|local|internal|localdomain|home\.arpa)$/;
/** A name may answer with many; so many are listed, and all are counted. */
const listedAddresses = 8;
/** So many names of a group are listed; all are counted. */
const listedNames = 8;
/** Service discovery is told name by name, but for a process that walks through a cluster. */
const mostInternalRows = 16;
/** Longer than DNS allows: not looked into. */
const longestName = 300;

export function learnSearchSuffixes(
  lookups: readonly OwnedLookup[],
  netspaces: Netspaces,
): SearchSuffixes {
  const asked = new Map<number, Set<string>>();
  const failed = new Map<number, Set<string>>();
  const resolved = new Map<number, Set<string>>();
  for (const { fact, process } of lookups) {
    const netspace = netspaces.netspaceOf(process);
    const outcome = fact.rcode === 0 ? resolved : failed;
    for (const name of fact.names) {
      add(asked, netspace, name);
      if (fact.response && (fact.rcode === 0 || fact.rcode === nxdomain))
        add(outcome, netspace, name);
    }
  }
  const suffixes = new Map<number, ReadonlySet<string>>();
  const seenIn = new Map<string, number>();
  for (const [netspace, names] of failed) {
    const bareBySuffix = new Map<string, Set<string>>();
    for (const name of names) {
      if (resolved.get(netspace)?.has(name) === true) continue;
      for (const [bare, suffix] of splits(name)) {
        if (asked.get(netspace)?.has(bare) === true) add(bareBySuffix, suffix, bare);
      }
    }
    const shown = [...bareBySuffix].filter(([, bare]) => bare.size >= 2).map(([suffix]) => suffix);
    for (const suffix of shown) seenIn.set(suffix, (seenIn.get(suffix) ?? 0) + 1);
    suffixes.set(netspace, new Set(shown));
  }
  const trusted = new Set<string>();
  for (const [suffix, count] of seenIn) {
    if (count >= 2 || clusterDomain.test(suffix)) trusted.add(suffix);
  }
  return {
    trusted,
    bareName: (process, name) => {
      const netspace = netspaces.netspaceOf(process);
      const known = suffixes.get(netspace);
      if (known === undefined || known.size === 0) return name;
      if (resolved.get(netspace)?.has(name) === true) return name;
      for (const [bare, suffix] of splits(name)) {
        if (known.has(suffix) && asked.get(netspace)?.has(bare) === true) return bare;
      }
      return name;
    },
  };
}

/**
 * Lookups of each process by resolver, folded: names below one registrable parent are one row that bears the parent's
 * name, one name alone bears its own. Names that are internal by their ending are a row each, up to 16. A question and
 * its answer are one lookup; equal facts count once. Tries with a search suffix stand with the name that was meant,
 * apart from what was asked and answered of it. Sorted by name, then resolver.
 */
export function foldLookups(
  lookups: readonly OwnedLookup[],
  suffixes: SearchSuffixes,
): Map<number, readonly Lookup[]> {
  const folds = new Map<number, Map<string, Fold>>();
  const parents = new Parents();
  const seen = resolversSeen(lookups, suffixes, parents);
  for (const { fact, process } of lookups) {
    const [name = ''] = fact.names;
    if (name === '') continue;
    const meant = suffixes.bareName(process, name);
    const parent = parents.of(meant);
    const resolver = resolverOf(fact) || (seen.get(`${process} ${parent}`) ?? '');
    const key = `${parent}\0${resolver}`;
    const ofProcess = folds.get(process) ?? new Map<string, Fold>();
    folds.set(process, ofProcess);
    const fold = ofProcess.get(key) ?? { parent, resolver, facts: new Set(), names: new Map() };
    ofProcess.set(key, fold);
    addFact(fold, fact, name, meant);
  }
  return new Map([...folds].map(([process, ofProcess]) => [process, rowsOf(ofProcess.values())]));
}

/** The registrable parent of names: the same ones are asked again and again. */
class Parents {
  readonly #known = new Map<string, string>();

  of(name: string): string {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const parent = splitName(name.slice(0, 4096)).registrable;
    this.#known.set(name, parent);
    return parent;
  }
}

/**
 * By process and parent the resolver that others saw asked, where the process's own agent does not tell it: one lookup is one
 * row. Empty: they saw several.
 */
function resolversSeen(
  lookups: readonly OwnedLookup[],
  suffixes: SearchSuffixes,
  parents: Parents,
): ReadonlyMap<string, string> {
  const seen = new Map<string, string>();
  for (const { fact, process } of lookups) {
    const [name = ''] = fact.names;
    if (fact.flow === undefined || name === '') continue;
    const key = `${process} ${parents.of(suffixes.bareName(process, name))}`;
    const resolver = resolverOf(fact);
    seen.set(key, (seen.get(key) ?? resolver) === resolver ? resolver : '');
  }
  return seen;
}

/** What one process asked one resolver below one registrable parent, by the name that was meant. */
interface Fold {
  readonly parent: string;
  readonly resolver: string;
  /** What was counted already. */
  readonly facts: Set<string>;
  readonly names: Map<string, Asked>;
}

interface Asked {
  readonly own: Tallies;
  /** With search suffixes, by the name that stood in the question. */
  tries: Map<string, Tallies> | undefined;
}

/** What was counted of one name, one per agent that tells it: several that watched saw the same lookups. */
type Tallies = Tally[];

/** One per name of a tunnel: sparse, because there may be very many. */
interface Tally {
  readonly teller: Dialect;
  questions: number;
  answers: number;
  /** The codes of answers without success. */
  failures: number[] | undefined;
  addresses: Set<string> | undefined;
}

function newTally(teller: Dialect): Tally {
  return { teller, questions: 0, answers: 0, failures: undefined, addresses: undefined };
}

function addFact({ facts, names }: Fold, fact: ToldLookup, name: string, meant: string): void {
  const question = `${fact.teller ?? ''} ${name} ${fact.types.join()}`;
  const identity = `${fact.time ?? ''} ${fact.response} ${fact.rcode} ${question} ${fact.ips.join()}`;
  if (facts.has(identity)) return;
  facts.add(identity);
  const asked = names.get(meant) ?? { own: [], tries: undefined };
  names.set(meant, asked);
  // Types differ between question and answer on old agents, so a pair is matched by name alone.
  const tally = tallyOf(name === meant ? asked.own : tryOf(asked, name), fact.teller);
  if (!fact.response) {
    tally.questions += 1;
    return;
  }
  tally.answers += 1;
  if (fact.rcode !== 0) {
    tally.failures ??= [];
    tally.failures.push(fact.rcode);
  } else if (fact.ips.length > 0) {
    tally.addresses ??= new Set();
    for (const ip of fact.ips) tally.addresses.add(ip);
  }
}

function tryOf(asked: Asked, name: string): Tallies {
  asked.tries ??= new Map();
  const known = asked.tries.get(name) ?? [];
  asked.tries.set(name, known);
  return known;
}

function tallyOf(tallies: Tallies, teller: Dialect = 'tetragon'): Tally {
  const known = tallies.find((tally) => tally.teller === teller);
  if (known !== undefined) return known;
  const tally = newTally(teller);
  tallies.push(tally);
  return tally;
}

function rowsOf(folds: Iterable<Fold>): readonly Lookup[] {
  const rows: Lookup[] = [];
  for (const { parent, resolver, names } of folds) {
    const isInternal = internalName.test(parent);
    if (isInternal && names.size <= mostInternalRows) {
      for (const one of names) rows.push(rowOf(one[0], resolver, new Map([one])));
    } else {
      const [only] = names.keys();
      const isGroup = names.size > 1 || only === undefined;
      const row = rowOf(isGroup ? parent : only, resolver, names);
      rows.push(isInternal || !isGroup ? row : { ...row, decodedBytes: carriedBy(names.keys()) });
    }
  }
  return rows.sort((a, b) => compareText(a.name, b.name) || compareText(a.resolver, b.resolver));
}

function rowOf(name: string, resolver: string, names: ReadonlyMap<string, Asked>): Lookup {
  const own = [...names.values()].map((asked) => asked.own);
  const tries = [...names.values()].flatMap((asked) => [...(asked.tries?.values() ?? [])]);
  const addresses = new Set(own.flat().flatMap((tally) => [...(tally.addresses ?? [])]));
  const failures = failuresOf(own);
  return {
    name,
    names: [...names.keys()].sort(compareText).slice(0, listedNames),
    nameCount: names.size,
    count: countOf(own),
    distinct: names.size - (names.has(name) ? 1 : 0),
    decodedBytes: 0,
    failed: failures.reduce((sum, { count }) => sum + count, 0),
    failures,
    tries: countOf(tries),
    triesFailed: failuresOf(tries),
    addresses: [...addresses].sort(compareText).slice(0, listedAddresses),
    addressCount: addresses.size,
    resolver,
  };
}

/** Of a name as often as the agent says that saw most of it. */
function countOf(names: readonly Tallies[]): number {
  let count = 0;
  for (const tallies of names) {
    let most = 0;
    for (const { questions, answers } of tallies) most = Math.max(most, questions, answers);
    count += most;
  }
  return count;
}

function failuresOf(names: readonly Tallies[]): Lookup['failures'] {
  const sums = new Map<number, number>();
  for (const tallies of names) {
    for (const [rcode, count] of mostFailures(tallies))
      sums.set(rcode, (sums.get(rcode) ?? 0) + count);
  }
  return [...sums].sort(([a], [b]) => a - b).map(([rcode, count]) => ({ rcode, count }));
}

function mostFailures(tallies: Tallies): ReadonlyMap<number, number> {
  const most = new Map<number, number>();
  for (const { failures = [] } of tallies) {
    const counts = new Map<number, number>();
    for (const rcode of failures) counts.set(rcode, (counts.get(rcode) ?? 0) + 1);
    for (const [rcode, count] of counts) most.set(rcode, Math.max(most.get(rcode) ?? 0, count));
  }
  return most;
}

function carriedBy(names: Iterable<string>): number {
  const labels = new Set<string>();
  for (const name of names) {
    const { below } = splitName(name.slice(0, 4096));
    if (below.length > 0) labels.add(below.join('.'));
  }
  let bytes = 0;
  for (const label of labels) bytes += decodedBytesOf(label);
  return bytes;
}

/** What the labels could carry: 4 bits a character when all are hexadecimal digits, else the 5 of base32. */
function decodedBytesOf(labels: string): number {
  const text = labels.replaceAll('.', '');
  const bits = /^[0-9a-f]*$/.test(text) ? 4 : 5;
  return Math.floor((text.length * bits) / 8);
}

function resolverOf({ resolverIp, resolverPort }: LookupFact): string {
  if (resolverIp === '') return '';
  return resolverIp.includes(':')
    ? `[${resolverIp}]:${resolverPort}`
    : `${resolverIp}:${resolverPort}`;
}

/** Resolvers append suffixes to short names (`ndots` is 5 in pods); longer bare names are not looked for. */
const mostBareLabels = 8;

/** The ways to cut a name in a bare name and a suffix of two labels and more, longest suffix first. */
function* splits(name: string): Generator<[string, string]> {
  if (name.length > longestName) return;
  let dot = name.indexOf('.');
  for (let labels = 1; dot > 0 && labels <= mostBareLabels; labels += 1) {
    const suffix = name.slice(dot + 1);
    if (!suffix.includes('.')) return;
    yield [name.slice(0, dot), suffix];
    dot = name.indexOf('.', dot + 1);
  }
}

function add<Key>(sets: Map<Key, Set<string>>, key: Key, value: string): void {
  const known = sets.get(key);
  if (known === undefined) sets.set(key, new Set([value]));
  else known.add(value);
}

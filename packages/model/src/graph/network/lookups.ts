import type { LookupFact } from '../../event/facts.ts';
import type { Lookup } from '../derived.ts';
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
const clusterDomain = /(?:^|\.)(?:svc\.[a-z0-9.-]+|local|internal|localdomain|home\.arpa)$/;
/** A name may answer with many; so many are listed, and all are counted. */
const listedAddresses = 8;
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
 * Lookups of each process, folded by registrable parent and resolver. A question and its answer are one lookup;
 * equal facts count once. Expansions by a search suffix count under the name that was meant, and carry no labels.
 * Sorted by name, then resolver.
 */
export function foldLookups(
  lookups: readonly OwnedLookup[],
  suffixes: SearchSuffixes,
): Map<number, readonly Lookup[]> {
  const rows = new Map<number, Map<string, Fold>>();
  // The same names are asked again and again.
  const parts = new Map<string, { registrable: string; below: string | undefined }>();
  for (const { fact, process } of lookups) {
    const [name = ''] = fact.names;
    if (name === '') continue;
    const bare = suffixes.bareName(process, name);
    let split = parts.get(bare);
    if (split === undefined) {
      const { registrable: parent, below: labels } = splitName(bare.slice(0, 4096));
      split = { registrable: parent, below: labels.length === 0 ? undefined : labels.join('.') };
      parts.set(bare, split);
    }
    const { registrable, below } = split;
    const resolver = resolverOf(fact);
    const key = `${registrable}\0${resolver}`;
    let folds = rows.get(process);
    if (folds === undefined) {
      folds = new Map();
      rows.set(process, folds);
    }
    let fold = folds.get(key);
    if (fold === undefined) {
      fold = {
        name: registrable,
        resolver,
        facts: new Set(),
        asked: new Map(),
        labels: new Set(),
        failures: new Map(),
        addresses: new Set(),
      };
      folds.set(key, fold);
    }
    if (below !== undefined) fold.labels.add(below);
    addFact(fold, fact, name);
  }
  return new Map([...rows].map(([process, folds]) => [process, finish([...folds.values()])]));
}

interface Fold {
  readonly name: string;
  readonly resolver: string;
  /** What was counted already. */
  readonly facts: Set<string>;
  /** By name and type. */
  readonly asked: Map<string, { questions: number; answers: number; failed: number }>;
  readonly labels: Set<string>;
  /** Answers without success, by code. */
  readonly failures: Map<number, number>;
  readonly addresses: Set<string>;
}

function addFact(fold: Fold, fact: LookupFact, name: string): void {
  const question = `${name} ${fact.types.join()}`;
  const identity = `${fact.time ?? ''} ${fact.response} ${fact.rcode} ${question} ${fact.ips.join()}`;
  if (fold.facts.has(identity)) return;
  fold.facts.add(identity);
  // Types differ between question and answer on old agents, so a pair is matched by name alone.
  const known = fold.asked.get(name) ?? { questions: 0, answers: 0, failed: 0 };
  if (fact.response) known.answers += 1;
  else known.questions += 1;
  if (fact.response && fact.rcode !== 0) {
    known.failed += 1;
    fold.failures.set(fact.rcode, (fold.failures.get(fact.rcode) ?? 0) + 1);
  }
  if (fact.response && fact.rcode === 0) for (const ip of fact.ips) fold.addresses.add(ip);
  fold.asked.set(name, known);
}

function finish(folds: readonly Fold[]): readonly Lookup[] {
  return folds
    .map(({ name, resolver, asked, labels, failures, addresses }) => {
      let count = 0;
      let failed = 0;
      for (const one of asked.values()) {
        count += Math.max(one.questions, one.answers);
        failed += one.failed;
      }
      let decodedBytes = 0;
      for (const label of labels) decodedBytes += decodedBytesOf(label);
      return {
        name,
        count,
        distinct: labels.size,
        decodedBytes,
        failed,
        failures: [...failures]
          .sort(([a], [b]) => a - b)
          .map(([rcode, times]) => ({ rcode, count: times })),
        addresses: [...addresses].sort(compareText).slice(0, listedAddresses),
        addressCount: addresses.size,
        resolver,
      };
    })
    .sort((a, b) => compareText(a.name, b.name) || compareText(a.resolver, b.resolver));
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

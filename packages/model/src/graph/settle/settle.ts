import { dialectOf } from '../../event/dialects.ts';
import { type Facts, type ProcessFact, processKey } from '../../event/facts.ts';
import { namedIdOf, readSpelledId } from '../../event/spelledIds.ts';
import type { LinkMethod } from '../derived.ts';
import type { Place, Places } from '../identity/places.ts';
import { type AgentId, Aliases } from './aliases.ts';
import { type Anchor, anchorsOf } from './anchors.ts';
import { ContainerIds, wholeContainers } from './containerIds.ts';
import { imageFact, nameFact } from './imageFacts.ts';
import { imagesOf, type SettledImage } from './images.ts';
import { KnownImages } from './knownImages.ts';
import { type Pair, pairsOf } from './pairs.ts';
import { pidColumnsOf } from './pidColumns.ts';
import { withSeenImages } from './seenImages.ts';
import { type Spelled, spelledGroups } from './spelledGroup.ts';
import { usedFacts } from './usedFacts.ts';
import { wholePods } from './wholePods.ts';

/** A set of facts in which every id names one process (semantics, Identity and "Several agents, one process"). */
export interface Settled {
  readonly facts: Facts;
  /** What the `processKey`s of the given facts mean in `facts`, where that is another one. */
  readonly meant: ReadonlyMap<string, string>;
  /** How a process's parent was found, by `processKey`, where its own evidence does not tell. */
  readonly methods: ReadonlyMap<string, LinkMethod>;
  /** What other agents call a process, by `processKey`. */
  readonly ids: ReadonlyMap<string, readonly AgentId[]>;
  /** Pods, addresses and nodes to which something happened that no process is known for, by `processKey`. */
  readonly anchors: ReadonlyMap<string, Anchor>;
}

const nothing: ReadonlyMap<string, never> = new Map<string, never>();

/**
 * Settles which records mean one process, for agents that give none an id: execs and sightings become images of a pid's lives,
 * and those that an agent with ids reported, too, become its. A function of the set of facts; facts with ids of their own are
 * handed on as they are. Linear but for sorting.
 */
export function settle(facts: Facts, places: Places): Settled {
  if (!facts.processes.some(({ dialect }) => dialect !== 'tetragon')) {
    return { facts, meant: nothing, methods: nothing, ids: nothing, anchors: nothing };
  }
  const spelled = spelledGroups(facts.processes, places);
  const aliases = new Aliases();
  const images = settledImages(spelled, new KnownImages(spelled.own, facts.exits, places), aliases);
  const ids = new ContainerIds(facts.processes, facts.containers);
  const { processes, methods } = settledProcesses(images, spelled, aliases, ids);
  const { meant } = aliases;
  const whole = [...spelled.own, ...usedFacts(processes)];
  return {
    facts: {
      ...withMeanings(facts, meant),
      processes: whole,
      pods: wholePods(facts.pods),
      containers: wholeContainers(facts.containers, ids, whole),
    },
    meant,
    methods,
    ids: aliases.ids,
    anchors: anchorsOf(spelled.others),
  };
}

/** The images that no process of an agent with ids is; `aliases` learns whom every spelled id means. */
function settledImages(
  { processes }: Spelled,
  known: KnownImages,
  aliases: Aliases,
): SettledImage[] {
  const settled: SettledImage[] = [];
  for (const column of pidColumnsOf(processes)) {
    const { images, unknown } = imagesOf(column);
    const pairs = pairsOf(column, images, known);
    const left = unknown.filter((group) => !aliases.meanKnown(column, group, known));
    const all = withSeenImages(images, left);
    for (const [index, image] of all.entries()) {
      const pair = pairs.get(image) ?? pairOfLife(image, all[index + 1], pairs);
      if (pair === undefined) {
        aliases.standFor(image);
        settled.push(image);
      } else aliases.pair(image, pair);
    }
  }
  return settled;
}

/** The facts of those images, and of ancestors of which only a name is known. */
function settledProcesses(
  images: readonly SettledImage[],
  { others }: Spelled,
  aliases: Aliases,
  ids: ContainerIds,
): { readonly processes: ProcessFact[]; readonly methods: ReadonlyMap<string, LinkMethod> } {
  const processes: ProcessFact[] = [];
  const methods = new Map<string, LinkMethod>();
  const parentOf = (id: string, place: Place): string => resolvedId(id, place, aliases);
  const keep = (fact: ProcessFact, method: LinkMethod | undefined): void => {
    processes.push(fact);
    if (method !== undefined) methods.set(processKey(fact), method);
  };
  for (const image of images) {
    const { fact, method } = imageFact(image, parentOf);
    keep(withContainer(fact, ids), method);
  }
  for (const group of others) {
    if (group.spelled.form !== 'name') continue;
    const id = parentOf(group.id, group.place);
    if (dialectOf(id) === 'tetragon') continue;
    const { fact, method } = nameFact(group, id, parentOf);
    keep(fact, method);
  }
  return { processes, methods };
}

/** What happened, each to the process that its key means. */
function withMeanings(facts: Facts, meant: ReadonlyMap<string, string>): Facts {
  return {
    ...facts,
    exits: facts.exits.map((fact) => meaning(fact, meant)),
    sockets: facts.sockets.map((fact) => meaning(fact, meant)),
    lookups: facts.lookups.map((fact) => meaning(fact, meant)),
    flows: facts.flows.map((fact) => meaning(fact, meant)),
    alerts: facts.alerts.map((fact) => meaning(fact, meant)),
    audits: facts.audits.map((fact) => meaning(fact, meant)),
    counts: facts.counts.map((fact) => meaning(fact, meant)),
  };
}

/**
 * A life belongs to every card that holds one of its images: what was seen of a fork before its exec, which another agent knows,
 * is that one's.
 */
function pairOfLife(
  image: SettledImage,
  next: SettledImage | undefined,
  pairs: ReadonlyMap<SettledImage, Pair>,
): Pair | undefined {
  if (image.isExec || next?.before !== image) return undefined;
  return pairs.get(next);
}

function resolvedId(id: string, place: Place, aliases: Aliases): string {
  const spelled = readSpelledId(id);
  if (spelled?.form !== 'name') return aliases.idFor(id, place);
  const child = aliases.idFor(spelled.child, place);
  // Its own agent says whose child it is.
  return dialectOf(child) === 'tetragon' ? child : namedIdOf(child, spelled.level);
}

function withContainer(fact: ProcessFact, ids: ContainerIds): ProcessFact {
  const { containerId } = fact;
  return containerId === undefined ? fact : { ...fact, containerId: ids.fullest(containerId) };
}

function meaning<Fact extends { readonly process: string }>(
  fact: Fact,
  meant: ReadonlyMap<string, string>,
): Fact {
  const process = meant.get(fact.process);
  return process === undefined ? fact : { ...fact, process };
}

import { type CallScope, callItems } from '@forebear/model/answer/calls';
import { completenessOf, type Evidence } from '@forebear/model/answer/completeness';
import type { AnswerContext } from '@forebear/model/answer/context';
import {
  type Call,
  callsOf,
  type Destination,
  DestinationSums,
  describeDestination,
} from '@forebear/model/answer/destinations';
import { homePods } from '@forebear/model/answer/homePods';
import { byFirstSeen, hopItems } from '@forebear/model/answer/hops';
import type { Part } from '@forebear/model/answer/part';
import {
  type HostTally,
  hostItems,
  hostTallies,
  itemsOfPods,
} from '@forebear/model/answer/podItems';
import { processAnswer } from '@forebear/model/answer/processAnswer';
import {
  keepsLeaf,
  keepsPlace,
  keepsPlaceLeaf,
  keepsProcess,
} from '@forebear/model/answer/subjects';
import { treeAgents } from '@forebear/model/answer/treeAgents';
import { type TreeSelection, treeColumns } from '@forebear/model/answer/treeColumns';
import { treeObjects } from '@forebear/model/answer/treeObjects';
import { nodeSelection, podSelection } from '@forebear/model/answer/treeSelection';
import type { NodeFact } from '@forebear/model/event/facts';
import { formatTime, type Nanos, parseTime } from '@forebear/model/event/time';
import type { Derived, Leaf } from '@forebear/model/graph/derived';
import { Places } from '@forebear/model/graph/identity/places';
import type { Filter } from '@forebear/model/query/filter';
import type { CallsAnswer } from '@forebear/model/wire/calls';
import type { HistogramAnswer } from '@forebear/model/wire/events';
import type { PodItem } from '@forebear/model/wire/inventory';
import type { DestinationsAnswer, HopItem } from '@forebear/model/wire/network';
import type { Completeness } from '@forebear/model/wire/primitives';
import type { ProcessAnswer, TreeColumns, TreeObjects } from '@forebear/model/wire/tree';
import { isInRange } from './eventPage.ts';
import { compareLoudTimes, type LoudTime, loudTimesOf } from './histogram.ts';
import {
  type Answer,
  type DestinationQuery,
  failure,
  type TimeRange,
  type TreeQuery,
} from './ports.ts';
import type { Steps } from './steps.ts';

/**
 * Answers that every adapter gives in the same way, from a derived forest (a whole case, or a part that is closed under
 * the question) and what stands beside it.
 */
export interface CaseView extends Evidence {
  readonly nodes: readonly NodeFact[];
  readonly now: Nanos;
}

/** A live source's processes run as long as both it and their node spoke within this time. */
const recent = 300_000_000_000n;

/** What an answer needs beside the forest. `nodes`: the scope of its completeness; undefined: the case. */
function contextOf(derived: Derived, view: CaseView, nodes?: ReadonlySet<string>): AnswerContext {
  const horizon = view.now - recent;
  const isLive = view.sources.some(
    ({ state, lastTime }) =>
      state === 'live' && lastTime !== null && (parseTime(lastTime) ?? 0n) >= horizon,
  );
  const alive = new Set<string>();
  if (isLive) {
    const places = new Places({ nodes: view.nodes, processes: [] });
    for (const fact of view.nodes) {
      if (fact.lastTime === undefined || fact.lastTime < horizon) continue;
      const { cluster, node } = places.place(fact.cluster, fact.node);
      alive.add(`${cluster}\0${node}`);
    }
  }
  return {
    derived,
    completeness: completenessOf(view, nodes),
    isRunning: ({ cluster, node }) => alive.has(`${cluster}\0${node}`),
  };
}

/**
 * What one part of a case adds to the lists: small and plain, so that it can be kept when the part's forest is let go.
 * Under a filter `pods` and `hosts` are those one of whose own processes it keeps, `marks` of the processes it keeps.
 */
export interface Share {
  readonly pods: readonly PodItem[];
  readonly hosts: readonly HostTally[];
  /** `cluster\0node` of the hosts that the filter keeps. */
  readonly keptHosts: readonly string[];
  readonly hops: readonly HopItem[];
  readonly marks: readonly LoudTime[];
}

export function shareOf(part: Part, filter: Filter): Share {
  const { derived, ownsProcess, ownsPod } = part;
  const pods = new Set<number>();
  const hosts = new Set<string>();
  const homes = homePods(derived);
  for (const [index, process] of derived.processes.entries()) {
    const home = homes[index] ?? -1;
    const host = `${process.cluster}\0${process.node}`;
    const isKnown = home < 0 ? hosts.has(host) : pods.has(home);
    if (isKnown || !keepsProcess(filter, derived, process)) continue;
    if (home >= 0) pods.add(home);
    else if (process.role === 'host' && ownsProcess(index)) hosts.add(host);
  }
  for (const place of derived.loose) {
    if (place.pod === undefined || pods.has(place.pod)) continue;
    if (keepsPlace(filter, derived, place)) pods.add(place.pod);
  }
  return {
    pods: itemsOfPods(
      derived,
      (index) => ownsPod(index) && (filter.kind === 'all' || pods.has(index)),
    ),
    hosts: hostTallies(part),
    keptHosts: [...hosts],
    hops: hopItems(part),
    marks: loudTimesOf(part, (process) => keepsProcess(filter, derived, process)),
  };
}

/** The items of pods and hosts that the shares of all parts make. */
export function podItemsOf(shares: Iterable<Share>): PodItem[] {
  const items: PodItem[] = [];
  const tallies: HostTally[] = [];
  const kept = new Set<string>();
  for (const { pods, hosts, keptHosts } of shares) {
    for (const item of pods) items.push(item);
    for (const host of hosts) tallies.push(host);
    for (const host of keptHosts) kept.add(host);
  }
  for (const item of hostItems(tallies))
    if (kept.has(`${item.cluster}\0${item.node}`)) items.push(item);
  return items;
}

/** The marks of all parts in a time range, in order of time. */
export function marksOf(shares: Iterable<Share>, range: TimeRange): HistogramAnswer['loud'] {
  const marks: LoudTime[] = [];
  for (const share of shares)
    for (const mark of share.marks) if (isInRange(mark.time, range)) marks.push(mark);
  return marks.sort(compareLoudTimes).map(({ time, ref }) => ({ time: formatTime(time), ref }));
}

/** The hops of all parts that touch a pod or namespace (absent: all), by first seen. */
export function hopsOf(
  shares: Iterable<Pick<Share, 'hops'>>,
  query: { readonly namespace?: string; readonly pod?: string },
): HopItem[] {
  const touches = ({ namespace, pod }: HopItem['from']): boolean =>
    (query.namespace === undefined || namespace === query.namespace) &&
    (query.pod === undefined || pod === query.pod);
  const items: HopItem[] = [];
  for (const { hops } of shares)
    for (const hop of hops) if (touches(hop.from) || touches(hop.to)) items.push(hop);
  return items.sort(byFirstSeen);
}

/** The forest of a case, and, when a tree is asked for as one agent alone tells it, the forest of that agent's facts. */
export interface TreeForests {
  readonly all: Derived;
  readonly ofAgent?: Derived;
}

/** The tree that is asked for, as columns. */
export function treeOf(
  forests: TreeForests,
  view: CaseView,
  query: TreeQuery,
): Answer<TreeColumns> {
  const asked = askedTree(forests, query);
  if (!asked.ok) return asked;
  const { derived, selection, agents } = asked.value;
  const context = contextOf(derived, view, nodesOf(derived, selection));
  return { ok: true, value: { ...treeColumns(context, selection), agents } };
}

/** The tree that is asked for, as a list of nodes. */
export function treeObjectsOf(
  forests: TreeForests,
  view: CaseView,
  query: TreeQuery & { readonly fold: boolean },
): Answer<TreeObjects> {
  const asked = askedTree(forests, query);
  if (!asked.ok) return asked;
  const { derived, selection, agents } = asked.value;
  const context = contextOf(derived, view, nodesOf(derived, selection));
  return { ok: true, value: { ...treeObjects(context, selection, query.fold), agents } };
}

interface AskedTree {
  readonly derived: Derived;
  readonly selection: TreeSelection;
  /** Of all agents together, also where one alone is asked for. */
  readonly agents: TreeColumns['agents'];
}

function askedTree({ all, ofAgent }: TreeForests, query: TreeQuery): Answer<AskedTree> {
  const whole = selectionOf(all, query);
  if (!whole.ok) return whole;
  const agents = treeAgents(all, whole.value);
  if (ofAgent === undefined)
    return { ok: true, value: { derived: all, selection: whole.value, agents } };
  const own = selectionOf(ofAgent, query);
  // Of a pod or node that others know, and it does not: an empty tree.
  const nothing: TreeSelection = { ...whole.value, indexes: [], all: 0, podIndex: -1 };
  const selection = own.ok ? own.value : nothing;
  return { ok: true, value: { derived: ofAgent, selection, agents } };
}

/** One process by its ref. */
export function processOf(derived: Derived, view: CaseView, ref: string): Answer<ProcessAnswer> {
  const index = derived.processes.findIndex((process) => process.ref === ref);
  const answer = index < 0 ? undefined : answerOf(derived, view, index);
  if (answer !== undefined) return { ok: true, value: answer };
  return unknownProcess;
}

const unknownProcess: Answer<never> = failure({
  code: 'unknown_process',
  message: 'No process of this case has that reference.',
});

/** Every process with an image of that exec_id, in the forest's order. */
export function processesWithExecId(
  derived: Derived,
  view: CaseView,
  execId: string,
): ProcessAnswer[] {
  const answers: ProcessAnswer[] = [];
  for (const [index, process] of derived.processes.entries()) {
    if (!process.images.some((image) => image.execId === execId)) continue;
    const answer = answerOf(derived, view, index);
    if (answer !== undefined) answers.push(answer);
  }
  return answers;
}

/** The calls of each part of a case, made when the part is come to; of those that `wanted` leaves out none are. */
export type CallsOf = (
  wanted?: ReadonlySet<number>,
) => Iterable<readonly [number: number, readonly Call[]]>;

/** Callers are held while the parts are gone through, up to this many; beyond, those of the page are looked up again. */
const maxCalls = 50_000;

/**
 * One page of destinations out of all parts, a part a step. `completeness`: of an answer for which so many parts have been
 * gone through, and so many of them are to be gone through once more, for the callers.
 */
export function* destinationsPage(
  callsOfParts: CallsOf,
  query: DestinationQuery,
  completeness: (parts: number, more: number) => Completeness,
): Steps<Answer<DestinationsAnswer>> {
  const from = query.cursor === undefined ? 0 : offsetOf(query.cursor);
  if (from === undefined) return badCursor;
  const to = from + query.limit;
  const sums = new DestinationSums();
  const held: Call[] = [];
  let isAllHeld = true;
  let parts = 0;
  let more = 0;
  const page = (): DestinationPage => pageOf(sums.ordered(), from, to, held);
  const told = ({ all, shown, callers }: DestinationPage): Answer<DestinationsAnswer> => ({
    ok: true,
    value: {
      items: shown.map((sum) => describeDestination(sum, callers.get(sum.key) ?? [])),
      nextCursor: to < all ? `d${to}` : null,
      total: all,
      completeness: completeness(parts, more),
    },
  });
  for (const [number, calls] of callsOfParts()) {
    parts += 1;
    sums.add(calls, number);
    isAllHeld &&= held.length + calls.length <= maxCalls;
    if (isAllHeld) for (const call of calls) held.push(call);
    yield () => told(page());
  }
  if (isAllHeld) return told(page());
  const last = pageOf(sums.ordered(), from, to, []);
  const again = new Set(last.shown.flatMap((sum) => sum.parts));
  more = again.size;
  for (const [, calls] of callsOfParts(again)) {
    parts += 1;
    for (const call of calls) last.callers.get(call.key)?.push(call);
    yield () => told(last);
  }
  return told(last);
}

/** Some of all destinations, with the calls to each. */
interface DestinationPage {
  readonly all: number;
  readonly shown: readonly Destination[];
  readonly callers: ReadonlyMap<string, Call[]>;
}

function pageOf(
  all: readonly Destination[],
  from: number,
  to: number,
  calls: readonly Call[],
): DestinationPage {
  const shown = all.slice(from, to);
  const callers = new Map<string, Call[]>(shown.map(({ key }) => [key, []]));
  for (const call of calls) callers.get(call.key)?.push(call);
  return { all: all.length, shown, callers };
}

/** The calls of a part's own processes and places in a time range. */
export function callsIn(
  part: Part,
  query: Pick<DestinationQuery, 'filter' | 'from' | 'to'>,
): readonly Call[] {
  const { derived } = part;
  const calls = callsOf(
    part,
    (process, leaf) => keepsLeaf(query.filter, derived, process, leaf),
    (place, leaf) => keepsPlaceLeaf(query.filter, derived, place, leaf),
  );
  return callsOpenIn(calls, query);
}

/** Those of some calls that lie in a time range. */
export function callsOpenIn(calls: readonly Call[], range: TimeRange): readonly Call[] {
  if (range.from === undefined && range.to === undefined) return calls;
  return calls.filter(({ leaf }) => wasOpenIn(leaf, range));
}

export const badCursor = failure({
  code: 'bad_request',
  message: 'This cursor is not one of this list.',
});

function answerOf(derived: Derived, view: CaseView, index: number): ProcessAnswer | undefined {
  const process = derived.processes[index];
  if (process === undefined) return undefined;
  const nodes = new Set([`${process.cluster}\0${process.node}`]);
  return processAnswer(contextOf(derived, view, nodes), index);
}

function selectionOf(derived: Derived, query: TreeQuery): Answer<TreeSelection> {
  const { of } = query;
  if (of.kind === 'pod') {
    const selection = podSelection(derived, of, query);
    if (selection !== undefined) return { ok: true, value: selection };
    const message = `No pod ${of.namespace}/${of.pod} in this case.`;
    return failure({ code: 'unknown_pod', message });
  }
  const selection = nodeSelection(derived, of, query);
  if (selection !== undefined) return { ok: true, value: selection };
  return failure({ code: 'unknown_node', message: `No node ${of.node} in this case.` });
}

function nodesOf(derived: Derived, { indexes, podIndex }: TreeSelection): Set<string> {
  const nodes = new Set<string>();
  const pod = derived.pods[podIndex ?? -1];
  if (pod !== undefined && pod.node !== '') nodes.add(`${pod.cluster}\0${pod.node}`);
  for (const index of indexes) {
    const process = derived.processes[index];
    if (process !== undefined) nodes.add(`${process.cluster}\0${process.node}`);
  }
  return nodes;
}

/** A connection already open counts for the time it was open. */
function wasOpenIn({ firstSeen, lastSeen }: Leaf, { from, to }: TimeRange): boolean {
  return (
    (to === undefined || firstSeen === undefined || firstSeen < to) &&
    (from === undefined || lastSeen === undefined || lastSeen >= from)
  );
}

function offsetOf(cursor: string): number | undefined {
  const match = /^d(\d{1,9})$/.exec(cursor);
  return match === null ? undefined : Number(match[1]);
}

/** Calls that are marks on a timeline; `derived` undefined: the case knows of none. */
export function marksOfCalls(
  derived: Derived | undefined,
  scope: CallScope,
  completeness: Completeness,
): CallsAnswer {
  const items = derived === undefined ? [] : callItems(derived, scope);
  return { items, nextCursor: null, total: items.length, completeness };
}

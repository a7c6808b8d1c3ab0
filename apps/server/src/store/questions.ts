import { completenessOf, type Evidence } from '@forebear/model/answer/completeness';
import type { AnswerContext } from '@forebear/model/answer/context';
import { type Call, callsOf, destinationItems } from '@forebear/model/answer/destinations';
import { hopItems } from '@forebear/model/answer/hops';
import { podItems } from '@forebear/model/answer/podItems';
import { processAnswer } from '@forebear/model/answer/processAnswer';
import { keepsLeaf, keepsProcess } from '@forebear/model/answer/subjects';
import { type TreeSelection, treeColumns } from '@forebear/model/answer/treeColumns';
import { treeObjects } from '@forebear/model/answer/treeObjects';
import { nodeSelection, podSelection } from '@forebear/model/answer/treeSelection';
import type { NodeFact } from '@forebear/model/event/facts';
import { type Nanos, parseTime } from '@forebear/model/event/time';
import type { Derived, DerivedProcess, Leaf } from '@forebear/model/graph/derived';
import { Places } from '@forebear/model/graph/places';
import type { Filter } from '@forebear/model/query/filter';
import type { PodItem } from '@forebear/model/wire/inventory';
import type { DestinationsAnswer, HopItem } from '@forebear/model/wire/network';
import type { Completeness } from '@forebear/model/wire/primitives';
import type { ProcessAnswer, TreeColumns, TreeObjects } from '@forebear/model/wire/tree';
import type { Answer, DestinationQuery, TimeRange, TreeQuery } from './ports.ts';

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

/** The items of pods and hosts one of whose own processes the filter keeps. */
export function keptPodItems(derived: Derived, filter: Filter): PodItem[] {
  const items = podItems(derived);
  if (filter.kind === 'all') return items;
  const pods = new Set<number>();
  const hosts = new Set<string>();
  for (const process of derived.processes) {
    const host = `${process.cluster}\0${process.node}`;
    const isKnown = process.pod === undefined ? hosts.has(host) : pods.has(process.pod);
    if (isKnown || !keepsProcess(filter, derived, process)) continue;
    if (process.pod !== undefined) pods.add(process.pod);
    else if (process.role === 'host') hosts.add(host);
  }
  return items.filter((item, index) =>
    item.kind === 'pod' ? pods.has(index) : hosts.has(`${item.cluster}\0${item.node}`),
  );
}

/** The tree that is asked for, as columns. */
export function treeOf(derived: Derived, view: CaseView, query: TreeQuery): Answer<TreeColumns> {
  const selected = selectionOf(derived, query);
  if (!selected.ok) return selected;
  const context = contextOf(derived, view, nodesOf(derived, selected.value));
  return { ok: true, value: treeColumns(context, selected.value) };
}

/** The tree that is asked for, as a list of nodes. */
export function treeObjectsOf(
  derived: Derived,
  view: CaseView,
  query: TreeQuery & { readonly fold: boolean },
): Answer<TreeObjects> {
  const selected = selectionOf(derived, query);
  if (!selected.ok) return selected;
  const context = contextOf(derived, view, nodesOf(derived, selected.value));
  return { ok: true, value: treeObjects(context, selected.value, query.fold) };
}

/** One process by its ref. */
export function processOf(derived: Derived, view: CaseView, ref: string): Answer<ProcessAnswer> {
  const index = derived.processes.findIndex((process) => process.ref === ref);
  const answer = index < 0 ? undefined : answerOf(derived, view, index);
  if (answer !== undefined) return { ok: true, value: answer };
  return unknownProcess;
}

const unknownProcess: Answer<never> = {
  ok: false,
  problem: { code: 'unknown_process', message: 'No process of this case has that reference.' },
};

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

/** The calls of a forest's own processes in a time range; `owns` leaves out what another forest answers for. */
export function callsIn(
  derived: Derived,
  query: Pick<DestinationQuery, 'filter' | 'from' | 'to'>,
  owns: (process: DerivedProcess) => boolean = () => true,
): Call[] {
  return callsOf(
    derived,
    (process, leaf) => owns(process) && wasOpenIn(leaf, query),
    (process, leaf) => keepsLeaf(query.filter, derived, process, leaf),
  );
}

/** One page of destinations out of all calls. */
export function destinationsPage(
  calls: readonly Call[],
  query: DestinationQuery,
  completeness: Completeness,
): Answer<DestinationsAnswer> {
  const from = query.cursor === undefined ? 0 : offsetOf(query.cursor);
  if (from === undefined) return badCursor;
  const items = destinationItems(calls);
  const to = from + query.limit;
  return {
    ok: true,
    value: {
      items: items.slice(from, to),
      nextCursor: to < items.length ? `d${to}` : null,
      total: items.length,
      completeness,
    },
  };
}

export const badCursor: Answer<never> = {
  ok: false,
  problem: { code: 'bad_request', message: 'This cursor is not one of this list.' },
};

/** The hops that touch a pod or namespace (absent: all), from a forest; `owns` as in `callsIn`, of the caller. */
export function hopsOf(
  derived: Derived,
  query: { readonly namespace?: string; readonly pod?: string },
  owns: (process: DerivedProcess) => boolean = () => true,
): HopItem[] {
  const touches = (process: DerivedProcess): boolean => {
    const fact = process.pod === undefined ? undefined : derived.pods[process.pod]?.fact;
    return (
      (query.namespace === undefined || fact?.namespace === query.namespace) &&
      (query.pod === undefined || fact?.name === query.pod)
    );
  };
  return hopItems(derived, (from, to) => owns(from) && (touches(from) || touches(to)));
}

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
    return { ok: false, problem: { code: 'unknown_pod', message } };
  }
  const selection = nodeSelection(derived, of, query);
  if (selection !== undefined) return { ok: true, value: selection };
  return {
    ok: false,
    problem: { code: 'unknown_node', message: `No node ${of.node} in this case.` },
  };
}

function nodesOf(derived: Derived, { indexes }: TreeSelection): Set<string> {
  const nodes = new Set<string>();
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

import type { TreeColumns } from '@forebear/model/wire/tree';
import { defaultExpansion } from './defaultExpansion.ts';
import { type FoldFar, Folds } from './folds.ts';
import { mark } from './marks.ts';
import { buildTreeModel, type TreeModel } from './treeModel.ts';

/** What is on screen of a tree that may move: the model shown, and the newer answer that waits. */
export interface LiveTree {
  readonly model: TreeModel;
  readonly folds: Folds;
  readonly far: FoldFar | undefined;
  /** Counts how often the folds learnt something since: a reason to draw again. */
  readonly folded: number;
  readonly defaults: Uint8Array;
  /** A newer answer that is held back while somebody points at the tree or has the focus in it. */
  readonly waiting: TreeColumns | undefined;
  /** What the waiting answer brings: the words of the chip. */
  readonly news: News;
  /** Refs of what came with the last answer that was taken: outlined for a moment. */
  readonly fresh: ReadonlySet<string>;
}

export interface News {
  readonly processes: number;
  readonly loud: number;
}

const NO_NEWS: News = { processes: 0, loud: 0 };
const NONE: ReadonlySet<string> = new Set();
/** More new ones at once than this are not outlined: then all is new. */
const MOST_FRESH = 500;

/** The first answer of a tree. */
export function openLiveTree(
  columns: TreeColumns,
  { lateLimitMs, selected, far }: { lateLimitMs: number; selected: string; far?: FoldFar },
): LiveTree {
  const model = buildTreeModel(columns, lateLimitMs);
  const folds = new Folds(model, far);
  const defaults = defaultExpansion(model, folds, model.rowOfRef(selected));
  return { model, folds, far, folded: 0, defaults, waiting: undefined, news: NO_NEWS, fresh: NONE };
}

/**
 * A newer answer for the same tree. Held: it waits, and only the figures of the chip move, so that nothing jumps under
 * a pointer. Not held: it is taken. An answer that is already shown or waiting changes nothing.
 */
export function arrive(live: LiveTree, columns: TreeColumns, isHeld: boolean): LiveTree {
  if (columns === live.model.answer || columns === live.waiting) return live;
  const news = newsOf(live.model, columns);
  const waiting = { ...live, waiting: columns, news };
  return isHeld && (news.processes > 0 || news.loud > 0) ? waiting : take(waiting);
}

/** Draws the waiting answer; selection and expansion are by ref and stay as they are. */
export function take(live: LiveTree): LiveTree {
  if (live.waiting === undefined) return live;
  const model = buildTreeModel(live.waiting, live.model.lateLimitMs);
  return {
    model,
    folds: new Folds(model, live.far),
    far: live.far,
    folded: 0,
    defaults: carryDefaults(live, model),
    waiting: undefined,
    news: NO_NEWS,
    fresh: freshOf(live.model, live.waiting),
  };
}

function freshOf(model: TreeModel, columns: TreeColumns): ReadonlySet<string> {
  const fresh = columns.nodes.ref.filter((ref) => model.rowOfRef(ref) === -1);
  return fresh.length > MOST_FRESH ? NONE : new Set(fresh);
}

/** The moment of the outlines is over. */
export function settle(live: LiveTree): LiveTree {
  return live.fresh.size === 0 ? live : { ...live, fresh: NONE };
}

/** How many processes and loud ones an answer has that the model has not. Linear; refs are compared, not places. */
function newsOf(model: TreeModel, columns: TreeColumns): News {
  let processes = 0;
  let loud = 0;
  const { ref } = columns.nodes;
  for (let row = 0; row < columns.nodes.count; row += 1) {
    const known = model.rowOfRef(ref[row] ?? '');
    const isLoud = columns.nodes.loud[row] === 1;
    if (known === -1) processes += 1;
    if (isLoud && (known === -1 || ((model.marks[known] ?? 0) & mark.loud) === 0)) loud += 1;
  }
  return { processes, loud };
}

/**
 * What was open by default stays open and what was not stays closed, whatever the new answer would open by itself;
 * only the way to a process that became loud since is opened.
 */
function carryDefaults(before: LiveTree, model: TreeModel): Uint8Array {
  const defaults = new Uint8Array(model.count);
  const { ref } = model.columns.nodes;
  for (let row = 0; row < model.count; row += 1) {
    const old = before.model.rowOfRef(ref[row] ?? '');
    if (old >= 0) {
      defaults[row] = before.defaults[old] ?? 0;
      const wasLoud = ((before.model.marks[old] ?? 0) & mark.loud) !== 0;
      if (wasLoud) continue;
    }
    if (((model.marks[row] ?? 0) & mark.loud) === 0) continue;
    for (let up = model.parent[row] ?? -1; up >= 0; up = model.parent[up] ?? -1) defaults[up] = 1;
  }
  return defaults;
}

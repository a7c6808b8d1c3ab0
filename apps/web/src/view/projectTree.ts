import { Entries } from './entries.ts';
import type { Folds } from './folds.ts';
import { IntList } from './intList.ts';
import { mark } from './marks.ts';
import { type ProjectionOptions, ProjectionRules } from './projectionRules.ts';
import { rowKind } from './rowKeys.ts';
import type { TreeModel } from './treeModel.ts';
import { rowState, type VisibleTree } from './visibleTree.ts';

/**
 * The drawn tree of a model: classify, fold, compress chains, cap, filter. One pass in preorder with a stack of its
 * own, so that depth costs nothing; linear in what is drawn and in the siblings of what is drawn.
 */
export function projectTree(
  model: TreeModel,
  folds: Folds,
  options: ProjectionOptions,
): VisibleTree {
  const rules = new ProjectionRules(model, options);
  const rows = new Rows(model);
  const entries = new Entries(model, folds, rules);
  const stack = new Stack();

  const from = options.root ?? -1;
  const outside = from < 0 ? 0 : model.count - 1 - (model.descendants[from] ?? 0);
  const outsideLoud = from < 0 ? 0 : model.loud - loudWithin(model, from);
  rows.add({ kind: rowKind.head, item: -1, parent: -1, level: 1, position: 1, setSize: 1 });
  const beyond = from < 0 ? NO_ALERTS : alertsOutside(model, from);
  rows.sum(0, outside, outsideLoud, beyond);
  rows.state.set(0, rowState.expandable | rowState.expanded);
  if (from < 0) entries.ofRoots();
  else entries.only(from);
  stack.take(entries, 0, 2);

  while (stack.length > 0) {
    const entry = stack.pop();
    const row = rows.add(entry);
    switch (entry.kind) {
      case rowKind.process: {
        const process = entry.item;
        const isOpen = entry.implied || process === from || rules.isOpen(process);
        const canOpen = entries.canOpen(process);
        const hidden = isOpen ? 0 : (model.descendants[process] ?? 0);
        rows.sum(
          row,
          1 + hidden,
          isOpen ? 0 : (model.loudBelow[process] ?? 0),
          isOpen
            ? NO_ALERTS
            : {
                count: model.alertsBelow[process] ?? 0,
                gravity: model.gravityBelow[process] ?? 0,
              },
        );
        rows.state.set(
          row,
          rules.stateOf(process) |
            (canOpen ? rowState.expandable : 0) |
            (canOpen && isOpen ? rowState.expanded : 0) |
            startsContainer(model, process),
        );
        if (!isOpen || !canOpen) break;
        entries.ofProcess(process);
        stack.take(entries, row, entry.level + 1);
        break;
      }
      case rowKind.group: {
        const members = entries.lists[entry.item] ?? new Int32Array(0);
        const isOpen = rules.isGroupOpen(members);
        if (!isOpen) rows.sumOf(row, members);
        rows.state.set(row, rules.dimBit | rowState.expandable | (isOpen ? rowState.expanded : 0));
        if (isOpen) {
          entries.ofGroup(members);
          stack.take(entries, row, entry.level + 1);
        }
        break;
      }
      case rowKind.capsule: {
        const steps = entries.lists[entry.item] ?? new Int32Array(0);
        rows.sum(row, steps.length, 0, NO_ALERTS);
        const isHost = ((model.marks[steps[0] ?? -1] ?? 0) & mark.host) !== 0;
        rows.state.set(
          row,
          rules.dimBit | rowState.expandable | (isHost ? rowState.infrastructure : 0),
        );
        entries.afterChain(steps);
        stack.take(entries, row, entry.level + 1);
        break;
      }
      case rowKind.more:
      case rowKind.hidden:
        rows.sumOf(row, entries.lists[entry.item] ?? new Int32Array(0));
        rows.state.set(row, rowState.expandable);
        break;
      case rowKind.destinations:
        rows.state.set(row, rules.dimBit | rowState.expandable);
        break;
      case rowKind.loose: {
        const { rules: told, leaves, alertCount, gravity } = model.loose;
        const canOpen = told.length + leaves.length > 0;
        const isOpen = canOpen && rules.isLooseOpen(told.length + leaves.length);
        rows.sum(row, 0, 0, isOpen ? NO_ALERTS : { count: alertCount, gravity });
        rows.state.set(
          row,
          rules.dimBit | (canOpen ? rowState.expandable : 0) | (isOpen ? rowState.expanded : 0),
        );
        if (!isOpen) break;
        entries.ofLoose();
        stack.take(entries, row, entry.level + 1);
        break;
      }
      default:
        rows.state.set(row, rules.dimBit);
    }
  }
  return rows.finish(entries.lists);
}

interface Alerts {
  readonly count: number;
  readonly gravity: number;
}

const NO_ALERTS: Alerts = { count: 0, gravity: 0 };

/** The alerts of all that is not at or below a process. */
function alertsOutside(model: TreeModel, root: number): Alerts {
  const { parent, gravity, columns } = model;
  const inside = new Uint8Array(model.count);
  let count = 0;
  let gravest = 0;
  for (let row = 0; row < model.count; row += 1) {
    if (row === root || inside[parent[row] ?? -1] === 1) {
      inside[row] = 1;
      continue;
    }
    count += columns.nodes.alerts[row] ?? 0;
    gravest = Math.max(gravest, gravity[row] ?? 0);
  }
  return { count, gravity: gravest };
}

function loudWithin(model: TreeModel, row: number): number {
  return (model.loudBelow[row] ?? 0) + ((model.marks[row] ?? 0) & mark.loud);
}

function startsContainer(model: TreeModel, process: number): number {
  const { container } = model.columns.nodes;
  const own = container[process] ?? -1;
  if (own < 0) return 0;
  const up = model.parent[process] ?? -1;
  return up >= 0 && container[up] === own ? 0 : rowState.containerStart;
}

interface Entry {
  readonly kind: number;
  readonly item: number;
  readonly parent: number;
  readonly level: number;
  readonly position: number;
  readonly setSize: number;
}

/** The columns of a `VisibleTree` while they grow. */
class Rows {
  readonly #model: TreeModel;
  readonly #kind = new IntList();
  readonly #item = new IntList();
  readonly #parent = new IntList();
  readonly #level = new IntList();
  readonly #position = new IntList();
  readonly #setSize = new IntList();
  readonly state = new IntList();
  readonly #covers = new IntList();
  readonly #loud = new IntList();
  readonly #alerts = new IntList();
  readonly #gravity = new IntList();
  readonly #rowOfProcess: Int32Array;

  constructor(model: TreeModel) {
    this.#model = model;
    this.#rowOfProcess = new Int32Array(model.count).fill(-1);
  }

  add(entry: Entry): number {
    const row = this.#kind.push(entry.kind);
    this.#item.push(entry.item);
    this.#parent.push(entry.parent);
    this.#level.push(entry.level);
    this.#position.push(entry.position);
    this.#setSize.push(entry.setSize);
    this.state.push(0);
    this.#covers.push(0);
    this.#loud.push(0);
    this.#alerts.push(0);
    this.#gravity.push(0);
    if (entry.kind === rowKind.process) this.#rowOfProcess[entry.item] = row;
    return row;
  }

  sum(row: number, covers: number, loud: number, alerts: Alerts): void {
    this.#covers.set(row, covers);
    this.#loud.set(row, loud);
    this.#alerts.set(row, alerts.count);
    this.#gravity.set(row, alerts.gravity);
  }

  /** The sums of whole subtrees that are not drawn. */
  sumOf(row: number, processes: Int32Array): void {
    const { descendants, alertsBelow, gravity, gravityBelow, columns } = this.#model;
    let covers = 0;
    let loud = 0;
    let count = 0;
    let gravest = 0;
    for (const process of processes) {
      covers += 1 + (descendants[process] ?? 0);
      loud += loudWithin(this.#model, process);
      count += (alertsBelow[process] ?? 0) + (columns.nodes.alerts[process] ?? 0);
      gravest = Math.max(gravest, gravity[process] ?? 0, gravityBelow[process] ?? 0);
    }
    this.sum(row, covers, loud, { count, gravity: gravest });
  }

  finish(lists: readonly Int32Array[]): VisibleTree {
    const parent = this.#parent.toArray();
    const { length } = parent;
    const end = new Int32Array(length);
    for (let row = length - 1; row >= 0; row -= 1) {
      if ((end[row] ?? 0) === 0) end[row] = row + 1;
      const up = parent[row] ?? -1;
      if (up >= 0 && (end[up] ?? 0) < (end[row] ?? 0)) end[up] = end[row] ?? 0;
    }
    return {
      model: this.#model,
      count: length,
      kind: Uint8Array.from(this.#kind.toArray()),
      item: this.#item.toArray(),
      parent,
      level: this.#level.toArray(),
      position: this.#position.toArray(),
      setSize: this.#setSize.toArray(),
      state: Uint8Array.from(this.state.toArray()),
      covers: this.#covers.toArray(),
      hiddenLoud: this.#loud.toArray(),
      hiddenAlerts: this.#alerts.toArray(),
      hiddenGravity: Uint8Array.from(this.#gravity.toArray()),
      end,
      lists,
      rowOfProcess: this.#rowOfProcess,
    };
  }
}

/** What is still to be drawn, the next on top. */
class Stack {
  readonly #kind = new IntList();
  readonly #item = new IntList();
  readonly #parent = new IntList();
  readonly #level = new IntList();
  readonly #position = new IntList();
  readonly #setSize = new IntList();
  readonly #implied = new IntList();

  get length(): number {
    return this.#kind.length;
  }

  take(entries: Entries, parent: number, level: number): void {
    for (let at = entries.length - 1; at >= 0; at -= 1) {
      this.#kind.push(entries.kindAt(at));
      this.#item.push(entries.itemAt(at));
      this.#parent.push(parent);
      this.#level.push(level);
      this.#position.push(entries.positionAt(at));
      this.#setSize.push(entries.total);
      this.#implied.push(entries.impliedAt(at));
    }
  }

  pop(): Entry & { readonly implied: boolean } {
    return {
      kind: this.#kind.pop(),
      item: this.#item.pop(),
      parent: this.#parent.pop(),
      level: this.#level.pop(),
      position: this.#position.pop(),
      setSize: this.#setSize.pop(),
      implied: this.#implied.pop() === 1,
    };
  }
}

import type { FilterOverlay } from './filterOverlay.ts';
import { mark, remarkable } from './marks.ts';
import {
  capsuleKey,
  destinationsKey,
  groupKey,
  hiddenKey,
  leafKey,
  looseKey,
  moreKey,
  moreOfGroupKey,
} from './rowKeys.ts';
import type { TreeModel } from './treeModel.ts';
import { rowState } from './visibleTree.ts';

/** As many entries of what happened to no process are open by themselves. */
const FEW_LOOSE = 8;

export interface ProjectionOptions {
  readonly shape: 'graph' | 'rows';
  /** False: neither groups, capsules nor caps; every process that is opened is drawn. */
  readonly fold: boolean;
  /** Keys opened and closed against the defaults; `*` opens all, `*3` the first three levels. */
  readonly opened: ReadonlySet<string>;
  readonly closed: ReadonlySet<string>;
  /** 1: open unless closed, by process. */
  readonly defaults: Uint8Array;
  readonly overlay?: FilterOverlay | undefined;
  /** Refs, and keys of connections, that somebody went to: never folded away, and what is above them is open unless closed by hand. */
  readonly pins?: ReadonlySet<string> | undefined;
  /** The process the tree is rooted at for now. */
  readonly root?: number | undefined;
}

/** How many levels a star key opens; undefined without one. */
export function levelsOpened(opened: ReadonlySet<string>): number | undefined {
  for (const key of opened) {
    if (!key.startsWith('*')) continue;
    const levels = Number(key.slice(1));
    return key === '*' || !Number.isInteger(levels) ? Infinity : levels;
  }
  return undefined;
}

/** The state of a view, resolved against one model. */
export class ProjectionRules {
  readonly options: ProjectionOptions;
  readonly dimBit: number;
  readonly #model: TreeModel;
  readonly #levels: number | undefined;
  /** 1 opened, 2 closed, by process; undefined when nobody touched anything. */
  readonly #touched: Uint8Array | undefined;
  /** What somebody went to, and what is above it. */
  readonly #pinned = new Set<number>();
  readonly #above = new Set<number>();

  constructor(model: TreeModel, options: ProjectionOptions) {
    this.#model = model;
    this.options = options;
    this.#levels = levelsOpened(options.opened);
    this.dimBit = options.overlay === undefined ? 0 : rowState.dim;
    if (options.opened.size > 0 || options.closed.size > 0) {
      const touched = new Uint8Array(model.count);
      const touch = (key: string, as: number) => {
        const row = model.rowOfRef(key);
        if (row >= 0) touched[row] = as;
      };
      for (const key of options.opened) touch(key, 1);
      for (const key of options.closed) touch(key, 2);
      this.#touched = touched;
    }
    for (const ref of options.pins ?? []) {
      const pinned = model.rowOfRef(ref);
      if (pinned < 0) continue;
      this.#pinned.add(pinned);
      let row = model.parent[pinned] ?? -1;
      for (; row >= 0 && !this.#above.has(row); row = model.parent[row] ?? -1) this.#above.add(row);
    }
  }

  isOpen(row: number): boolean {
    const touched = this.#touched?.[row] ?? 0;
    if (touched !== 0) return touched === 1;
    if (this.#above.has(row) || this.options.overlay?.open[row] === 1) return true;
    if (this.#levels !== undefined) return (this.#model.depth[row] ?? 0) < this.#levels;
    return this.options.defaults[row] === 1;
  }

  isClosedByHand(row: number): boolean {
    return this.#touched?.[row] === 2;
  }

  /** Somebody went to it or to something below it: it is not folded away. */
  isPinned(row: number): boolean {
    return this.#pinned.has(row) || this.#above.has(row);
  }

  /** Somebody went to this connection of it: it is not folded away. `place` among those of the process. */
  isLeafPinned(process: number, place: number): boolean {
    return this.options.pins?.has(leafKey(this.ref(process), place)) === true;
  }

  /** Whether the filter hides it; what was gone to is never hidden. */
  isFilteredOut(row: number): boolean {
    const { overlay } = this.options;
    if (overlay === undefined || overlay.mode === 'dim') return false;
    return (overlay.within[row] ?? 0) === 0 && !this.isPinned(row);
  }

  isMatch(row: number): boolean {
    return this.options.overlay?.matched[row] === 1;
  }

  stateOf(row: number): number {
    if (this.options.overlay === undefined) return 0;
    return this.isMatch(row) ? rowState.match : rowState.dim;
  }

  /** May vanish into a folded group: nobody went to it or asks for it. */
  mayFold(row: number): boolean {
    return !this.isPinned(row) && !this.isMatch(row);
  }

  isGroupOpen(members: Int32Array): boolean {
    return this.#has(groupKey(this.ref(members[0])));
  }

  isCapsuleOpen(firstStep: number): boolean {
    return this.#has(capsuleKey(this.ref(firstStep)));
  }

  areDestinationsOpen(process: number): boolean {
    return this.#has(destinationsKey(this.ref(process)));
  }

  /** What happened to no process: open while it is little, unless somebody closed it. */
  isLooseOpen(entries: number): boolean {
    if (this.#has(looseKey)) return true;
    if (this.options.closed.has(looseKey)) return false;
    return this.#levels === undefined ? entries <= FEW_LOOSE : this.#levels > 0;
  }

  isHiddenOpen(parent: number): boolean {
    return this.#has(hiddenKey(this.ref(parent)));
  }

  /** Pages of fifty opened below a process, or below a group named by its first member. */
  pagesBelow(row: number, isGroup: boolean): number {
    const key = isGroup ? moreOfGroupKey : moreKey;
    let pages = 0;
    while (this.#has(key(this.ref(row), pages + 1))) pages += 1;
    return pages;
  }

  /** One step of a chain that says nothing by itself. */
  isOrdinaryStep(row: number): boolean {
    const model = this.#model;
    if (((model.marks[row] ?? 0) & remarkable) !== 0) return false;
    if (((model.marks[row] ?? 0) & mark.host) !== 0) return false;
    if (model.children[row] !== 1 || this.#pinned.has(row) || this.isMatch(row)) return false;
    if (model.leafStart[row] !== model.leafStart[row + 1] || this.isClosedByHand(row)) return false;
    const { uid, container } = model.columns.nodes;
    const up = model.parent[row] ?? -1;
    return up < 0 || (uid[up] === uid[row] && container[up] === container[row]);
  }

  /** One step of the host's own chain above a pod: systemd, the shim. */
  isInfrastructureStep(row: number): boolean {
    const model = this.#model;
    const marks = model.marks[row] ?? 0;
    if ((marks & mark.host) === 0 || (marks & (mark.loud | mark.alert)) !== 0) return false;
    if (model.columns.pod.kind === 'host' || model.children[row] !== 1) return false;
    // A ghost just above the container says who started it, and how well that is known.
    const below = model.marks[model.first[row] ?? -1] ?? 0;
    if ((marks & mark.ghost) !== 0 && (below & mark.host) === 0) return false;
    if (this.#pinned.has(row) || this.isMatch(row) || this.isClosedByHand(row)) return false;
    return model.leafStart[row] === model.leafStart[row + 1];
  }

  ref(row: number | undefined): string {
    return this.#model.columns.nodes.ref[row ?? -1] ?? '';
  }

  #has(key: string): boolean {
    return this.options.opened.has(key);
  }
}

import type { Nanos } from '../event/time.ts';
import type { DerivedContainer } from '../graph/derived.ts';
import type { PodItem } from '../wire/inventory.ts';
import type { TreeColumns } from '../wire/tree.ts';
import type { AnswerContext } from './context.ts';
import { Dictionary } from './dictionary.ts';
import { LeafColumns } from './leafColumns.ts';
import { NodeColumns } from './nodeColumns.ts';
import { timeTextOf } from './timeText.ts';
import { treeAgents } from './treeAgents.ts';
import { treeLoose } from './treeLoose.ts';

/** Which part of a forest to answer with, and whose it is. */
export interface TreeSelection {
  /** Indexes into `derived.processes`, parents before children. */
  readonly indexes: readonly number[];
  /** Processes of the tree before it was cut to a container or a time; absent: it was not. */
  readonly all?: number;
  /** Row of each row's parent, -1 for a root; absent: the process's own parent, as far as it is selected. */
  readonly parents?: readonly number[];
  /** Processes that each row stands for; absent: 1 (a node's tree shows a container as one row). */
  readonly counts?: readonly number[];
  readonly pod: PodItem;
  readonly alternatives: TreeColumns['alternatives'];
  /** Index into `derived.pods`; undefined for a node's tree. */
  readonly podIndex: number | undefined;
  /** [from, to) that it was cut to; absent: all times. */
  readonly range?: { readonly from?: Nanos | undefined; readonly to?: Nanos | undefined };
}

/** Encodes a tree as columns (`format=columns`). Linear in its processes and leaves. */
export function treeColumns(context: AnswerContext, selection: TreeSelection): TreeColumns {
  const { derived } = context;
  const strings = new Dictionary();
  const containers = derived.containers.flatMap((container, index) =>
    container.pod === selection.podIndex ? [{ container, index }] : [],
  );
  const containerRows = new Map(containers.map(({ index }, row) => [index, row]));
  const processes = new NodeColumns(context, selection, containerRows, strings);
  const leaves = new LeafColumns(derived, strings);
  for (const [row, index] of selection.indexes.entries()) {
    const process = derived.processes[index];
    if (process === undefined) continue;
    processes.push(process, row);
    for (const leaf of process.connections) leaves.push(leaf, row);
  }
  const nodes = processes.finished();
  return {
    pod: selection.pod,
    alternatives: selection.alternatives,
    containers: containers.map(({ container }) =>
      treeContainer(container, processes.rowOf(container.main)),
    ),
    strings: strings.texts(),
    nodes,
    connections: leaves.columns,
    images: processes.images.columns,
    authors: processes.authors.authors(),
    rules: processes.rules.rules(),
    agents: treeAgents(derived, selection),
    loose: treeLoose(derived, selection),
    totals: totalsOf(nodes, selection),
    completeness: context.completeness,
  };
}

function treeContainer(
  { fact, kind }: DerivedContainer,
  main: number,
): TreeColumns['containers'][number] {
  return {
    id: fact.id,
    name: fact.name,
    image: fact.imageName ?? '',
    imageId: fact.imageId ?? '',
    startTime: timeTextOf(fact.startTime),
    kind,
    main,
  };
}

function totalsOf(nodes: TreeColumns['nodes'], { all }: TreeSelection): TreeColumns['totals'] {
  return {
    all: all ?? nodes.count,
    matched: nodes.count,
    returned: nodes.count,
    ghosts: nodes.kind.filter((kind) => kind === 'ghost').length,
    hidden: 0,
  };
}

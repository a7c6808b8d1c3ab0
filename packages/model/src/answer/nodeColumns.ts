import type { DerivedProcess } from '../graph/derived.ts';
import type { TreeColumns } from '../wire/tree.ts';
import { idsOf } from './agentIds.ts';
import { type AnswerContext, endOf, podNameOf, podText } from './context.ts';
import type { Dictionary } from './dictionary.ts';
import { ImageColumns, triState } from './imageColumns.ts';
import { microsOf, nanosOf } from './timeText.ts';
import { maxSeverityOf } from './toldAlerts.ts';
import { ToldAuthors } from './toldAuthors.ts';
import { ToldRules } from './toldRules.ts';

type Columns = TreeColumns['nodes'];

/** Which processes the rows are, and what differs from what they say of themselves. */
interface Rows {
  /** Indexes into `derived.processes`, parents before children. */
  readonly indexes: readonly number[];
  /** By row: the row of its parent, -1 for a root; absent: the process's own parent, as far as it has a row. */
  readonly parents?: readonly number[];
  /** By row: processes that it stands for; absent: 1. */
  readonly counts?: readonly number[];
}

/** The processes of a tree, row by row, and what their rows point at: images, authors, rules. */
export class NodeColumns {
  readonly #context: AnswerContext;
  readonly #selection: Rows;
  readonly #strings: Dictionary;
  readonly #containerRows: ReadonlyMap<number, number>;
  readonly #rows: ReadonlyMap<number, number>;
  readonly #columns: Columns;
  readonly images: ImageColumns;
  readonly authors = new ToldAuthors();
  readonly rules = new ToldRules();

  /** `containerRows`: the answer's rows of containers, by index into `derived.containers`. */
  constructor(
    context: AnswerContext,
    selection: Rows,
    containerRows: ReadonlyMap<number, number>,
    strings: Dictionary,
  ) {
    this.#context = context;
    this.#selection = selection;
    this.#containerRows = containerRows;
    this.#strings = strings;
    this.#rows = new Map(selection.indexes.map((index, row) => [index, row]));
    this.#columns = emptyColumns(selection.indexes.length);
    this.images = new ImageColumns(strings);
  }

  /** The row of a process, by index into `derived.processes`; -1: it has none. */
  rowOf(process: number | undefined): number {
    return rowIn(this.#rows, process);
  }

  /** Adds the process of the next row. */
  push(process: DerivedProcess, row: number): void {
    this.#pushWho(process, row);
    this.#pushLife(process);
    this.#pushJudgement(process);
    this.#pushReferences(process);
    this.#pushTold(process);
    this.#columns.descendants[row] = (this.#selection.counts?.[row] ?? 1) - 1;
    this.#columns.loudBelow[row] = 0;
  }

  /** The columns, when all processes are in. */
  finished(): Columns {
    addSubtreeCounts(this.#columns);
    return this.#columns;
  }

  #pushWho(process: DerivedProcess, row: number): void {
    const strings = this.#strings;
    const columns = this.#columns;
    columns.ref.push(process.ref);
    columns.execId.push(strings.indexOf(process.execId));
    columns.dialect.push(strings.indexOf(process.dialect));
    columns.parent.push(this.#selection.parents?.[row] ?? this.rowOf(process.parent));
    columns.kind.push(process.kind);
    columns.binary.push(strings.indexOf(process.binary));
    columns.arguments.push(strings.indexOf(process.arguments));
    columns.cwd.push(strings.indexOf(process.cwd));
    columns.pid.push(process.pid ?? null);
    columns.nsPid.push(process.nsPid ?? null);
    columns.uid.push(process.uid ?? null);
    columns.auid.push(process.auid ?? null);
    columns.user.push(strings.indexOf(process.user));
  }

  #pushLife(process: DerivedProcess): void {
    const strings = this.#strings;
    const columns = this.#columns;
    columns.startTimeUs.push(microsOf(process.startTime));
    columns.startTimeNs.push(nanosOf(process.startTime));
    columns.endTimeUs.push(microsOf(process.endTime));
    columns.endTimeNs.push(nanosOf(process.endTime));
    columns.end.push(endOf(this.#context, process));
    columns.exitCode.push(process.exitCode ?? null);
    columns.signal.push(strings.indexOf(process.exitSignal));
    columns.container.push(rowIn(this.#containerRows, process.container));
    columns.pod.push(strings.indexOf(podText(podNameOf(this.#context.derived, process))));
  }

  #pushJudgement(process: DerivedProcess): void {
    const columns = this.#columns;
    columns.role.push(process.role);
    columns.lateByMs.push(process.lateByMs ?? null);
    columns.lateBase.push(process.lateBase ?? null);
    columns.isNew.push(triState(process.isNew));
    columns.loud.push(process.loud ? 1 : 0);
    columns.linkMethod.push(process.linkMethod);
    columns.linkReason.push(this.#strings.indexOf(process.suspect));
  }

  #pushReferences(process: DerivedProcess): void {
    const columns = this.#columns;
    columns.images.push(
      process.images.length > 1 ? process.images.map((image) => this.images.push(image)) : null,
    );
    columns.ids.push(
      process.ids.length === 0
        ? null
        : idsOf(process).map(({ dialect, id }) => [dialect, this.#strings.indexOf(id)]),
    );
    columns.author.push(process.author === undefined ? null : this.authors.rowOf(process.author));
  }

  #pushTold(process: DerivedProcess): void {
    const columns = this.#columns;
    columns.flags.push(process.flags.map(({ code }) => code));
    columns.policies.push(
      this.#strings.indexOf(process.counts.policies.map(({ policy }) => policy).join(', ')),
    );
    columns.events.exec.push(process.counts.exec);
    columns.events.network.push(process.counts.network);
    columns.events.dns.push(process.counts.dns);
    columns.events.file.push(process.counts.file);
    columns.events.other.push(process.counts.other);
    columns.alerts.push(process.alerts.length);
    columns.maxSeverity.push(maxSeverityOf(process.alerts) ?? null);
    columns.rules.push(this.rules.rowsOf(process.alerts));
  }
}

function rowIn(rows: ReadonlyMap<number, number>, index: number | undefined): number {
  return index === undefined ? -1 : (rows.get(index) ?? -1);
}

/** Parents stand before children, so one backward pass sums every subtree. */
function addSubtreeCounts(nodes: Columns): void {
  for (let row = nodes.count - 1; row >= 0; row -= 1) {
    const parent = nodes.parent[row] ?? -1;
    if (parent < 0) continue;
    nodes.descendants[parent] =
      (nodes.descendants[parent] ?? 0) + (nodes.descendants[row] ?? 0) + 1;
    nodes.loudBelow[parent] =
      (nodes.loudBelow[parent] ?? 0) + (nodes.loudBelow[row] ?? 0) + (nodes.loud[row] ?? 0);
  }
}

function emptyColumns(count: number): Columns {
  return {
    count,
    ref: [],
    execId: [],
    dialect: [],
    parent: [],
    kind: [],
    binary: [],
    arguments: [],
    cwd: [],
    pid: [],
    nsPid: [],
    uid: [],
    auid: [],
    user: [],
    startTimeUs: [],
    startTimeNs: [],
    endTimeUs: [],
    endTimeNs: [],
    end: [],
    exitCode: [],
    signal: [],
    container: [],
    pod: [],
    role: [],
    lateByMs: [],
    lateBase: [],
    isNew: [],
    loud: [],
    linkMethod: [],
    linkReason: [],
    images: [],
    ids: [],
    author: [],
    flags: [],
    policies: [],
    events: { exec: [], network: [], dns: [], file: [], other: [] },
    descendants: [],
    loudBelow: [],
    alerts: [],
    maxSeverity: [],
    rules: [],
  };
}

import { LabelCounts } from '@forebear/model/event/labelCounts';
import { BootSeconds } from '@forebear/model/graph/facts/bootSeconds';
import type Database from 'better-sqlite3';
import { type NodeRow, type NodeState, nodeStateOf } from '../layout/nodeRow.ts';

/** The writer's nodes: what each has reported, and when it booted. */
export class NodeTable {
  readonly #db: Database.Database;
  readonly #upsert: Database.Statement;
  #nodes = new Map<string, NodeState>();
  #changed = new Set<NodeState>();

  constructor(db: Database.Database) {
    this.#db = db;
    this.#upsert = db.prepare('INSERT OR REPLACE INTO nodes VALUES (?, ?, ?, ?, ?, ?)');
    this.reload();
  }

  reload(): void {
    this.#nodes = new Map();
    this.#changed.clear();
    for (const row of this.#db
      .prepare<[], NodeRow>('SELECT * FROM nodes')
      .safeIntegers()
      .iterate()) {
      this.#nodes.set(`${row.cluster}\0${row.node}`, nodeStateOf(row));
    }
  }

  /** Adds what a batch counts of a node. */
  addEvents(
    cluster: string,
    node: string,
    kinds: ReadonlyMap<string, number>,
    first: bigint | undefined,
    last: bigint | undefined,
  ): void {
    const state = this.#stateFor(cluster, node);
    this.#changed.add(state);
    for (const [kind, count] of kinds) state.kinds.add(kind, count);
    if (first !== undefined && (state.first === undefined || first < state.first))
      state.first = first;
    if (last !== undefined && (state.last === undefined || last > state.last)) state.last = last;
  }

  /** Notes the second of a boot that one process's start and ktime imply. */
  addBoot(cluster: string, node: string, second: number): void {
    const state = this.#stateFor(cluster, node);
    if (state.boots.add(second)) this.#changed.add(state);
  }

  flush(): void {
    for (const state of this.#changed) {
      this.#upsert.run(
        state.cluster,
        state.node,
        state.first ?? null,
        state.last ?? null,
        JSON.stringify(Array.from(state.kinds.map())),
        JSON.stringify(state.boots.list()),
      );
    }
    this.#changed.clear();
  }

  #stateFor(cluster: string, node: string): NodeState {
    const key = `${cluster}\0${node}`;
    let state = this.#nodes.get(key);
    if (state === undefined) {
      state = {
        cluster,
        node,
        first: undefined,
        last: undefined,
        kinds: new LabelCounts(),
        boots: new BootSeconds(),
      };
      this.#nodes.set(key, state);
      this.#changed.add(state);
    }
    return state;
  }
}

import type { NodeFact } from '@forebear/model/event/facts';
import { LabelCounts } from '@forebear/model/event/labelCounts';
import { nanos } from '@forebear/model/event/time';
import { BootSeconds } from '@forebear/model/graph/facts/bootSeconds';
import { storedJson } from './storedJson.ts';

/** A row of `nodes`, read with safe integers. */
export interface NodeRow {
  readonly cluster: string;
  readonly node: string;
  readonly first_time: bigint | null;
  readonly last_time: bigint | null;
  readonly kinds: string;
  readonly boot_seconds: string;
}

/** What a node has reported, and when it booted, as the writer adds to it. */
export interface NodeState {
  readonly cluster: string;
  readonly node: string;
  first: bigint | undefined;
  last: bigint | undefined;
  readonly kinds: LabelCounts;
  readonly boots: BootSeconds;
}

/** A row of `nodes`, read with safe integers, as a fact. */
export function nodeFactOfRow(row: NodeRow): NodeFact {
  const state = nodeStateOf(row);
  return {
    cluster: row.cluster,
    node: row.node,
    kinds: state.kinds.map(),
    bootSeconds: state.boots.list(),
    ...(state.first === undefined ? {} : { firstTime: nanos(state.first) }),
    ...(state.last === undefined ? {} : { lastTime: nanos(state.last) }),
  };
}

export function nodeStateOf(row: NodeRow): NodeState {
  const kinds = storedJson.pairs(row.kinds);
  const boots = storedJson.numbers(row.boot_seconds);
  return {
    cluster: row.cluster,
    node: row.node,
    first: row.first_time ?? undefined,
    last: row.last_time ?? undefined,
    kinds: new LabelCounts(kinds),
    boots: new BootSeconds(boots),
  };
}

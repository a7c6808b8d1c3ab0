import type { Knowledge } from '@forebear/model/words/agentSettings';
import { type CaseMissing, missingOfCase, type ReportingNode } from '@forebear/model/words/missing';
import type { TreeModel } from '../../view/treeModel.ts';

/** What the processes of a tree are without: what their times and ends would be told by, had an agent told it. */
export function lacksOf(model: TreeModel): ReadonlySet<Knowledge> {
  const { nodes, containers } = model.columns;
  const lacks = new Set<Knowledge>();
  if (model.count === 0) return lacks;
  if (!nodes.kind.includes('exec')) lacks.add('start');
  if (!nodes.end.includes('exited')) lacks.add('end');
  const isFromFirst = nodes.lateBase.includes('first_seen');
  if (isFromFirst && containers.some(({ startTime }) => startTime === null))
    lacks.add('container_start');
  if (nodes.startTimeUs.every((start) => start === null)) lacks.add('time');
  return lacks;
}

/**
 * What a tree lacks because its agents do not tell it, with the setting of each that would. `nodes`: all that report in the
 * case; the tree is of one of them, and of what has no node. `alone`: the agents whose tree it is, when it is not of all.
 */
export function lackingOf(
  model: TreeModel,
  nodes: readonly ReportingNode[],
  alone: readonly string[] = [],
): readonly CaseMissing[] {
  const lacks = lacksOf(model);
  if (lacks.size === 0) return [];
  const { pod } = model.columns;
  const agents = alone.length > 0 ? alone : model.answer.agents.map(({ agent }) => agent);
  const kinds: Record<string, number> = {};
  for (const one of nodes) {
    if (one.node === pod.node || one.node === '') Object.assign(kinds, one.kinds);
  }
  return missingOfCase([{ node: pod.node, agents, kinds }]).filter(({ what }) => lacks.has(what));
}

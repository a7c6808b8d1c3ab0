import { tellsEnds } from '@forebear/model/words/missing';
import { mark } from './marks.ts';
import { textOf } from './texts.ts';
import type { TreeModel } from './treeModel.ts';

/**
 * What is known of a process whose exit is not in the log: `alive` at its end, for an agent that names it tells exits; else
 * `untold`. Undefined: its end is told, or it has none to miss: what is only named by others, and what was prevented.
 */
export type OpenEnd = 'alive' | 'untold' | undefined;

export function openEndOf(model: TreeModel, row: number): OpenEnd {
  if (((model.marks[row] ?? 0) & mark.blocked) !== 0) return undefined;
  const { end, kind, ids, dialect } = model.columns.nodes;
  if (kind[row] === 'ghost' || kind[row] === 'inferred') return undefined;
  if (end[row] !== 'running' && end[row] !== 'unknown') return undefined;
  const agents = ids[row]?.map(([agent]) => agent) ?? [];
  return areEndsTold(model, [textOf(model, dialect[row]), ...agents]) ? 'alive' : 'untold';
}

/** Whether one of these agents would have told an exit: it always does, or it did so of another process of this tree. */
export function areEndsTold(model: TreeModel, agents: readonly string[]): boolean {
  return agents.some((agent) => {
    const tells = tellsEnds(agent);
    return tells === 'always' || (tells === 'when set' && tellersOf(model).has(agent));
  });
}

const known = new WeakMap<TreeModel, ReadonlySet<string>>();

/** The agents whose processes of this tree have exits. */
function tellersOf(model: TreeModel): ReadonlySet<string> {
  const before = known.get(model);
  if (before !== undefined) return before;
  const { end, dialect } = model.columns.nodes;
  const tellers = new Set<string>();
  for (const [row, each] of end.entries())
    if (each === 'exited') tellers.add(textOf(model, dialect[row]));
  known.set(model, tellers);
  return tellers;
}

import { type Dialect, dialects } from '../event/dialects.ts';
import type { Author, Derived, DerivedProcess } from '../graph/derived.ts';
import type { WireAuthor } from '../wire/judgements.ts';
import type { TreeColumns, TreeNode } from '../wire/tree.ts';
import { timeTextOf } from './timeText.ts';

/** What agents call a process, its own id first. */
export function idsOf(process: DerivedProcess): TreeNode['ids'] {
  const { dialect, execId: id } = process;
  return [{ dialect, id, evidence: 'own' }, ...process.ids];
}

/**
 * The agents that speak of some processes, and of a pod or node without naming one, in the order of `dialects`. `told`: who
 * did the latter.
 */
export function agentsOf(
  { processes }: Derived,
  indexes: readonly number[],
  told: Iterable<Dialect>,
): TreeColumns['agents'] {
  const counts = new Map<string, number>(Array.from(told, (dialect) => [dialect, 0]));
  for (const index of indexes) {
    const process = processes[index];
    if (process === undefined) continue;
    for (const dialect of dialectsOf(process)) counts.set(dialect, (counts.get(dialect) ?? 0) + 1);
  }
  return dialects.flatMap((agent) => {
    const count = counts.get(agent);
    return count === undefined ? [] : [{ agent, processes: count }];
  });
}

/** Every dialect that has a name for a process. */
export function dialectsOf({ keys, otherKeys }: DerivedProcess): ReadonlySet<string> {
  const found = new Set<string>();
  for (const list of [keys, otherKeys]) for (const key of list) found.add(dialectIn(key));
  return found;
}

/** An author as it is told. */
export function wireAuthor(author: Author): WireAuthor {
  return { ...author, sourceIps: [...author.sourceIps], time: timeTextOf(author.time) };
}

/** `processKey` is dialect, cluster and id. */
function dialectIn(key: string): string {
  return key.slice(0, key.indexOf('\0'));
}

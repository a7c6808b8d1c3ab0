import type { Dialect } from '../event/dialects.ts';
import { dialectOfKey, type Facts } from '../event/facts.ts';

/**
 * Who told of an exit, anywhere in the case: only then is the silence about another process's an answer. Tetragon by the events of its
 * nodes, which every part of a case knows of the whole: the exits of a part are its own alone.
 */
export function exitTellersOf({ exits, nodes }: Facts): ReadonlySet<Dialect> {
  const tellers = new Set<Dialect>();
  for (const { process } of exits) {
    const dialect = dialectOfKey(process);
    if (dialect !== 'tetragon') tellers.add(dialect);
  }
  if (nodes.some(({ kinds }) => kinds.has('process_exit'))) tellers.add('tetragon');
  return tellers;
}

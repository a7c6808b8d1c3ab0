import type { Derived, DerivedProcess } from '../graph/derived.ts';
import { isGraveAlert } from './gravity.ts';

/**
 * Whether a process that matters still ran when the log ended: loud, with a grave alert or a call to the outside, and without an
 * exit. Only where one of its agents told an exit of anybody in the case: the silence of one that never does is none.
 */
export function isStillRunning(derived: Derived, process: DerivedProcess): boolean {
  const { loud, end, flags, alerts, connections, dialect, ids } = process;
  if (!loud || end !== 'unknown') return false;
  if (flags.some(({ code }) => code === 'blocked')) return false;
  const isGrave =
    alerts.some(isGraveAlert) ||
    connections.some(({ external, direction }) => external && direction === 'outbound');
  if (!isGrave) return false;
  const { exitTellers } = derived;
  return exitTellers.has(dialect) || ids.some((id) => exitTellers.has(id.dialect));
}

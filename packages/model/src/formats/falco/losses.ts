import type { GapDetail } from '../../event/event.ts';
import { countOf, textOf } from '../read.ts';
import type { Fields } from './fields.ts';

/** How every rule begins that Falco writes about itself. */
export const INTERNAL = 'Falco internal: ';
const DROP = `${INTERNAL}syscall event drop`;
const METRICS = `${INTERNAL}metrics snapshot`;

/** What a record of Falco about itself says: events it lost, or nothing of interest. */
export type SelfReport =
  | { readonly kind: 'lost'; readonly gap: GapDetail }
  | { readonly kind: 'skipped'; readonly reason: 'metrics' | 'internal' };

/** Reads a record whose rule begins with `INTERNAL`. */
export function selfReportOf(rule: string, fields: Fields, output: unknown): SelfReport {
  if (rule === DROP) return dropOf(fields, textOf(output) ?? '');
  if (rule === METRICS) return metricsOf(fields);
  return { kind: 'skipped', reason: 'internal' };
}

function dropOf(fields: Fields, output: string): SelfReport {
  const count = countOf(fields.n_drops) ?? countOf(COUNTED.exec(output)?.[1]);
  return lost(count, 'system calls dropped before Falco read them');
}

const COUNTED = /(\d{1,15}) system calls? dropped/;

/**
 * A snapshot counts from the agent's start and repeats the count of the one before, so that only the difference is new. Where
 * it gives a share only, how many were lost is not known.
 */
function metricsOf(fields: Fields): SelfReport {
  const dropped = countOf(fields['scap.n_drops']) ?? 0;
  const before = countOf(fields['scap.n_drops_prev']) ?? 0;
  // The counters begin anew with the agent.
  const news = dropped < before ? dropped : dropped - before;
  if (news > 0) return lost(news, 'system calls dropped before Falco read them');
  const share = fields['scap.n_drops_perc'];
  if (typeof share === 'number' && share > 0) {
    return lost(undefined, 'system calls dropped before Falco read them');
  }
  const outputs = countOf(fields['falco.outputs_queue_num_drops']) ?? 0;
  if (outputs > 0) return lost(outputs, 'alerts dropped from the output queue since Falco started');
  const full = countOf(fields['falco.n_drops_full_threadtable']) ?? 0;
  if (full > 0) return lost(full, 'processes dropped from a full thread table since Falco started');
  return { kind: 'skipped', reason: 'metrics' };
}

function lost(count: number | undefined, cgroup: string): SelfReport {
  const gap: GapDetail = {
    gap: 'lost_events',
    ...(count === undefined ? {} : { count }),
    cgroup,
  };
  return { kind: 'lost', gap };
}

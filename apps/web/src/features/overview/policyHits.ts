import { type EventItem, policyLabels, type Source } from '../../api/answers.ts';

/** What one policy of the agent reported. */
export interface PolicyHits {
  readonly policy: string;
  readonly hits: number;
  /** Whose, the most first. */
  readonly processes: readonly HitProcess[];
}

export interface HitProcess {
  readonly ref: string;
  readonly binary: string;
  readonly pid: number | null;
  /** Null: a host's. */
  readonly pod: EventItem['pod'];
  readonly node: string;
  readonly hits: number;
}

/** Whether any source tells of policies: else there is nothing to ask for. */
export function mayHavePolicies(sources: readonly Pick<Source, 'kinds'>[]): boolean {
  return sources.some(({ kinds }) => policyLabels.some((label) => (kinds[label] ?? 0) > 0));
}

/** Hits by policy, the most first; those that say the same as another event count once. */
export function countPolicyHits(events: readonly EventItem[]): readonly PolicyHits[] {
  const policies = new Map<string, { hits: number; processes: Map<string, HitProcess> }>();
  for (const { policy, process, pod, node, sameAs } of events) {
    if (policy === null || sameAs) continue;
    const known = policies.get(policy) ?? { hits: 0, processes: new Map<string, HitProcess>() };
    policies.set(policy, known);
    known.hits += 1;
    if (process === null) continue;
    const { ref, binary, pid } = process;
    const hits = (known.processes.get(ref)?.hits ?? 0) + 1;
    known.processes.set(ref, { ref, binary, pid, pod, node, hits });
  }
  return [...policies]
    .map(([policy, { hits, processes }]) => ({
      policy,
      hits,
      processes: [...processes.values()].toSorted((a, b) => b.hits - a.hits),
    }))
    .toSorted((a, b) => b.hits - a.hits);
}

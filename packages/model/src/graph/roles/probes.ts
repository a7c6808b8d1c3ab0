import type { Nanos } from '../../event/time.ts';
import { compareBig } from '../order.ts';

/** A start of one command by an injected root of one container. */
export interface ProbeStart {
  readonly card: number;
  readonly start: Nanos;
}

const FEWEST = 5;
const SHORTEST_GAP = 1_000_000_000n;

/**
 * Tells whether starts of one (container, image, argument template) have the rhythm of a probe (semantics, Roles): at
 * least 5, median gap of at least 1 s, 80 % of the gaps within 20 % of the median.
 */
export function hasProbeRhythm(starts: readonly ProbeStart[]): boolean {
  if (starts.length < FEWEST) return false;
  const times = starts.map(({ start }) => start).sort(compareBig);
  const gaps: bigint[] = [];
  for (let i = 1; i < times.length; i += 1) gaps.push((times[i] ?? 0n) - (times[i - 1] ?? 0n));
  const median = medianOf(gaps);
  if (median < SHORTEST_GAP) return false;
  const regular = gaps.filter((gap) => {
    const off = gap > median ? gap - median : median - gap;
    return off * 5n <= median;
  });
  return regular.length * 5 >= gaps.length * 4;
}

/** The middle value; of an even number the lower of the two. */
function medianOf(gaps: readonly bigint[]): bigint {
  const ordered = [...gaps].sort(compareBig);
  return ordered[(ordered.length - 1) >> 1] ?? 0n;
}

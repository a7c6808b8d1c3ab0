import type { Facts } from '../../event/facts.ts';
import { derive } from '../derive.ts';
import type { Derived } from '../derived.ts';
import { sha256 } from './told.ts';

export interface Measured {
  readonly derived: Derived;
  /** Processor time of this thread: other work on the machine does not count. */
  readonly cpuMs: number;
}

/** Derives, and says what that cost. */
export function deriveMeasured(facts: Facts): Measured {
  const begun = process.threadCpuUsage();
  const derived = derive(facts, { lateLimitMs: 60_000, sha256, conversations: true });
  const { user, system } = process.threadCpuUsage(begun);
  return { derived, cpuMs: Math.round((user + system) / 1000) };
}

/**
 * How much more each of `count` costs than each of a quarter of them: 1 is linear, 4 is squared. The quarter is derived twice, to
 * warm up. Prints the figures, to look at.
 */
export function growthOf(
  title: string,
  shape: (count: number) => Facts,
  count: number,
): { readonly derived: Derived; readonly growth: number } {
  const quarter = [1, 2].map(() => deriveMeasured(shape(count / 4)).cpuMs);
  const { derived, cpuMs } = deriveMeasured(shape(count));
  const growth = cpuMs / 4 / Math.max(1, Math.min(...quarter));
  process.stdout.write(`derive: ${title}: ${cpuMs} ms, growth ${growth.toFixed(2)}\n`);
  return { derived, growth };
}

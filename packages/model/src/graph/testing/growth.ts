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
  const { result, cpuMs } = workMeasured(() => deriveOnce(facts));
  return { derived: result, cpuMs };
}

function deriveOnce(facts: Facts): Derived {
  return derive(facts, { lateLimitMs: 60_000, sha256, conversations: true });
}

function workMeasured<Result>(work: () => Result): {
  readonly result: Result;
  readonly cpuMs: number;
} {
  const begun = process.threadCpuUsage();
  const result = work();
  const { user, system } = process.threadCpuUsage(begun);
  return { result, cpuMs: Math.round((user + system) / 1000) };
}

/** How much more each of `count` costs than each of a quarter of them, when derived. */
export function growthOf(
  title: string,
  shape: (count: number) => Facts,
  count: number,
): { readonly derived: Derived; readonly growth: number } {
  const { result, growth } = growthOfWork(`derive: ${title}`, shape, deriveOnce, count);
  return { derived: result, growth };
}

/**
 * How much more work each of `count` is than each of a quarter of them: 1 is linear, 4 is squared. The quarter is worked on twice, to
 * warm up. Prints the figures, to look at.
 */
export function growthOfWork<Input, Result>(
  title: string,
  shape: (count: number) => Input,
  work: (input: Input) => Result,
  count: number,
): { readonly result: Result; readonly growth: number } {
  const measured = (size: number) => {
    const input = shape(size);
    return workMeasured(() => work(input));
  };
  const quarter = [1, 2].map(() => measured(count / 4).cpuMs);
  const { result, cpuMs } = measured(count);
  const growth = cpuMs / 4 / Math.max(1, Math.min(...quarter));
  process.stdout.write(`${title}: ${cpuMs} ms, growth ${growth.toFixed(2)}\n`);
  return { result, growth };
}

import { formatTime, type Nanos, nanos } from '../event/time.ts';
import type { Random } from './random.ts';

/** Collects lines with the time they happened and gives them back in the order of the log. */
export type Timeline = {
  readonly add: (time: Nanos, line: string) => void;
  /** Every line, by time with up to two milliseconds of disorder, as per-CPU buffers produce it. */
  readonly lines: () => readonly string[];
};

export function createTimeline(random: Random): Timeline {
  const entries: { readonly key: bigint; readonly line: string }[] = [];
  return {
    add: (time, line) => {
      entries.push({ key: time + BigInt(random.int(2_000_000)), line });
    },
    lines: () => entries.toSorted((a, b) => Number(a.key - b.key)).map((entry) => entry.line),
  };
}

/** `time` moved by seconds, which may be fractional or negative; exact to the microsecond. */
export function after(time: Nanos, seconds: number): Nanos {
  return nanos(time + BigInt(Math.round(seconds * 1e6)) * 1000n);
}

/** `formatTime` for times that mostly share their second, as a log's do: the second is printed once. */
export function createTimePrinter(): (time: Nanos) => string {
  let second = -1n;
  let printed = '';
  return (time) => {
    const current = time / 1_000_000_000n;
    if (current !== second) {
      second = current;
      printed = formatTime(nanos(current * 1_000_000_000n)).slice(0, 20);
    }
    const fraction = Number(time - current * 1_000_000_000n);
    return `${printed}${String(fraction + 1_000_000_000).slice(1)}Z`;
  };
}

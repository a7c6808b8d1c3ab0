import type { Derived, DerivedProcess } from '../graph/derived.ts';
import type { HopItem } from '../wire/network.ts';
import { podNameOf } from './context.ts';

/** What a process is told by where another one's row names it: which, in which pod, and whether it stands out. */
export function processName(
  derived: Derived,
  process: DerivedProcess,
): Omit<HopItem['from'], 'lateByMs'> {
  const pod = podNameOf(derived, process);
  return {
    ref: process.ref,
    namespace: pod?.namespace ?? '',
    pod: pod?.name ?? '',
    binary: process.binary,
    pid: process.pid ?? null,
    lateNew: process.loud && process.late,
  };
}

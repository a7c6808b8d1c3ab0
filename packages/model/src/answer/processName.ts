import type { Derived } from '../graph/derived.ts';
import type { HopItem } from '../wire/network.ts';
import { homePods } from './homePods.ts';
import { isLateNew, outOfPlaceOf } from './standing.ts';

/**
 * What a process is told by where another one's row names it: which, in which pod's tree, and whether it stands out.
 * `index` is of the forest's processes; undefined: it has none of that index.
 */
export function processName(
  derived: Derived,
  index: number,
): Omit<HopItem['from'], 'lateByMs'> | undefined {
  const process = derived.processes[index];
  if (process === undefined) return undefined;
  const home = derived.pods[homePods(derived)[index] ?? -1]?.fact;
  return {
    ref: process.ref,
    namespace: home?.namespace ?? '',
    pod: home?.name ?? '',
    binary: process.binary,
    pid: process.pid ?? null,
    lateNew: isLateNew(process),
    outOfPlace: outOfPlaceOf(process),
  };
}

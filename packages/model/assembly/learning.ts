// Learns a `Process` message that has not been seen before, when its words are the usual ones.

import { found, UNKNOWN } from './found.ts';
import {
  ARGUMENTS,
  BINARY,
  FLAGS,
  ID,
  Known,
  rangeFrom,
  rangeLength,
  setRange,
  TEXTS,
} from './known.ts';
import * as message from './message.ts';
import { insidePid, insidePidWhole, pod, isProbe as podIsProbe } from './pods.ts';
import { keep } from './processes.ts';
import { conclude } from './words.ts';

/** A message longer than this is not remembered. */
let longest: usize = 0;

export function configureLongest(bytes: i32): void {
  longest = bytes;
}

/** Who is being learned, until it is known to be kept. */
const draft = changetype<Known>(memory.data(208, 16));

/**
 * Learns the message at `at`, of the slot that `process` said, when its words are the usual ones: 1 and `slot` has it. 0: not
 * so. `UNKNOWN`: its pod, at `podAt`, has to be learned first.
 */
export function learnProcess(slot: u32, at: usize, limit: usize): i32 {
  let read = message.readMessage(draft, at, limit);
  let podSlot = -1;
  let inside: i64 = -1;
  let isProbe = false;
  if (read == 2) {
    podSlot = pod(message.podFrom, limit);
    if (podSlot < 0) {
      found.podAt = <i32>message.podFrom;
      return UNKNOWN;
    }
    inside = insidePidWhole();
    isProbe = podIsProbe(podSlot);
    read = message.readRest(draft, found.podEnd, limit);
  }
  if (read != 1) return 0;
  const end = message.end;
  // Where no agent has it: what changes would stand in the part that is compared whole.
  if (message.firstFrom != 0 && message.firstFrom < message.podTo) return 0;
  const hasPod = podSlot >= 0;
  const podFrom = hasPod ? message.podFrom : at;
  const podTo = hasPod ? message.podTo : at;
  const length = podFrom - at + end - podTo;
  if (length > longest || rangeLength(draft, ID) == 0) return 0;
  if (
    !conclude(
      draft,
      at + rangeFrom(draft, ID),
      rangeLength(draft, ID),
      at + rangeFrom(draft, BINARY),
      rangeLength(draft, BINARY),
      at + rangeFrom(draft, ARGUMENTS),
      rangeLength(draft, ARGUMENTS),
      at + rangeFrom(draft, FLAGS),
      rangeLength(draft, FLAGS),
      inside,
      isProbe,
    )
  ) {
    return 0;
  }
  // In the ring the parts before and behind the pod lie end to end.
  const cut = <i32>(podTo - podFrom);
  for (let i: usize = 0; i < TEXTS; i++) {
    const from = rangeFrom(draft, i);
    if (at + from >= podTo && cut > 0) setRange(draft, i, from - cut, rangeLength(draft, i));
  }
  keep(
    changetype<usize>(draft),
    slot,
    at,
    end,
    podFrom,
    podTo,
    podSlot,
    insidePid(),
    message.firstFrom,
    message.firstTo,
    message.secondFrom,
    message.secondTo,
    end,
    0,
  );
  found.end = <i32>end;
  found.same = <i32>(message.firstFrom == 0 ? end : message.firstFrom);
  return 1;
}

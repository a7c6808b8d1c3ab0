// Recognises `Pod` messages: all processes of a container repeat one, but for the process's own pid in it.

import { isSame, mixed, skipNumber } from './bytes.ts';
import { found, UNKNOWN } from './found.ts';
import { Ring } from './ring.ts';

/** A `Pod` message as it was read before. */
@unmanaged
class Pod {
  /** Which of those that have stood in this slot, from 1; 0: none has. */
  number: i32;
  length: i32;
  /** Begin and end of the digits of `container.pid`, from its first byte; both -1: it has none. */
  pidFrom: i32;
  pidTo: i32;
  /** It says that its process is perhaps a probe. */
  isProbe: i32;
  unused: i32;
  place: i64;
  /** Where the parts before and behind the pid stood last among the records of the stream; -1: nowhere. */
  headAt: f64;
  tailAt: f64;
}

const pods = new Ring();
let podSlots: usize = 0;
let podMask: u32 = 0;

/** Says where they lie: `bytes` of the texts, and a table of `count` slots, a power of two. */
export function configurePods(ringAt: usize, bytes: i32, tableAt: usize, count: i32): void {
  pods.layOut(ringAt, bytes);
  podSlots = tableAt;
  podMask = count - 1;
}

export function podSize(): i32 {
  return offsetof<Pod>();
}

/** In the first 200 bytes stands the container's id, or what else tells messages apart. */
const SAMPLED: usize = 200;
/** Of more digits is no pid, and 32 bits hold these. */
const LONGEST_PID: usize = 9;

/** Slots that may hold a pod: when all are taken, each goes in turn. */
const WAYS: u32 = 4;
let turn: u32 = 0;

/** The slot of the pod whose message begins at `at` and ends before `limit`; `UNKNOWN`. */
export function pod(at: usize, limit: usize): i32 {
  const slot = mixed(at, min(at + SAMPLED, limit)) & podMask;
  let free = -1;
  for (let way: u32 = 0; way < WAYS; way++) {
    const each = slot ^ way;
    if (podIn(each).number == 0) free = each;
    else if (isPod(podIn(each), at, limit)) {
      found.podSlot = each;
      return each;
    }
  }
  if (free < 0) {
    turn++;
    free = slot ^ (turn % WAYS);
  }
  found.podSlot = free;
  return UNKNOWN;
}

function podIn(slot: u32): Pod {
  return changetype<Pod>(podSlots + slot * offsetof<Pod>());
}

function isPod(pod: Pod, at: usize, limit: usize): bool {
  const length = <usize>pod.length;
  if (pod.number == 0 || !pods.holds(pod.place)) return false;
  const from = pods.at(pod.place);
  found.podAt = <i32>at;
  if (pod.pidFrom < 0) {
    if (at + length > limit || !isSame(from, at, length)) return false;
    found.pidFrom = <i32>at;
    found.pidTo = <i32>at;
    found.podEnd = <i32>(at + length);
    return true;
  }
  const head = <usize>pod.pidFrom;
  if (at + head > limit || !isSame(from, at, head)) return false;
  const pidFrom = at + head;
  const pidTo = skipNumber(pidFrom, limit);
  const rest = length - <usize>pod.pidTo;
  if (pidTo == pidFrom || pidTo - pidFrom > LONGEST_PID || pidTo + rest > limit) return false;
  if (!isSame(from + <usize>pod.pidTo, pidTo, rest)) return false;
  found.pidFrom = <i32>pidFrom;
  found.pidTo = <i32>pidTo;
  found.podEnd = <i32>(pidTo + rest);
  return true;
}

/** The pid in the pod found last, -1 when there is none. */
export function insidePid(): i32 {
  if (found.pidTo == found.pidFrom) return -1;
  let pid = 0;
  for (let i = found.pidFrom; i < found.pidTo; i++) pid = pid * 10 + load<u8>(i) - 48;
  return pid;
}

/** Remembers the pod [at, end) in a slot. `pidFrom` and `pidTo` as in `Pod`. */
export function keepPod(
  slot: u32,
  at: usize,
  end: usize,
  pidFrom: i32,
  pidTo: i32,
  isProbe: i32,
): void {
  const pod = podIn(slot);
  pod.number++;
  pod.isProbe = isProbe;
  pod.headAt = -1;
  pod.tailAt = -1;
  pod.length = <i32>(end - at);
  pod.pidFrom = pidFrom;
  pod.pidTo = pidTo;
  pod.place = pods.keep(at, end - at, end, 0, end, 0);
}

/** Which of the pods that have stood in a slot it is. */
export function podNumber(slot: u32): i32 {
  return podIn(slot).number;
}

/** Whether the pod in a slot says that its process is perhaps a probe. */
export function isProbe(slot: u32): bool {
  return podIn(slot).isProbe != 0;
}

/** Whether the pod that is `number` of a slot stands at `at`, before `limit`. */
export function standsPod(slot: u32, number: i32, at: usize, limit: usize): bool {
  const pod = podIn(slot);
  return pod.number == number && isPod(pod, at, limit);
}

/** Where the parts of a pod stood last; -1: nowhere. */
export function headAt(slot: u32): f64 {
  return podIn(slot).headAt;
}
export function tailAt(slot: u32): f64 {
  return podIn(slot).tailAt;
}
export function setPlaces(slot: u32, head: f64, tail: f64): void {
  const pod = podIn(slot);
  pod.headAt = head;
  pod.tailAt = tail;
}

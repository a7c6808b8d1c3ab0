// What JavaScript has to do when it is back, in the order in which it came up: it alone knows pods (event/knownProcesses.ts).

/** Entries of four numbers. */
const ENTRY: usize = 16;
const MOST: i32 = 2048;
/** What one record may leave: two processes that are new, two that are told. */
const OF_RECORD: i32 = 4;
const entries = memory.data(32768, 16);
let count: i32 = 0;

export function waitingAt(): usize {
  return entries;
}

/** How many there are; from now on there are none. */
export function takeWaiting(): i32 {
  const waiting = count;
  count = 0;
  return waiting;
}

/** Whether a record more may leave what it leaves. */
export function mayWait(): bool {
  return count + OF_RECORD <= MOST;
}

function add(a: i32, b: i32, c: i32, d: i32): void {
  const entry = entries + <usize>count * ENTRY;
  store<i32>(entry, a);
  store<i32>(entry, b, 4);
  store<i32>(entry, c, 8);
  store<i32>(entry, d, 12);
  count++;
}

/** A process has been learned, of the pod in a slot or of none (-1); `hasMoved`: who stood there stands beside it. */
export function waitForPlace(slot: i32, podSlot: i32, hasMoved: i32): void {
  add(-1, slot, podSlot, hasMoved);
}

/** A row of sightings wants the pod and the container of its process. */
export function waitForPod(row: i32, slot: i32, cluster: i32): void {
  add(row, slot, cluster, 0);
}

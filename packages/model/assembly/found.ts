// What the last call found, for whoever called: in memory, because compiled code returns one number.

/** Not of the shape: the caller parses the record. */
export const UNFIT: i32 = -1;
/** Of the shape, and not seen before: the caller learns it. */
export const UNKNOWN: i32 = -2;

/** What the last call found. The caller reads it by the index of each field: formats/tetragon/scanArena.ts. */
@unmanaged
export class Found {
  /** Behind what was read. */
  end: i32;
  /** Behind what of a process repeats from its first byte on: at the first changing number or the end. */
  same: i32;
  podAt: i32;
  pidFrom: i32;
  pidTo: i32;
  podEnd: i32;
  /** Where to learn it, when it is unknown. */
  slot: i32;
  podSlot: i32;
  envelopeAt: i32;
  timeAt: i32;
  tailAt: i32;
  /** Whether who stood in the slot of a process that was kept has moved to the slot beside. */
  hasMoved: i32;
  time: i64;
}

export let found = changetype<Found>(0);

export function configureFound(at: usize): void {
  found = changetype<Found>(at);
}

/** Behind the module's own variables. */
export function ownEnd(): usize {
  return __heap_base;
}

export function foundSize(): i32 {
  return offsetof<Found>();
}

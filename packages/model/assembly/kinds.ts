// The kinds of events whose bodies are read, as formats/tetragon/scanBody.ts lays them: which there are, their words and numbers are
// JavaScript's to say.

import { find, isSame } from './bytes.ts';
import { batchNumber, intern } from './strings.ts';

/** By the number of a body. */
@unmanaged
export class Kind {
  /** The words for it, in the vocabulary and in the log. */
  wordAt: i32;
  wordLength: i32;
  labelAt: i32;
  labelLength: i32;
  /** Its number in a batch. */
  event: i32;
  /** The rank of a process's sighting in its own event; 0: no log has a key for this kind. */
  rank: i32;
  /** The traits that the event proves of its process, which must not have those of the second. */
  traits: i32;
  unless: i32;
  /** The label's number in a batch, and in which. */
  batch: i32;
  label: i32;
  /** Records taken since they were last counted. */
  taken: i32;
  unused: i32;
}

let kinds: usize = 0;
let count: i32 = 0;

export function configureKinds(at: usize, length: i32): void {
  kinds = at;
  count = length;
}

export function kindSize(): i32 {
  return offsetof<Kind>();
}

export function kindAt(which: i32): Kind {
  return changetype<Kind>(kinds + <usize>which * offsetof<Kind>());
}

const LONGEST: usize = 64;

/** The number of the kind whose key begins at `at`, -1: none of these. */
export function kindOf(at: usize, limit: usize): i32 {
  const length = find(34, at, min(at + LONGEST, limit)) - at;
  for (let which = 0; which < count; which++) {
    const kind = kindAt(which);
    if (<usize>kind.labelLength != length || kind.rank == 0) continue;
    if (isSame(kind.labelAt, at, length)) return which;
  }
  return -1;
}

export function eventKindOf(which: i32): i32 {
  return kindAt(which).event;
}

/** The number of its label in the batch. */
export function labelOf(which: i32): i32 {
  const kind = kindAt(which);
  if (kind.batch != batchNumber) {
    kind.label = intern(kind.labelAt, kind.labelLength);
    kind.batch = batchNumber;
  }
  return kind.label;
}

/** The traits of a process in its own event of a kind. */
export function traitsIn(kind: Kind, traits: i32): i32 {
  return (traits & kind.unless) != 0 ? traits : traits | kind.traits;
}

// Recognises what stands behind an event: `},"node_name":"…","time":"…"` and whatever follows. Records of one node repeat it byte
// for byte but for the time.

import { find, isSame, mixed } from './bytes.ts';
import { found, UNFIT, UNKNOWN } from './found.ts';
import { Ring } from './ring.ts';
import { batchNumber, intern } from './strings.ts';
import { readTime, time, timeEnd } from './time.ts';

/** What stands around the time behind an event. */
@unmanaged
export class Envelope {
  isTaken: i32;
  head: i32;
  tail: i32;
  /** Equal for envelopes of one node and cluster; 0: JavaScript reads the records of this one. */
  where: i32;
  place: i64;
  /** Bytes of the names of the node and of its cluster, which lie behind the envelope's own; -1: it names no cluster. */
  nodeLength: i32;
  clusterLength: i32;
  /** Their numbers in a batch, and in which. */
  batch: i32;
  node: i32;
  cluster: i32;
  unused: i32;
}

const envelopes = new Ring();
let envelopeSlots: usize = 0;
let envelopeMask: u32 = 0;

/** Says where they lie: `bytes` of the texts, and a table of `count` slots, a power of two. */
export function configureEnvelopes(ringAt: usize, bytes: i32, tableAt: usize, count: i32): void {
  envelopes.layOut(ringAt, bytes);
  envelopeSlots = tableAt;
  envelopeMask = count - 1;
}

/** How far from the end of a record the last envelope began. */
let distance: usize = 0;

export function envelopeSize(): i32 {
  return offsetof<Envelope>();
}

const LONGEST_NODE: usize = 256;
const LONGEST_ENVELOPE: usize = 16 * 1024;
const SHORTEST: usize = 30;

/**
 * The slot of the envelope of the record that ends at `end`, which begins at or behind `from`; `UNFIT` or `UNKNOWN`. The
 * reading of both sides proves its beginning right: no other lets the event before it and the envelope be JSON.
 */
export function envelope(from: usize, end: usize): i32 {
  const at = envelopeIn(from, end);
  if (at == 0) return UNFIT;
  let i = at + 2;
  if (load<u8>(i) == 32) i++;
  const node = i + 13;
  const most = min(node + LONGEST_NODE, end);
  i = find(34, node, most);
  if (i >= most) return UNFIT;
  const slot = mixed(node, i) & envelopeMask;
  i++;
  if (load<u8>(i) != 44) return UNFIT;
  i++;
  if (load<u8>(i) == 32) i++;
  // `"time":"`
  if (i + 8 > end || load<u64>(i) != 0x223a22656d697422) return UNFIT;
  i += 8;
  readTime(i, end);
  if (timeEnd == 0) return UNFIT;
  found.time = time;
  found.envelopeAt = <i32>at;
  found.timeAt = <i32>i;
  found.tailAt = <i32>timeEnd;
  const known = envelopeOf(slot);
  if (isEnvelope(known, at, i, timeEnd, end)) return slot;
  found.slot = slot;
  return UNKNOWN;
}

function envelopeIn(from: usize, end: usize): usize {
  const guess = end - distance;
  if (guess >= from && distance >= SHORTEST && opensEnvelope(guess)) return guess;
  if (end < from + SHORTEST) return 0;
  const first = end - from > LONGEST_ENVELOPE ? end - LONGEST_ENVELOPE : from;
  for (let at = end - SHORTEST; at >= first; at--) {
    if (opensEnvelope(at)) {
      distance = end - at;
      return at;
    }
  }
  return 0;
}

/** `},"node_name":"`, with or without a space behind the comma. */
function opensEnvelope(at: usize): bool {
  if (load<u16>(at) != 0x2c7d) return false;
  const i = load<u8>(at + 2) == 32 ? at + 3 : at + 2;
  return (
    load<u64>(i) == 0x616e5f65646f6e22 && load<u32>(i + 8) == 0x3a22656d && load<u8>(i + 12) == 34
  );
}

export function envelopeOf(slot: u32): Envelope {
  return changetype<Envelope>(envelopeSlots + slot * offsetof<Envelope>());
}

function isEnvelope(known: Envelope, at: usize, timeAt: usize, tail: usize, end: usize): bool {
  if (known.isTaken == 0 || !envelopes.holds(known.place)) return false;
  const head = <usize>known.head;
  const rest = <usize>known.tail;
  if (head != timeAt - at || rest != end - tail) return false;
  const from = envelopes.at(known.place);
  return isSame(from, at, head) && isSame(from + head, tail, rest);
}

/**
 * Remembers the envelope found last, of a record that ends at `end`, in a slot; the names of its place lie at `names`, the rest as in
 * `Envelope`.
 */
export function keepEnvelope(
  slot: u32,
  end: usize,
  where: i32,
  names: usize,
  nodeLength: i32,
  clusterLength: i32,
): void {
  const known = envelopeOf(slot);
  const head = <usize>(found.timeAt - found.envelopeAt);
  const rest = end - <usize>found.tailAt;
  known.isTaken = 1;
  known.head = <i32>head;
  known.tail = <i32>rest;
  known.where = where;
  known.nodeLength = nodeLength;
  known.clusterLength = clusterLength;
  known.batch = 0;
  const namesLength = <usize>(nodeLength + max(clusterLength, 0));
  known.place = envelopes.keep(found.envelopeAt, head, found.tailAt, rest, names, namesLength);
}

/** The cluster of envelopes that name none. */
let clusterAt: usize = 0;
let clusterLength: i32 = 0;

export function configureCluster(at: usize, length: i32): void {
  clusterAt = at;
  clusterLength = length;
}

/** Gives node and cluster of the envelope found last their numbers in the batch; false: JavaScript reads its records, or has to make room. */
export function nameEnvelope(known: Envelope): bool {
  if (known.where == 0) return false;
  if (known.batch == batchNumber) return true;
  const node = envelopes.at(known.place) + <usize>(known.head + known.tail);
  known.node = intern(node, known.nodeLength);
  known.cluster =
    known.clusterLength < 0
      ? intern(clusterAt, clusterLength)
      : intern(node + <usize>known.nodeLength, known.clusterLength);
  if (known.node < 0 || known.cluster < 0) return false;
  known.batch = batchNumber;
  return true;
}

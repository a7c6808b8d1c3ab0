import type { Arena } from '../../arena/arena.ts';
import { KnownProcesses } from '../../event/knownProcesses.ts';
import type { Repeats } from '../../event/repeats.ts';

/** Not of the one shape: the caller parses the record. */
export const UNFIT = -1;
/** Of the shape, and not seen before: the caller learns it. */
export const UNKNOWN = -2;

/** How much scanning remembers. */
export interface ScanLimits {
  /** Bytes of messages remembered; the oldest go. */
  readonly bytes: number;
  /** log2 of the number of messages remembered, at least 1. */
  readonly slotBits: number;
}

/** 16 MiB of messages, some 30,000 processes: the live ones of most clusters. */
const usual: ScanLimits = { bytes: 16 * 1024 * 1024, slotBits: 15 };
/** Two processes, in two parts each. */
const MOST_NOTES = 4;
const LONGEST_TEXT = 16 * 1024;
const POD_BYTES = 2 * 1024 * 1024;
const POD_SLOTS = 2048;
const ENVELOPE_BYTES = 1024 * 1024;
const ENVELOPE_SLOTS = 512;

/** What assembly/main.ts exports; each is documented there. Addresses are of the arena. */
interface ScanCode {
  configureFound(at: number): void;
  configureProcesses(ring: number, bytes: number, table: number, count: number): void;
  configureKnown(at: number): void;
  configureLongest(bytes: number): void;
  configurePods(ring: number, bytes: number, table: number, count: number): void;
  configureEnvelopes(ring: number, bytes: number, table: number, count: number): void;
  textSize(): number;
  podSize(): number;
  envelopeSize(): number;
  foundSize(): number;
  newline(at: number, end: number): number;
  beginRecord(at: number): void;
  firstSlot(): number;
  settle(origin: number, oldest: number): number;
  notesAt(): number;
  process(at: number, limit: number): number;
  learnProcess(slot: number, at: number, limit: number): number;
  keepProcess(...message: readonly number[]): number;
  isPlainFamily(slot: number, parentSlot: number): number;
  isHeld(slot: number): number;
  podOf(slot: number): number;
  pod(at: number, limit: number): number;
  insidePid(): number;
  keepPod(...pod: readonly number[]): void;
  envelope(from: number, end: number): number;
  configureKinds(at: number, count: number): void;
  kindSize(): number;
  configureFunctions(at: number, length: number): void;
  readBody(number: number, from: number, end: number, slot: number): number;
  keepEnvelope(slot: number, end: number, ...place: readonly number[]): void;
}

/** The fields of `Found` in assembly/found.ts, by their index in `found`. */
export const field = {
  end: 0,
  same: 1,
  podAt: 2,
  pidFrom: 3,
  pidTo: 4,
  podEnd: 5,
  slot: 6,
  podSlot: 7,
  envelopeAt: 8,
  timeAt: 9,
  tailAt: 10,
  hasMoved: 11,
} as const;
/** The index of its time in 64 bits. */
const TIME = 6;

/** The compiled scanner over an arena, and what it remembers there. */
export class ScanArena {
  readonly arena: Arena;
  /** All of the arena: an index is an address. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly code: ScanCode;
  /** What the last call found, by `field`. */
  readonly found: Int32Array;
  readonly #times: BigInt64Array;
  /** The ranges that `settle` noted: a place in the record, a length, an earlier place. */
  readonly #notes: Float64Array;
  /** Slots by kind of message. */
  readonly slots: { readonly processes: number; readonly pods: number; readonly envelopes: number };
  readonly processes: KnownProcesses;
  readonly longestText: number;

  constructor(arena: Arena, limits: ScanLimits = usual) {
    this.arena = arena;
    this.bytes = arena.bytes;
    this.code = arena.codeAs<ScanCode>();
    const { code } = this;
    const processes = 1 << limits.slotBits;
    this.slots = { processes, pods: POD_SLOTS, envelopes: ENVELOPE_SLOTS };
    this.processes = new KnownProcesses(arena, processes);
    this.longestText = Math.min(limits.bytes / 4, LONGEST_TEXT);
    const found = arena.reserve(code.foundSize());
    code.configureFound(found);
    const textTable = arena.reserve(processes * code.textSize());
    code.configureProcesses(
      arena.reserveUncleared(limits.bytes),
      limits.bytes,
      textTable,
      processes,
    );
    code.configureKnown(this.processes.address);
    code.configureLongest(this.longestText);
    const podTable = arena.reserve(POD_SLOTS * code.podSize());
    code.configurePods(arena.reserveUncleared(POD_BYTES), POD_BYTES, podTable, POD_SLOTS);
    const envelopes = arena.reserve(ENVELOPE_SLOTS * code.envelopeSize());
    const places = arena.reserveUncleared(ENVELOPE_BYTES);
    code.configureEnvelopes(places, ENVELOPE_BYTES, envelopes, ENVELOPE_SLOTS);
    this.found = new Int32Array(arena.memory.buffer, found, code.foundSize() / 4);
    this.#notes = new Float64Array(arena.memory.buffer, code.notesAt(), MOST_NOTES * 3);
    this.#times = new BigInt64Array(arena.memory.buffer, found, code.foundSize() / 8);
  }

  /** The record read last has been understood: notes what of its messages stood before, and that others may repeat them. */
  settle(repeats: Repeats): void {
    const { origin, oldest } = repeats;
    if (origin < 0) return;
    const count = this.code.settle(origin, oldest);
    const notes = this.#notes;
    for (let at = 0; at < count * 3; at += 3) {
      repeats.note(notes[at] ?? 0, notes[at + 1] ?? 0, notes[at + 2] ?? 0);
    }
  }

  /** The time of the envelope found last. */
  get time(): bigint {
    return this.#times[TIME] ?? 0n;
  }
}

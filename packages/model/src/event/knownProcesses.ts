import type { Arena } from '../arena/arena.ts';
import type { ContainerSighting, PodSighting, Rank, Sighting } from './sighting.ts';
import { nanos } from './time.ts';

/** What a record says of a process, before its part in the record gives it a rank. */
export type Words = Omit<Sighting, 'rank'>;

/** The pod and container of a process, read apart because all processes of a container share them. */
export interface Placement {
  readonly pod: PodSighting | undefined;
  readonly container: ContainerSighting | undefined;
}

/** Bytes of a process in the arena, and the indexes of its fields: assembly/known.ts. */
const SIZE = 208;
const INTS = SIZE / 4;
const LONGS = SIZE / 8;
const int = {
  serial: 0,
  traits: 2,
  toldRank: 3,
  toldTraits: 4,
  isParentTold: 5,
  where: 6,
  id1: 8,
  id2: 9,
  words1: 10,
  words2: 11,
  ranges: 24,
  indexes: 42,
} as const;
const long = { pid: 6, nsPid: 7, uid: 8, auid: 9, startTime: 10, ktime: 11 } as const;
/** The order of its texts. */
const texts = [
  'id',
  'parentId',
  'cwd',
  'binary',
  'arguments',
  'flags',
  'docker',
  'user',
  'capabilities',
] as const;
export type TextField = (typeof texts)[number];
/** The place of each in the list. */
type Order = {
  readonly [Place in keyof typeof texts &
    `${number}` as (typeof texts)[Place]]: Place extends `${infer Index extends number}`
    ? Index
    : never;
};
/** Where each stands in that order, as the compiler checks: searching it for every text of every row costs more than the row. */
const orderOf = {
  id: 0,
  parentId: 1,
  cwd: 2,
  binary: 3,
  arguments: 4,
  flags: 5,
  docker: 6,
  user: 7,
  capabilities: 8,
} as const satisfies Order;
type CountField = 'pid' | 'nsPid' | 'uid' | 'auid';
const NO_TIME = -(2n ** 63n);

interface KnownCode {
  knownSize(): number;
  idOf(slot: number): number;
  internProcess(slot: number): number;
  textPlace(slot: number): number;
}

/** A byte order mark in front of a text is a character of the text. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const toUtf8 = new TextEncoder();
export const nowhere: Placement = { pod: undefined, container: undefined };

/**
 * The processes that a stream has met, one to a slot of its arena, and what its batches hold of them: numbers where objects
 * would have to be made, kept and collected for each. Who stands in a slot may be gone after the next record.
 */
export class KnownProcesses {
  /** Where the table lies. */
  readonly address: number;
  readonly #arena: Arena;
  readonly #code: KnownCode;
  readonly #ints: Int32Array;
  readonly #doubles: Float64Array;
  readonly #longs: BigInt64Array;
  readonly #placements: (Placement | undefined)[];
  /** Made when somebody asks for objects. */
  readonly #words: (Words | undefined)[];

  constructor(arena: Arena, slots: number) {
    this.#arena = arena;
    this.#code = arena.codeAs<KnownCode>();
    if (this.#code.knownSize() !== SIZE) throw new Error('assembly/known.ts has another layout');
    this.address = arena.reserve(slots * SIZE);
    const { buffer } = arena.memory;
    this.#ints = new Int32Array(buffer, this.address, slots * INTS);
    this.#doubles = new Float64Array(buffer, this.address, slots * LONGS);
    this.#longs = new BigInt64Array(buffer, this.address, slots * LONGS);
    this.#placements = new Array<Placement | undefined>(slots).fill(undefined);
    this.#words = new Array<Words | undefined>(slots).fill(undefined);
  }

  /** The slot is another's: notes where it is. `hasMoved`: who stood there stands in the slot beside now. */
  place(slot: number, placement: Placement, hasMoved: boolean): void {
    const beside = slot ^ 1;
    if (hasMoved) {
      this.#placements[beside] = this.#placements[slot];
      this.#words[beside] = this.#words[slot];
    }
    this.#placements[slot] = placement;
    this.#words[slot] = undefined;
  }

  /** Tells a process from any other of the stream. */
  serialOf(slot: number): number {
    return this.#ints[slot * INTS + int.serial] ?? 0;
  }

  traitsOf(slot: number): number {
    return this.#ints[slot * INTS + int.traits] ?? 0;
  }

  placementOf(slot: number): Placement {
    return this.#placements[slot] ?? nowhere;
  }

  /** NaN: not known. */
  countOf(slot: number, name: CountField): number {
    return this.#doubles[slot * LONGS + long[name]] ?? Number.NaN;
  }

  /** `noTime` of a batch: not known. */
  startTimeOf(slot: number): bigint {
    return this.#longs[slot * LONGS + long.startTime] ?? NO_TIME;
  }

  ktimeOf(slot: number): bigint {
    return this.#longs[slot * LONGS + long.ktime] ?? NO_TIME;
  }

  /** What a sense begins with (`seedOf`). */
  seedOf(slot: number): { id1: number; id2: number; words1: number; words2: number } {
    const at = slot * INTS;
    return {
      id1: this.#ints[at + int.id1] ?? 0,
      id2: this.#ints[at + int.id2] ?? 0,
      words1: this.#ints[at + int.words1] ?? 0,
      words2: this.#ints[at + int.words2] ?? 0,
    };
  }

  /** The number of its id among the batch's strings; -1: there is no room. */
  idOf(slot: number): number {
    return this.#code.idOf(slot);
  }

  /** Gives its other texts numbers among the batch's strings. Throws when there is no room, for which it is too late. */
  intern(slot: number): void {
    if (this.#code.internProcess(slot) === 0) throw new Error('a batch has more strings than fit');
  }

  /** The number of a text, once it has been given one. */
  indexOf(slot: number, name: TextField): number {
    return this.#ints[slot * INTS + int.indexes + orderOf[name]] ?? 0;
  }

  /** A text; undefined when it has none. */
  textOf(slot: number, name: TextField): string | undefined {
    const range = slot * INTS + int.ranges + orderOf[name] * 2;
    const length = this.#ints[range + 1] ?? 0;
    if (length === 0) return undefined;
    const at = this.#code.textPlace(slot) + (this.#ints[range] ?? 0);
    return utf8.decode(this.#arena.bytes.subarray(at, at + length));
  }

  /** All of it as an object. */
  wordsOf(slot: number): Words {
    const known = this.#words[slot];
    if (known !== undefined) return known;
    const words: { -readonly [Key in keyof Words]: Words[Key] } = {
      id: this.textOf(slot, 'id') ?? '',
      traits: this.traitsOf(slot),
    };
    for (const name of texts) {
      const text = this.textOf(slot, name);
      if (text !== undefined) words[name] = text;
    }
    for (const name of ['pid', 'nsPid', 'uid', 'auid'] as const) {
      const count = this.countOf(slot, name);
      if (!Number.isNaN(count)) words[name] = count;
    }
    const start = this.startTimeOf(slot);
    if (start !== NO_TIME) words.startTime = nanos(start);
    const ktime = this.ktimeOf(slot);
    if (ktime !== NO_TIME) words.ktime = ktime;
    const { pod, container } = this.placementOf(slot);
    if (pod !== undefined) words.pod = pod;
    if (container !== undefined) words.container = container;
    this.#words[slot] = words;
    return words;
  }

  /** The texts of words end to end, for `fill`. */
  static bytesOf(words: Words): Uint8Array<ArrayBuffer> {
    return toUtf8.encode(texts.map((name) => words[name] ?? '').join(''));
  }

  /**
   * Fills a slot with words that JavaScript has read. Their texts (`bytesOf`) begin `offset` bytes behind where its text lies.
   */
  fill(
    slot: number,
    words: Words,
    seed: { id1: number; id2: number; words1: number; words2: number },
    offset: number,
  ): void {
    const ints = this.#ints;
    const at = slot * INTS;
    ints[at + int.traits] = words.traits;
    ints[at + int.id1] = seed.id1;
    ints[at + int.id2] = seed.id2;
    ints[at + int.words1] = seed.words1;
    ints[at + int.words2] = seed.words2;
    for (const name of ['pid', 'nsPid', 'uid', 'auid'] as const) {
      this.#doubles[slot * LONGS + long[name]] = words[name] ?? Number.NaN;
    }
    this.#longs[slot * LONGS + long.startTime] = words.startTime ?? NO_TIME;
    this.#longs[slot * LONGS + long.ktime] = words.ktime ?? NO_TIME;
    let from = offset;
    for (const [index, name] of texts.entries()) {
      const { length } = toUtf8.encode(words[name] ?? '');
      ints[at + int.ranges + index * 2] = from;
      ints[at + int.ranges + index * 2 + 1] = length;
      from += length;
    }
    this.#words[slot] = words;
  }

  /** Forgets what was told of a process, unless it was told of this place. */
  renew(slot: number, where: number): void {
    const ints = this.#ints;
    const at = slot * INTS;
    if (ints[at + int.where] === where) return;
    ints[at + int.where] = where;
    ints[at + int.toldRank] = 0;
    ints[at + int.toldTraits] = 0;
    ints[at + int.isParentTold] = 0;
  }

  /** What of it the stream does not hold yet at this rank and with these traits; holds it from now on. */
  tell(slot: number, rank: Rank, traits: number): 'all' | 'traits' | 'nothing' {
    const ints = this.#ints;
    const at = slot * INTS;
    const toldTraits = ints[at + int.toldTraits] ?? 0;
    const isTold = (ints[at + int.toldRank] ?? 0) >= rank;
    if (isTold && (traits & ~toldTraits) === 0) return 'nothing';
    ints[at + int.toldTraits] = toldTraits | traits;
    if (isTold) return 'traits';
    ints[at + int.toldRank] = rank;
    return 'all';
  }

  /** Whether it has been told as a parent, which it is from now on. */
  tellParent(slot: number): boolean {
    const at = slot * INTS + int.isParentTold;
    const isTold = this.#ints[at] === 1;
    this.#ints[at] = 1;
    return isTold;
  }
}

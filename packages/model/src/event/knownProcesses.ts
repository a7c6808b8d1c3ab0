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
const SIZE = 192;
const INTS = SIZE / 4;
const LONGS = SIZE / 8;
const int = {
  traits: 2,
  id1: 8,
  id2: 9,
  words1: 10,
  words2: 11,
  ranges: 26,
} as const;
const long = { pid: 7, nsPid: 8, uid: 9, auid: 10, startTime: 11, ktime: 12 } as const;
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
  textPlace(slot: number): number;
  tell(...told: readonly number[]): number;
  waitingAt(): number;
  takeWaiting(): number;
}

/** What is told of an event's processes: `KnownFamily`. */
interface ToldEvent {
  readonly process: number;
  readonly parent: number;
  readonly where: number;
  readonly rank: Rank;
  readonly traits: number;
}

/** Numbers of what waits, and how much may: assembly/waiting.ts. */
const WAITING = 4;
const MOST_WAITING = 2048;

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
  /** Of the pods, by their own slots. */
  readonly #podPlacements: Placement[] = [];
  readonly #waiting: Int32Array;

  constructor(arena: Arena, slots: number) {
    this.#arena = arena;
    this.#code = arena.codeAs<KnownCode>();
    if (this.#code.knownSize() !== SIZE) throw new Error('assembly/known.ts has another layout');
    this.address = arena.reserve(slots * SIZE);
    const { buffer } = arena.memory;
    this.#ints = new Int32Array(buffer, this.address, slots * INTS);
    this.#doubles = new Float64Array(buffer, this.address, slots * LONGS);
    this.#longs = new BigInt64Array(buffer, this.address, slots * LONGS);
    this.#waiting = new Int32Array(buffer, this.#code.waitingAt(), MOST_WAITING * WAITING);
    // What an earlier stream of the arena has left is nobody's.
    this.#code.takeWaiting();
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

  traitsOf(slot: number): number {
    return this.#ints[slot * INTS + int.traits] ?? 0;
  }

  placementOf(slot: number): Placement {
    return this.#placements[slot] ?? nowhere;
  }

  /** NaN: not known. */
  #countOf(slot: number, name: CountField): number {
    return this.#doubles[slot * LONGS + long[name]] ?? Number.NaN;
  }

  /** `noTime` of a batch: not known. */
  #startTimeOf(slot: number): bigint {
    return this.#longs[slot * LONGS + long.startTime] ?? NO_TIME;
  }

  #ktimeOf(slot: number): bigint {
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
      const count = this.#countOf(slot, name);
      if (!Number.isNaN(count)) words[name] = count;
    }
    const start = this.#startTimeOf(slot);
    if (start !== NO_TIME) words.startTime = nanos(start);
    const ktime = this.#ktimeOf(slot);
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

  /**
   * Adds to the batch what the stream does not hold yet of the processes of an event in a row of its records; node and cluster are
   * numbers of its strings. Whether a sighting of the parent's parent is to be inferred. What it leaves waits for `catchUp`.
   */
  tell(record: number, node: number, cluster: number, event: ToldEvent): boolean {
    const { process, parent, where, rank, traits } = event;
    const told = this.#code.tell(record, node, cluster, process, parent, where, rank, traits);
    return told !== 0;
  }

  /**
   * Does what compiled code has left to do: places whom it has learned, and says of each row of sightings that wants to know where its
   * process is. To be called before anybody is learned or asked for.
   */
  catchUp(tellPlace: (row: number, cluster: number, placement: Placement) => void): void {
    const end = this.#code.takeWaiting() * WAITING;
    const waiting = this.#waiting;
    for (let at = 0; at < end; at += WAITING) {
      const row = waiting[at] ?? -1;
      const slot = waiting[at + 1] ?? 0;
      const last = waiting[at + 2] ?? 0;
      if (row >= 0) tellPlace(row, last, this.placementOf(slot));
      else this.place(slot, this.#podPlacements[last] ?? nowhere, waiting[at + 3] === 1);
    }
  }

  /** Another pod stands in a slot of pods. */
  placePod(slot: number, placement: Placement): void {
    this.#podPlacements[slot] = placement;
  }
}

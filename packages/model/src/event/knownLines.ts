import type { Arena } from '../arena/arena.ts';
import type { KnownProcesses } from './knownProcesses.ts';
import type { Sighting } from './sighting.ts';

/** Bytes of what was taken, and the indexes of its fields: assembly/lines.ts. */
const SIZE = 40;
const TIMES = 2;
const int = { end: 4, child: 5, envelope: 6, node: 7, cluster: 8, isStopped: 9 } as const;
/** A time behind all and one before all: none has been met. */
const LATEST = 2n ** 63n - 1n;
const EARLIEST = -(2n ** 63n);

interface LineCode {
  takenAt(): number;
  takenSize(): number;
  takeLines(...from: readonly number[]): number;
}

/** What the lines of one format are, of which compiled code takes the usual ones. */
export interface LineSource {
  readonly processes: KnownProcesses;
  /** What is inferred of a process of which only the id is known. */
  readonly infer: (id: string) => Sighting;
  /** Where the envelope of a number is from. */
  readonly placeOf: (envelope: number) => LinePlace;
  /** Says how many records of a label have been taken since the last call, of those of which there are some. */
  readonly takeCounts: (tell: (label: string, count: number) => void) => void;
}

export interface LinePlace {
  readonly node: string;
  readonly cluster: string | undefined;
}

/** The first line to take, and the most that the batch may have. */
export interface LineRun {
  /** Addresses in the arena. */
  readonly at: number;
  readonly end: number;
  readonly offset: number;
  readonly line: number;
  readonly member: number;
  readonly mostRecords: number;
  readonly mostBytes: number;
}

/** A process of whose parent a record knows the id alone. */
export interface OrphanOf {
  readonly slot: number;
  readonly node: number;
  readonly cluster: number;
  readonly place: LinePlace;
}

/** Whole lines that compiled code takes, from their bytes to the rows of the stream's batch, where nothing in them is new to JavaScript. */
export class KnownLines {
  readonly source: LineSource;
  readonly #code: LineCode;
  readonly #ints: Int32Array;
  readonly #times: BigInt64Array;

  constructor(arena: Arena, source: LineSource) {
    this.source = source;
    this.#code = arena.codeAs<LineCode>();
    if (this.#code.takenSize() !== SIZE) throw new Error('assembly/lines.ts has another layout');
    const at = this.#code.takenAt();
    this.#ints = new Int32Array(arena.memory.buffer, at, SIZE / 4);
    this.#times = new BigInt64Array(arena.memory.buffer, at, TIMES);
    this.#forgetTimes();
  }

  /** Takes what it can; returns how many lines. What they leave to JavaScript is to be done before anything else. */
  take(run: LineRun): number {
    const { at, end, offset, line, member, mostRecords, mostBytes } = run;
    return this.#code.takeLines(at, end, offset, line, member, mostRecords, mostBytes);
  }

  /** The address behind the line taken last. */
  get end(): number {
    return this.#ints[int.end] ?? 0;
  }

  /** The line behind is none for it: asking again is of no use. */
  get isStopped(): boolean {
    return this.#ints[int.isStopped] !== 0;
  }

  /** On whose behalf a parent is to be inferred for the record taken last. */
  get orphan(): OrphanOf | undefined {
    const ints = this.#ints;
    const slot = ints[int.child] ?? -1;
    if (slot < 0) return undefined;
    return {
      slot,
      node: ints[int.node] ?? 0,
      cluster: ints[int.cluster] ?? 0,
      place: this.source.placeOf(ints[int.envelope] ?? 0),
    };
  }

  /** Says the earliest and the latest time of an event since the last call, if there was one. */
  takeTimes(tell: (time: bigint) => void): void {
    const [first = LATEST, last = EARLIEST] = this.#times;
    if (first > last) return;
    this.#forgetTimes();
    tell(first);
    tell(last);
  }

  #forgetTimes(): void {
    this.#times[0] = LATEST;
    this.#times[1] = EARLIEST;
  }
}

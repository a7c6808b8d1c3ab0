import type { Arena } from '../arena/arena.ts';
import type { FoldPlace, TakeBytes } from './foldedBytes.ts';
import { columnsOf, type Layout, type TablePlace } from './table.ts';
import {
  eventLayout,
  exitLayout,
  lookupLayout,
  recordLayout,
  sightingLayout,
  socketLayout,
} from './tables.ts';

/** Rows of a table: as many as the records of a batch. */
const ROWS = 16 * 1024;
/** Sightings: those of a process and its parent for each. */
const SIGHTINGS = 2 * ROWS;
/** As many as the bytes of a batch's records, should nothing repeat, and one more. */
const KEPT_BYTES = 16 * 1024 * 1024 + 64 * 1024;
/** Two messages of a record, in two parts each, and three numbers a fold. */
const FOLDS = 4 * 3 * ROWS;
/** Bytes of what has been added, and the indexes of its fields: assembly/batch.ts. */
const SIZE = 48;
const double = { start: 0, size: 1 } as const;
const int = {
  kept: 4,
  folds: 5,
  records: 6,
  events: 7,
  sightings: 8,
  sockets: 9,
  lookups: 10,
  exits: 11,
} as const;
const COLUMNS = 63;

const utf8 = new TextEncoder();

interface RowCode {
  batchSize(): number;
  columnCount(): number;
  configureBatch(...places: readonly number[]): void;
  configureCluster(at: number, length: number): void;
  hasRoom(): number;
}

/**
 * Where the rows of one stream's batches begin, one batch at a time: in the stream's arena, so that compiled code can add a record it
 * has read, and so that the memory is warm. A batch that is finished is copied out at once.
 */
export class ArenaRows {
  readonly records: TablePlace<typeof recordLayout>;
  readonly events: TablePlace<typeof eventLayout>;
  readonly sightings: TablePlace<typeof sightingLayout>;
  readonly sockets: TablePlace<typeof socketLayout>;
  readonly lookups: TablePlace<typeof lookupLayout>;
  readonly exits: TablePlace<typeof exitLayout>;
  readonly bytes: FoldPlace;
  readonly #code: RowCode;

  /** `cluster`: the source's own, of records that name none. `take`: how a batch's bytes leave the arena. */
  constructor(arena: Arena, cluster: string, take?: TakeBytes) {
    this.#code = arena.codeAs<RowCode>();
    const { buffer } = arena.memory;
    if (this.#code.batchSize() !== SIZE || this.#code.columnCount() !== COLUMNS) {
      throw new Error('assembly/batch.ts has another layout');
    }
    const batch = arena.reserve(SIZE);
    const counts = new Int32Array(buffer, batch, SIZE / 4);
    const sizes = new Float64Array(buffer, batch, SIZE / 8);
    const places: number[] = [];
    const table = <Made extends Layout>(
      layout: Made,
      capacity: number,
      index: number,
    ): TablePlace<Made> => {
      const columns = columnsOf(layout, (_, make) => {
        const at = arena.reserveUncleared(capacity * make.BYTES_PER_ELEMENT);
        places.push(at);
        return new make(buffer, at, capacity);
      });
      return { columns, capacity, count: counts.subarray(index, index + 1) };
    };
    this.records = table(recordLayout, ROWS, int.records);
    this.events = table(eventLayout, ROWS, int.events);
    this.sightings = table(sightingLayout, SIGHTINGS, int.sightings);
    this.sockets = table(socketLayout, ROWS, int.sockets);
    this.lookups = table(lookupLayout, ROWS, int.lookups);
    this.exits = table(exitLayout, ROWS, int.exits);
    const kept = arena.reserveUncleared(KEPT_BYTES);
    const folds = arena.reserveUncleared(FOLDS * 4);
    this.bytes = {
      kept: arena.bytes.subarray(kept, kept + KEPT_BYTES),
      folds: new Uint32Array(buffer, folds, FOLDS),
      keptCount: counts.subarray(int.kept, int.kept + 1),
      foldCount: counts.subarray(int.folds, int.folds + 1),
      start: sizes.subarray(double.start, double.start + 1),
      size: sizes.subarray(double.size, double.size + 1),
      take,
    };
    const columns = arena.reserve(COLUMNS * 4);
    new Uint32Array(buffer, columns, COLUMNS).set(places);
    const name = utf8.encode(cluster);
    const nameAt = arena.reserve(name.length);
    arena.bytes.set(name, nameAt);
    this.#code.configureCluster(nameAt, name.length);
    this.#code.configureBatch(batch, columns, kept, KEPT_BYTES, folds, ROWS);
  }

  /** Whether a record more that compiled code reads is sure to fit. */
  get hasRoom(): boolean {
    return this.#code.hasRoom() !== 0;
  }
}

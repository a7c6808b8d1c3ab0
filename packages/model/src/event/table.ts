/** Arrays whose elements are numbers of a fixed width. */
type Column =
  | Uint8Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | BigInt64Array<ArrayBuffer>
  | BigUint64Array<ArrayBuffer>;

/** The class of a column: made empty, over memory, or of what another holds. */
interface ColumnMaker<Made> {
  new (length: number): Made;
  new (memory: ArrayBuffer, at?: number, length?: number): Made;
  new (values: Made): Made;
  readonly BYTES_PER_ELEMENT: number;
}

/** The columns of a table: of each its name and its class. */
export type Layout = Readonly<Record<string, ColumnMaker<Column>>>;

/** An array per column. */
export type ColumnsOf<Made extends Layout> = {
  readonly [Name in keyof Made]: InstanceType<Made[Name]>;
};

/** Memory of somebody else's in which a table begins, empty: compiled code may add rows there. */
export interface TablePlace<Made extends Layout> {
  readonly columns: ColumnsOf<Made>;
  /** Rows that there is room for. */
  readonly capacity: number;
  /** How many rows there are, in the first element. */
  readonly count: Int32Array<ArrayBuffer>;
}

const FIRST_ROWS = 256;

/**
 * Rows as columns of numbers, in the width that they will have: a list of plain numbers takes up to eight times the memory. What it
 * grows out of is given back at once: left to the collector, columns would make it run all the time.
 */
export class Table<Made extends Layout> {
  /** By row. Others after `add`, which may need more room. */
  columns: ColumnsOf<Made>;
  readonly #layout: Made;
  readonly #count: Int32Array<ArrayBuffer>;
  #capacity: number;
  #isInPlace: boolean;

  constructor(layout: Made, place?: TablePlace<Made>) {
    this.#layout = layout;
    this.#isInPlace = place !== undefined;
    this.#capacity = place?.capacity ?? FIRST_ROWS;
    this.#count = place?.count ?? new Int32Array(1);
    this.#count[0] = 0;
    this.columns = place?.columns ?? columnsOf(layout, (_, make) => new make(FIRST_ROWS));
  }

  get count(): number {
    return this.#count[0] ?? 0;
  }

  /** It still lies where it was told to: compiled code sees all of it. */
  get isInPlace(): boolean {
    return this.#isInPlace;
  }

  /** A new row, of which every column wants a value. */
  add(): number {
    const row = this.count;
    if (row === this.#capacity) this.#grow();
    this.#count[0] = row + 1;
    return row;
  }

  /** The columns, of memory of their own; nothing may be added to them. */
  finish(): ColumnsOf<Made> & { readonly count: number } {
    const { count, columns } = this;
    const isInPlace = this.#isInPlace;
    const finished = columnsOf(this.#layout, (name, make) => {
      const column = columns[name];
      // A column made of another is not filled with zeros first, as a slice is.
      if (isInPlace) return new make(column.subarray(0, count));
      return new make(column.buffer.transfer(count * make.BYTES_PER_ELEMENT));
    });
    return { ...finished, count };
  }

  #grow(): void {
    const { columns } = this;
    const isInPlace = this.#isInPlace;
    this.#capacity *= 2;
    const capacity = this.#capacity;
    this.columns = columnsOf(this.#layout, (name, make) => {
      const column = columns[name];
      const memory = isInPlace ? column.slice().buffer : column.buffer;
      return new make(memory.transfer(capacity * make.BYTES_PER_ELEMENT));
    });
    this.#isInPlace = false;
  }
}

/** An array per column of a layout. */
export function columnsOf<Made extends Layout>(
  layout: Made,
  make: (name: keyof Made & string, maker: ColumnMaker<Column>) => Column,
): ColumnsOf<Made> {
  const columns = Object.entries(layout).map(([name, maker]) => [name, make(name, maker)]);
  // Object.fromEntries forgets the keys, which are the layout's own, and that each column is of its class.
  return Object.fromEntries(columns) as ColumnsOf<Made>;
}

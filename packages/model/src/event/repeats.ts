/** What one record can repeat at most: two messages in two parts each, with room. */
const MOST = 16;
/** A shorter range costs more to refer to than to keep. */
const SHORTEST = 24;

/**
 * Ranges of one record that are, byte for byte, what stood earlier in the records of its stream. Whoever reads the record
 * from its bytes has compared them anyway; whoever keeps the bytes need not keep these again. Places count from the first
 * byte of the stream's first record, records end to end.
 */
export class Repeats {
  /** The place of the record's first byte; -1: the record is not kept as it is, nothing may be noted of it. */
  origin = -1;
  /** Nothing may repeat what stands before this place: it is kept elsewhere. */
  oldest = 0;
  count = 0;
  /** In the record. */
  readonly at = new Uint32Array(MOST);
  readonly length = new Uint32Array(MOST);
  /** The place of the earlier bytes. */
  readonly from = new Float64Array(MOST);

  /** A record begins. */
  begin(origin: number, oldest: number): void {
    this.origin = origin;
    this.oldest = oldest;
    this.count = 0;
  }

  /** Tells whether what stands at a place may be repeated; -1 is no place. */
  mayRepeat(from: number): boolean {
    return from >= this.oldest && this.origin >= 0;
  }

  /** Notes a range. Ranges come in the order in which they stand and do not overlap. */
  note(at: number, length: number, from: number): void {
    if (length < SHORTEST || this.count === MOST) return;
    this.at[this.count] = at;
    this.length[this.count] = length;
    this.from[this.count] = from;
    this.count += 1;
  }

  /** Forgets the record's ranges. */
  clear(): void {
    this.count = 0;
  }
}

// A bounded memory of byte ranges, the oldest of which are overwritten. Places count from the beginning of time.

export class Ring {
  base: usize = 0;
  size: i64 = 0;
  /** Bytes ever written, with the gaps left at the end of a round. */
  written: i64 = 0;

  /** Begins anew, in these bytes. */
  layOut(base: usize, size: i32): void {
    this.base = base;
    this.size = size;
    this.written = 0;
  }

  /** Whether what was kept at a place is still there. */
  holds(place: i64): bool {
    return place + this.size >= this.written;
  }

  /** Where in memory a place is. */
  at(place: i64): usize {
    return this.base + <usize>(place % this.size);
  }

  /** Keeps three ranges, one behind the other, and returns their place. Together they are shorter than the ring. */
  keep(
    head: usize,
    headLength: usize,
    tail: usize,
    tailLength: usize,
    rest: usize,
    restLength: usize,
  ): i64 {
    const length = <i64>(headLength + tailLength + restLength);
    const offset = this.written % this.size;
    if (offset + length > this.size) this.written += this.size - offset;
    const place = this.written;
    const to = this.at(place);
    memory.copy(to, head, headLength);
    memory.copy(to + headLength, tail, tailLength);
    memory.copy(to + headLength + tailLength, rest, restLength);
    this.written += length;
    return place;
  }
}

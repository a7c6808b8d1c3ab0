interface Segment {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/**
 * The latest bytes of a stream, so that evidence can be cut out as it was received even where a record's value is only a
 * part of it (a wrapper around it, another encoding). Holds what the framer has not settled, within a limit.
 */
export class ReceivedWindow {
  readonly #limit: number;
  #segments: Segment[] = [];
  #end = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Offset of the first byte still here. */
  get start(): number {
    return this.#segments[0]?.offset ?? this.#end;
  }

  /** Offset behind the last byte. */
  get end(): number {
    return this.#end;
  }

  /** Takes a chunk without copying it; `settle` must follow before the chunk is reused. */
  append(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#segments.push({ offset: this.#end, bytes: chunk });
    this.#end += chunk.length;
  }

  /** The bytes of a range, a view where possible; undefined when some are gone. */
  slice(from: number, to: number): Uint8Array | undefined {
    if (from < this.start || to > this.#end || to < from) return undefined;
    const first = this.#segments.findLastIndex((segment) => segment.offset <= from);
    const segment = this.#segments[first];
    if (segment === undefined) return to === from ? new Uint8Array(0) : undefined;
    if (to <= segment.offset + segment.bytes.length) {
      return segment.bytes.subarray(from - segment.offset, to - segment.offset);
    }
    const joined = new Uint8Array(to - from);
    for (let i = first; i < this.#segments.length; i += 1) {
      const part = this.#segments[i];
      if (part === undefined || part.offset >= to) break;
      const begin = Math.max(from - part.offset, 0);
      const piece = part.bytes.subarray(begin, to - part.offset);
      joined.set(piece, part.offset + begin - from);
    }
    return joined;
  }

  /** Forgets what lies before `offset` or beyond the limit, and copies what is left of the last chunk. */
  settle(offset: number): void {
    const from = Math.max(offset, this.#end - this.#limit);
    const kept: Segment[] = [];
    for (const segment of this.#segments) {
      const cut = from - segment.offset;
      if (cut >= segment.bytes.length) continue;
      const isLast = segment === this.#segments.at(-1);
      if (cut <= 0 && !isLast) kept.push(segment);
      else {
        const begin = Math.max(cut, 0);
        const bytes = isLast ? segment.bytes.slice(begin) : segment.bytes.subarray(begin);
        kept.push({ offset: segment.offset + begin, bytes });
      }
    }
    this.#segments = kept;
  }
}

/**
 * Pulls bytes out of an async source with look-ahead.
 *
 * Peeking is done here because `stream.unshift` fails on small bodies. A source that throws is read up to its last
 * byte first; the error comes out where the bytes end.
 */
export class ByteReader {
  /** Offset of the next unread byte. */
  offset = 0;
  /** Bytes taken out of the source so far. */
  pulled = 0;

  readonly #iterator: AsyncIterator<Uint8Array>;
  readonly #signal: AbortSignal | undefined;
  readonly #chunks: Uint8Array[] = [];
  #buffered = 0;
  #done = false;
  #pending = false;
  #failure: { readonly error: unknown } | undefined;
  /** The memory of chunks that fill theirs, of a source whose chunks are ours; undefined: they are somebody's. */
  readonly #ours: Set<ArrayBufferLike> | undefined;

  /** `ownsChunks`: nobody else looks at the source's chunks again, so that `release` may give their memory back. */
  constructor(source: AsyncIterable<Uint8Array>, signal?: AbortSignal, ownsChunks = false) {
    this.#iterator = source[Symbol.asyncIterator]();
    this.#signal = signal;
    this.#ours = ownsChunks ? new Set() : undefined;
  }

  /** Up to `count` bytes without consuming them; fewer only where the source ends. */
  async peek(count: number): Promise<Uint8Array> {
    await this.#fill(count);
    const first = this.#chunks[0];
    if (first === undefined) {
      this.rethrow();
      return new Uint8Array(0);
    }
    if (first.length >= count) return first.subarray(0, count);
    const joined = Buffer.concat(this.#chunks);
    this.#ours?.clear();
    this.#chunks.length = 0;
    this.#chunks.push(joined);
    return joined.subarray(0, count);
  }

  /** The next 1 to `max` bytes, or undefined at the end. */
  async take(max: number): Promise<Uint8Array | undefined> {
    await this.#fill(1);
    const first = this.#chunks[0];
    if (first === undefined) {
      this.rethrow();
      return undefined;
    }
    const piece = first.subarray(0, max);
    this.drop(piece.length);
    return piece;
  }

  /** Consumes bytes that were peeked. */
  drop(count: number): void {
    let rest = count;
    while (rest > 0) {
      const first = this.#chunks[0];
      if (first === undefined) throw new RangeError('dropped more than was peeked');
      if (first.length <= rest) {
        this.#chunks.shift();
        rest -= first.length;
      } else {
        this.#chunks[0] = first.subarray(rest);
        rest = 0;
      }
    }
    this.#buffered -= count;
    this.offset += count;
  }

  /**
   * A taken piece has been used: gives the memory of its chunk back at once, when it was the last of it and the chunk is
   * ours. Left to the collector, a log of gigabytes would make it run all the time.
   */
  release({ buffer }: Uint8Array): void {
    if (this.#ours?.has(buffer) !== true || !(buffer instanceof ArrayBuffer)) return;
    if (this.#chunks.some((chunk) => chunk.buffer === buffer)) return;
    this.#ours.delete(buffer);
    buffer.transfer(0);
  }

  /** Puts consumed bytes back in front. */
  unread(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#chunks.unshift(bytes);
    this.#buffered += bytes.length;
    this.offset -= bytes.length;
  }

  /** Throws what the source threw, once its bytes are used up: a failing source is not a truncated file. */
  rethrow(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  /** Closes the source. Never waits for a source that is in the middle of giving its next chunk. */
  async close(): Promise<void> {
    this.#chunks.length = 0;
    this.#buffered = 0;
    if (this.#done) return;
    this.#done = true;
    const closing = this.#iterator.return?.();
    if (closing === undefined) return;
    if (this.#pending) closing.catch(() => undefined);
    else await closing;
  }

  async #fill(count: number): Promise<void> {
    while (this.#buffered < count && !this.#done) {
      const next = await this.#next();
      if (next === undefined) return;
      if (next.length === 0) continue;
      this.#chunks.push(next);
      if (next.length === next.buffer.byteLength) this.#ours?.add(next.buffer);
      this.#buffered += next.length;
      this.pulled += next.length;
    }
  }

  async #next(): Promise<Uint8Array | undefined> {
    this.#signal?.throwIfAborted();
    this.#pending = true;
    const pulling = this.#iterator.next();
    try {
      const result = await untilAborted(pulling, this.#signal);
      this.#pending = false;
      if (!result.done) return result.value;
      this.#done = true;
    } catch (error) {
      this.#signal?.throwIfAborted();
      this.#pending = false;
      this.#done = true;
      this.#failure = { error };
    }
    return undefined;
  }
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  work.catch(() => undefined);
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

import type { InflateRaw, ZstdDecompress } from 'node:zlib';

/** What one call of the engine gave. `output` is whole even when the call failed, as far as the engine tells. */
export interface EngineStep {
  readonly output: readonly Uint8Array[];
  readonly state: 'more' | 'ended' | 'failed';
  /** What the engine says about a failure. */
  readonly reason: string;
}

/**
 * Drives one of Node's decompressors a piece at a time: when `write` resolves, everything its input gives has come
 * out. Reading through 'data' and not through iteration, because an iterated stream throws its buffered output away
 * when it fails.
 */
export class Engine {
  readonly #stream: InflateRaw | ZstdDecompress;
  #output: Uint8Array[] = [];
  #ended = false;
  #fed = 0;
  #error: Error | undefined;
  #wake: () => void = () => undefined;

  constructor(stream: InflateRaw | ZstdDecompress) {
    this.#stream = stream;
    stream.on('data', (chunk: Uint8Array) => this.#output.push(chunk));
    stream.on('end', () => {
      this.#ended = true;
      this.#wake();
    });
    stream.on('error', (error: Error) => {
      this.#error = error;
      this.#wake();
    });
    stream.on('close', () => this.#wake());
  }

  /** Input bytes used so far, exact once the state is `ended`. */
  get consumed(): number {
    return this.#stream.bytesWritten;
  }

  /** Feeds a piece; after it the piece belongs to the caller again. */
  write(piece: Uint8Array): Promise<EngineStep> {
    this.#fed += piece.length;
    return this.#step((wake) => {
      // Input left over means that the stream has ended: then 'end' is what to wait for.
      this.#stream.write(piece, () => {
        if (this.#stream.bytesWritten >= this.#fed) wake();
      });
    });
  }

  /** Says that no input follows. `more` means that the engine would have wanted some. */
  end(): Promise<EngineStep> {
    return this.#step(() => this.#stream.end());
  }

  close(): void {
    this.#stream.destroy();
  }

  async #step(start: (wake: () => void) => void): Promise<EngineStep> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#wake = resolve;
    start(resolve);
    await promise;
    const output = this.#output;
    this.#output = [];
    if (this.#error !== undefined) return { output, state: 'failed', reason: this.#error.message };
    return { output, state: this.#ended ? 'ended' : 'more', reason: '' };
  }
}

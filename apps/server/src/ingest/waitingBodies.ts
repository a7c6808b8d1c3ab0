import { type Answer, failure } from '../store/ports.ts';

/** A push is read whole before its first record is committed; more than this in all pushes waiting is refused. */
const maxPushBytes = 64 * 1024 * 1024;
const maxWaitingBytes = 256 * 1024 * 1024;

/** The bodies of pushes that are in memory, read or being read, and not committed yet: bounded in all. */
export class WaitingBodies {
  #bytes = 0;

  /** Reads a body and acts on it; it is waiting until that is done. `too_large`, `saturated`. */
  async within<T>(
    chunks: AsyncIterable<Uint8Array>,
    act: (body: Uint8Array) => Promise<Answer<T>>,
  ): Promise<Answer<T>> {
    const parts: Uint8Array[] = [];
    let size = 0;
    try {
      for await (const chunk of chunks) {
        size += chunk.length;
        this.#bytes += chunk.length;
        if (this.#bytes > maxWaitingBytes) return saturated;
        if (size > maxPushBytes) return tooLarge;
        parts.push(chunk);
      }
      return await act(Buffer.concat(parts));
    } finally {
      this.#bytes -= size;
    }
  }
}

const tooLarge = failure({
  code: 'too_large',
  message: 'A push holds at most 64 MiB; send a log file to /api/v1/sources.',
});

const saturated = failure({
  code: 'saturated',
  message: 'Too much is waiting to be committed. Send it again.',
});

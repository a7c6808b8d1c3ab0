import { createHash } from 'node:crypto';

export interface Receipt {
  /** Bytes that have passed so far. */
  readonly bytes: number;
  /** SHA-256 of those bytes, lower-case hex. */
  readonly sha256: string;
  /** Whether the source came to its end: only then the two describe the whole of it. */
  readonly complete: boolean;
}

/** Passes chunks through unchanged and keeps count of them. `receipt` may be asked at any time, also after an error. */
export function countAndHash(source: AsyncIterable<Uint8Array>): {
  readonly chunks: AsyncIterable<Uint8Array>;
  receipt(): Receipt;
} {
  const hash = createHash('sha256');
  let bytes = 0;
  let complete = false;
  async function* pass(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
    complete = true;
  }
  return {
    chunks: pass(),
    receipt: () => ({ bytes, sha256: hash.copy().digest('hex'), complete }),
  };
}

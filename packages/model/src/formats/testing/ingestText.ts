import type { FactBatch } from '../../event/factBatch.ts';
import { hash64 } from '../../event/sense.ts';
import { createIngest, type Ingest } from '../../ingest/ingest.ts';
import type { IngestOptions } from '../../ingest/ingestOptions.ts';

/** Ingests bytes cut into chunks of the given sizes, the last size repeated; for tests. */
export function ingestBytes(
  bytes: Uint8Array,
  sizes: readonly number[] = [bytes.length || 1],
  options: Partial<IngestOptions> = {},
): { readonly batches: readonly FactBatch[]; readonly ingest: Ingest } {
  const ingest = createIngest({ cluster: '', hash: testHash, ...options });
  const batches: FactBatch[] = [];
  let step = 0;
  for (let at = 0; at < bytes.length; ) {
    const size = Math.max(sizes[Math.min(step, sizes.length - 1)] ?? 1, 1);
    // A copy that is wiped afterwards: nothing may keep a chunk.
    const chunk = bytes.slice(at, at + size);
    batches.push(...ingest.push(chunk));
    chunk.fill(0);
    at += size;
    step += 1;
  }
  batches.push(...ingest.end());
  return { batches, ingest };
}

/** The same for text. */
export function ingestText(
  text: string,
  sizes?: readonly number[],
  options?: Partial<IngestOptions>,
): { readonly batches: readonly FactBatch[]; readonly ingest: Ingest } {
  return ingestBytes(new TextEncoder().encode(text), sizes, options);
}

/** Not keyed: good enough to tell records of a test apart. */
function testHash(bytes: Uint8Array): bigint {
  return hash64(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

/**
 * Joins small chunks into chunks of at least `size` bytes (the last one apart). What was collected comes out before
 * an error of the source does.
 */
export async function* coalesce(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array> {
  let collected: Uint8Array[] = [];
  let length = 0;
  let failure: { readonly error: unknown } | undefined;
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      let next: IteratorResult<Uint8Array>;
      try {
        next = await iterator.next();
      } catch (error) {
        failure = { error };
        break;
      }
      if (next.done === true) break;
      collected.push(next.value);
      length += next.value.length;
      if (length < size) continue;
      const joined = join(collected);
      collected = [];
      length = 0;
      yield joined;
    }
    if (length > 0) yield join(collected);
  } finally {
    await iterator.return?.();
  }
  if (failure !== undefined) throw failure.error;
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  const [first] = chunks;
  return first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks);
}

import { spawnSync } from 'node:child_process';

/** A deterministic stream of numbers in [0, 1): mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Lines that compress like a process log: repeated shapes, changing numbers. */
export function logLines(count: number, seed: number): Buffer {
  const random = seededRandom(seed);
  const lines: string[] = [];
  for (let index = 0; index < count; index++) {
    const pid = Math.floor(random() * 1e6);
    const args = Math.floor(random() * 2 ** 32).toString(36);
    lines.push(
      `{"n":${index},"exec":{"pid":${pid},"binary":"/usr/bin/worker","args":"--job ${args}"}}\n`,
    );
  }
  return Buffer.from(lines.join(''));
}

/** Gives bytes in chunks of the sizes that `size` names, again and again. */
export async function* chunked(bytes: Uint8Array, size: () => number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const length = Math.max(1, Math.floor(size()));
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

/** What a decompressor of the system makes of the bytes; `undefined` when it is not installed. */
export function systemDecodes(tool: 'gzip' | 'zstd', bytes: Uint8Array): Buffer | undefined {
  const result = spawnSync(tool, ['-dc'], { input: bytes, maxBuffer: 256 * 1024 * 1024 });
  return result.error === undefined ? result.stdout : undefined;
}

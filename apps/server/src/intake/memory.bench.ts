import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGzip, createZstdCompress, gzipSync, zstdCompressSync } from 'node:zlib';
import { openMembers } from './openMembers.ts';
import { makeZip } from './testing/archives.ts';
import { logLines } from './testing/bytes.ts';

/*
 * node --conditions=source apps/server/src/intake/memory.bench.ts [megabytes]
 *
 * Reads generated uploads through the intake and prints how fast and how far resident memory grew. Fails when it grew
 * by more than 150 MiB. A script and no test: it reads a clock and needs a process of its own.
 */

const MIB = 1024 * 1024;
const LIMIT_MIB = 150;

/** Gives the blocks in turn: together they are larger than any window, so that the ratio stays a log's. */
async function* repeated(blocks: readonly Uint8Array[], bytes: number): AsyncGenerator<Uint8Array> {
  for (let given = 0; given < bytes; ) {
    for (const block of blocks) {
      yield block;
      given += block.length;
    }
  }
}

/** Compresses while being read, as a sender does. */
async function* compressed(
  source: AsyncIterable<Uint8Array>,
  stream: ReturnType<typeof createGzip> | ReturnType<typeof createZstdCompress>,
): AsyncGenerator<Uint8Array> {
  const feeding = (async () => {
    for await (const chunk of source) if (!stream.write(chunk)) await once(stream, 'drain');
    stream.end();
  })();
  for await (const chunk of stream) if (chunk instanceof Uint8Array) yield chunk;
  await feeding;
}

async function measure(label: string, source: AsyncIterable<Uint8Array>): Promise<number> {
  const spoolDir = await mkdtemp(join(tmpdir(), 'intake-bench-'));
  const start = process.hrtime.bigint();
  const before = process.memoryUsage.rss();
  let peak = before;
  let bytes = 0;
  const intake = openMembers(source, { name: 'bench', spoolDir });
  for await (const member of intake) {
    for await (const chunk of member.chunks) {
      bytes += chunk.length;
      peak = Math.max(peak, process.memoryUsage.rss());
    }
  }
  await rm(spoolDir, { recursive: true });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  const grown = (peak - before) / MIB;
  const rate = bytes / MIB / seconds;
  const damage = intake.damage().map(({ kind }) => kind);
  console.log(
    `${label.padEnd(28)} ${(bytes / MIB).toFixed(0).padStart(6)} MiB ${rate.toFixed(0).padStart(6)} MiB/s  rss +${grown.toFixed(0)} MiB ${damage.join(' ')}`,
  );
  return grown;
}

const bytes = Number(process.argv[2] ?? 300) * MIB;
const blocks = Array.from({ length: 16 }, (_, seed) => logLines(9000, seed));
const grown = [
  await measure('plain', repeated(blocks, bytes)),
  await measure(
    'gzip while compressing',
    compressed(repeated(blocks, bytes), createGzip({ level: 1 })),
  ),
  await measure(
    'zstd while compressing',
    compressed(repeated(blocks, bytes), createZstdCompress()),
  ),
  await measure('gzip', repeated([gzipSync(Buffer.concat(blocks))], bytes / 6)),
  await measure('zstd', repeated([zstdCompressSync(Buffer.concat(blocks))], bytes / 6)),
  await measure('gzip, 20-byte members', repeated([gzipSync('')], 200_000)),
  await measure('gzip bomb', repeated([gzipSync(Buffer.alloc(300 * MIB))], 1)),
  await measure(
    'zip bomb',
    repeated([makeZip([{ name: 'a.log', content: Buffer.alloc(300 * MIB) }])], 1),
  ),
];
if (Math.max(...grown) > LIMIT_MIB) {
  console.error(`resident memory grew by more than ${LIMIT_MIB} MiB`);
  process.exitCode = 1;
}

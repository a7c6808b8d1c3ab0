/**
 * Framing against plain line splitting, in one process over the same 100 MB of NDJSON in 64 KiB chunks:
 * `node --conditions=source packages/model/src/framing/framer.bench.ts`. Prints MB/s and the ratio; the goal is 2 or less.
 */
import { createFramer } from './framer.ts';
import { encodeText } from './text.ts';

const MEGABYTES = 100;
const CHUNK = 65_536;
const TIME = '2026-03-15T00:06:32.475152409Z';

const line = JSON.stringify({
  process_exec: {
    process: {
      exec_id: 'bm9kZTox',
      pid: 1,
      arguments: 'x{"'.repeat(20),
      labels: Array(170).fill('app=web'),
    },
    parent: { exec_id: 'bm9kZTow', binary: '/usr/bin/containerd-shim' },
  },
  time: TIME,
});

function chunksOf(oneLine: string): Uint8Array[] {
  const bytes = encodeText(`${oneLine}\n`);
  const whole = Buffer.alloc(Math.floor((MEGABYTES * 1e6) / bytes.length) * bytes.length);
  for (let at = 0; at < whole.length; at += bytes.length) whole.set(bytes, at);
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < whole.length; at += CHUNK) chunks.push(whole.subarray(at, at + CHUNK));
  return chunks;
}

/** The cheapest there is: it does not even join the line that two chunks share. */
function splitPlainly(chunks: readonly Uint8Array[]): number {
  let records = 0;
  for (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      if (chunk.subarray(start, end).length > 0) records++;
      start = end + 1;
    }
  }
  return records;
}

function frame(chunks: readonly Uint8Array[]): number {
  let records = 0;
  const framer = createFramer();
  const count = (piece: { readonly kind: string }): void => {
    if (piece.kind === 'record') records++;
  };
  for (const chunk of chunks) framer.push(chunk, count);
  framer.end(count);
  return records;
}

function speed(
  run: (chunks: readonly Uint8Array[]) => number,
  chunks: readonly Uint8Array[],
): number {
  const times = Array.from({ length: 7 }, () => {
    const begin = performance.now();
    run(chunks);
    return performance.now() - begin;
  });
  const size = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  return size / 1e3 / Math.min(...times);
}

const inputs: readonly (readonly [string, string])[] = [
  ['NDJSON', line],
  ['CRI', `${TIME} stdout F ${line}`],
  ['docker json-file', JSON.stringify({ log: `${line}\n`, stream: 'stdout', time: TIME })],
  ['array', `${line},`],
];
for (const [name, oneLine] of inputs) {
  const chunks = chunksOf(oneLine);
  const plain = speed(splitPlainly, chunks);
  const framed = speed(frame, chunks);
  console.log(
    `${name.padEnd(18)} ${oneLine.length} B/line  plain ${plain.toFixed(0)} MB/s  framer ${framed.toFixed(0)} MB/s  ratio ${(plain / framed).toFixed(2)}  ${((oneLine.length / framed) * 1e3).toFixed(0)} ns/line`,
  );
}

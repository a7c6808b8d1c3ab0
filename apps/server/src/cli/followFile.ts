import { type FileHandle, open, stat } from 'node:fs/promises';

const readBytes = 256 * 1024;
const pollMs = 250;

/**
 * The bytes of a file that grows, as `tail -F` gives them, from its beginning: after the end it waits for more. When the
 * name comes to mean another file (rotation by rename) the old one is read to its end first, then the new one from
 * its start; when the file becomes shorter (copytruncate) it begins again. A name that is gone is waited for. Ends
 * when the signal says so.
 */
export async function* followFile(path: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  let file: FileHandle | undefined = await open(path, 'r');
  let at = 0;
  try {
    while (!signal.aborted) {
      if (file === undefined) {
        file = await open(path, 'r').catch(() => undefined);
        at = 0;
        if (file === undefined) await pause(signal);
        continue;
      }
      const { size, ino, dev } = await file.stat();
      if (size < at) at = 0;
      // Asked before the last read: what is written to the old file before it was renamed is then in that read.
      const named = await stat(path).catch(() => undefined);
      const read = await file.read(Buffer.alloc(readBytes), 0, readBytes, at);
      if (read.bytesRead > 0) {
        at += read.bytesRead;
        yield read.buffer.subarray(0, read.bytesRead);
        continue;
      }
      if (named !== undefined && (named.ino !== ino || named.dev !== dev)) {
        await file.close();
        file = undefined;
        continue;
      }
      await pause(signal);
    }
  } finally {
    await file?.close();
  }
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, pollMs);
    signal.addEventListener('abort', end);
  });
}

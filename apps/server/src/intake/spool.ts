import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

const READ_BYTES = 256 * 1024;

/**
 * A temporary file that nobody else finds: created exclusively under a random name and, where the system allows it,
 * unlinked at once, so that it is gone even when the process is killed.
 */
export class Spool {
  size = 0;
  readonly #file: FileHandle;
  readonly #path: string;
  #linked: boolean;
  #closed = false;

  private constructor(file: FileHandle, path: string, linked: boolean) {
    this.#file = file;
    this.#path = path;
    this.#linked = linked;
  }

  static async create(dir: string): Promise<Spool> {
    const path = join(dir, `intake-${randomUUID()}.spool`);
    const file = await open(path, 'wx+', 0o600);
    const linked = await rm(path).then(
      () => false,
      () => true,
    );
    return new Spool(file, path, linked);
  }

  /** For readers that want a descriptor; it stays owned by the spool. */
  get fd(): number {
    return this.#file.fd;
  }

  /** Appends all bytes, or as many as the disk takes: then returns the system's code. */
  async append(bytes: Uint8Array): Promise<'written' | 'ENOSPC' | 'EDQUOT' | 'EFBIG'> {
    for (let rest = bytes; rest.length > 0; ) {
      try {
        const { bytesWritten } = await this.#file.write(rest, 0, rest.length, this.size);
        this.size += bytesWritten;
        rest = rest.subarray(bytesWritten);
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? error.code : undefined;
        if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG') return code;
        throw error;
      }
    }
    return 'written';
  }

  /** Up to `length` bytes from `position`; fewer only at the end of the file. */
  async read(position: number, length: number): Promise<Uint8Array> {
    const most = Math.max(0, Math.min(length, this.size - position));
    const bytes = Buffer.allocUnsafeSlow(most);
    let filled = 0;
    while (filled < most) {
      const { bytesRead } = await this.#file.read(bytes, filled, most - filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, filled);
  }

  /** The bytes [start, start + length), as far as they exist. */
  async *slice(start: number, length: number): AsyncGenerator<Uint8Array> {
    const end = Math.min(start + length, this.size);
    for (let position = start; position < end; ) {
      const chunk = await this.read(position, Math.min(READ_BYTES, end - position));
      if (chunk.length === 0) return;
      position += chunk.length;
      yield chunk;
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#file.close();
    if (this.#linked) await rm(this.#path, { force: true });
    this.#linked = false;
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { execPath } from 'node:process';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

/** Starts a process that writes the bulk log; its standard output is the log. */
export function startBulk(events: number): {
  readonly child: ChildProcess;
  readonly log: Readable;
} {
  const writer = fileURLToPath(new URL('./bulkWriter.ts', import.meta.url));
  const child = spawn(execPath, ['--conditions=source', writer, String(events)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, log: child.stdout };
}

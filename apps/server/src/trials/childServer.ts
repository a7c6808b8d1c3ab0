import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

/** A Forebear in a process of its own, so that it can be killed like one. */
export interface ChildServer {
  readonly url: string;
  readonly child: ChildProcess;
  /** SIGKILL: no handler runs, nothing is flushed. */
  kill(): Promise<void>;
  /** SIGTERM: drains. */
  stop(): Promise<void>;
}

/** Starts `forebear serve` on a free port over a data directory, and waits until it says where it is. */
export async function startServer(dataDir: string): Promise<ChildServer> {
  const said = join(dataDir, 'server.json');
  await rm(said, { force: true });
  const built = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
  const main = existsSync(built)
    ? [built]
    : ['--conditions=source', fileURLToPath(new URL('../main.ts', import.meta.url))];
  const child = spawn(execPath, [...main, 'serve', '--port', '0', '--data', dataDir], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => {
    child.on('exit', () => resolve());
  });
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error('the server ended before it listened');
    const text = await readFile(said, 'utf8').catch(() => '');
    const url = /"url":"([^"]+)"/.exec(text)?.[1];
    if (url !== undefined) {
      const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
        child.kill(signal);
        await ended;
      };
      return { url, child, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
    }
    await sleep(50);
  }
  child.kill('SIGKILL');
  throw new Error('the server did not listen within 30 s');
}

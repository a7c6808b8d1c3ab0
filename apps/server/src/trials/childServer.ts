import { type ChildProcess, spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { env, execPath } from 'node:process';
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

/** As scripts/house.sh sets it. */
const malloc = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: '134217728',
  MALLOC_MMAP_THRESHOLD_: '16777216',
  GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1',
};

/** Starts `forebear serve` on a free port over a data directory, and waits until it says where it is. */
export async function startServer(dataDir: string): Promise<ChildServer> {
  const said = join(dataDir, 'server.json');
  await rm(said, { force: true });
  // As this trial runs, so does its server: from source, or built; with the flags of scripts/house.sh.
  const here = fileURLToPath(import.meta.url);
  const isSource = here.endsWith('.ts');
  const path = join(dirname(here), '..', isSource ? 'main.ts' : 'main.js');
  const main = isSource ? ['--conditions=source', path] : [path];
  const flags = ['--max-semi-space-size=8', '--heap-growing-percent=100', '--no-parallel-scavenge'];
  const child = spawn(execPath, [...flags, ...main, 'serve', '--port', '0', '--data', dataDir], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...env, ...malloc },
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

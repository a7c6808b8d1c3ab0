import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const serverDir = fileURLToPath(new URL('../../apps/server', import.meta.url));
const startsWithinMs = 30_000;

/** A running Forebear with a data directory of its own. */
export interface Server {
  readonly origin: string;
  readonly port: number;
  /** Ends the process as a person does, with a signal it may answer; the data stays. */
  stop(): Promise<void>;
  /** Serves the same data at the same address again. */
  start(): Promise<void>;
  /** Ends the process and deletes its data. */
  dispose(): Promise<void>;
}

/** Starts the built server, or the sources when nothing is built. Rejects with what it printed when it does not come up. */
export async function startServer(): Promise<Server> {
  const dataDir = await mkdtemp(join(tmpdir(), 'forebear-e2e-'));
  let running = await launch(dataDir, 0);
  const { origin, port } = running;
  const stop = async () => {
    if (running.child.exitCode !== null || running.child.signalCode !== null) return;
    const ended = once(running.child, 'exit');
    running.child.kill('SIGTERM');
    await ended;
  };
  return {
    origin,
    port,
    stop,
    start: async () => {
      running = await launch(dataDir, port);
    },
    dispose: async () => {
      await stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

interface Running {
  readonly child: ChildProcess;
  readonly origin: string;
  readonly port: number;
}

async function launch(dataDir: string, port: number): Promise<Running> {
  const built = join(serverDir, 'dist/main.js');
  const program = existsSync(built)
    ? [built]
    : ['--conditions=source', join(serverDir, 'src/main.ts')];
  const child = spawn(
    process.execPath,
    [...program, 'serve', '--port', String(port), '--data', dataDir],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-20_000);
    });
  }
  const deadline = performance.now() + startsWithinMs;
  while (performance.now() < deadline && child.exitCode === null) {
    // The greeting is the last thing said on the way up, after the file that names the address.
    if (printed.includes('Forebear is at')) {
      const origin = await announcedIn(dataDir);
      return { child, origin, port: Number(new URL(origin).port) };
    }
    await sleep(50);
  }
  child.kill('SIGKILL');
  throw new Error(`The server did not come up. It printed:\n${printed}`);
}

/** The server leaves its address in its data directory, for programs beside it. */
async function announcedIn(dataDir: string): Promise<string> {
  const text = await readFile(join(dataDir, 'server.json'), 'utf8');
  const match = /"url":"(http:\/\/[^"]+)"/.exec(text);
  if (match?.[1] === undefined) throw new Error(`No address in server.json: ${text}`);
  return match[1];
}

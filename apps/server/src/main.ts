import { spawn } from 'node:child_process';
import { getEventListeners } from 'node:events';
import { homedir } from 'node:os';
import process from 'node:process';
import type { Screen } from './cli/terminal.ts';

/**
 * The program: the only file that knows the process. What it needs of Node is asked before the rest is loaded, because a
 * native module on a Node that is too old ends in a crash instead of a sentence.
 */
const refusal = nodeRefusal(process.versions.node);
if (refusal === undefined) await run();
else {
  process.stderr.write(`${refusal}\n`);
  process.exitCode = 2;
}

/** zstd came to node:zlib with 22.15 and with 23.8. */
function nodeRefusal(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major >= 24 || (major === 23 && minor >= 8) || (major === 22 && minor >= 15))
    return undefined;
  return [
    `Forebear needs Node 22.15 or newer, and this one is ${version}.`,
    'Install Node 24 (https://nodejs.org), or start it in its repository with npm, which brings one along on x64 Linux:',
    '  npm start -- FILE...          npm run forebear -- COMMAND...',
  ].join('\n');
}

async function run(): Promise<void> {
  const [
    { default: closeWithGrace },
    { createContext },
    { runProgram },
    { printable },
    exit,
    config,
  ] = await Promise.all([
    import('close-with-grace'),
    import('./cli/context.ts'),
    import('./cli/program.ts'),
    import('./cli/printable.ts'),
    import('./cli/exit.ts'),
    import('./config.ts'),
  ]);
  const { BrokenPipe } = await import('./cli/terminal.ts');
  const { nanos } = await import('@forebear/model/event/time');
  const { exitCodes } = exit;
  const stopping = new AbortController();
  const { signal } = stopping;
  const out = screenOf(process.stdout, () => new BrokenPipe());
  const err = screenOf(process.stderr, () => new BrokenPipe());
  const context = createContext(
    {
      out,
      err,
      input: () => readInput(signal),
      cwd: process.cwd(),
      env: process.env,
      platform: process.platform,
      home: homedir(),
      signal,
      nowMs: () => performance.now(),
      now: () => nanos(BigInt(Date.now()) * 1_000_000n),
      openBrowser,
    },
    config.readVersion(),
    () => import('./compose.ts'),
  );
  const tellBug = (error: unknown): Promise<void> => {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const lines = ['This is a bug in Forebear:', ...text.split('\n')];
    return err.write(`${lines.map(printable).join('\n')}\n`).catch(() => undefined);
  };

  const running = runProgram(context, process.argv.slice(2));
  // The first signal lets whoever holds something end it, within ten seconds; the second one ends everything.
  const grace = closeWithGrace(
    { delay: 10_000, logger: false, skip: ['beforeExit'] },
    async ({ err: bug }) => {
      if (bug !== undefined) await tellBug(bug);
      const isHolding = getEventListeners(signal, 'abort').length > 0;
      stopping.abort();
      if (!isHolding) process.exit(bug === undefined ? exitCodes.interrupted : exitCodes.bug);
      const code = await running.catch(() => exitCodes.bug);
      process.exit(bug === undefined ? code : exitCodes.bug);
    },
  );
  try {
    const code = await running;
    if (!signal.aborted) process.exitCode = code;
  } catch (error) {
    await tellBug(error);
    process.exitCode = exitCodes.bug;
  }
  if (signal.aborted) return;
  grace.uninstall();
  // Everything printed has been waited for; standard input may still be open.
  process.exit();
}

function screenOf(stream: NodeJS.WriteStream, brokenPipe: () => Error): Screen {
  let isBroken = false;
  stream.on('error', () => {
    isBroken = true;
  });
  return {
    isTTY: stream.isTTY === true,
    get columns() {
      if (stream.isTTY !== true) return Number.POSITIVE_INFINITY;
      // A terminal that does not know its width says 0.
      return stream.columns > 0 ? Math.max(stream.columns, 40) : 80;
    },
    write: (data) =>
      new Promise((resolve, reject) => {
        if (isBroken) {
          reject(brokenPipe());
          return;
        }
        stream.write(data, (error) => {
          if (error === null || error === undefined) resolve();
          else reject(isBrokenPipe(error) ? brokenPipe() : error);
        });
      }),
  };
}

function isBrokenPipe(error: Error): boolean {
  return 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED');
}

async function* readInput(signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const stop = () => process.stdin.destroy();
  signal.addEventListener('abort', stop);
  try {
    for await (const chunk of process.stdin) yield Buffer.from(chunk);
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function openBrowser(url: string): void {
  const openers = new Map([
    ['darwin', ['open', url]],
    ['win32', ['cmd', '/c', 'start', '', url]],
  ]);
  const [command = 'xdg-open', ...words] = openers.get(process.platform) ?? ['xdg-open', url];
  const child = spawn(command, words, { stdio: 'ignore', detached: true });
  // No browser here: the address is printed anyway.
  child.on('error', () => undefined);
  child.unref();
}

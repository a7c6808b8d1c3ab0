import { nanos } from '@forebear/model/event/time';
import * as compose from '../../compose.ts';
import { type Context, createContext } from '../context.ts';
import type { ExitCode } from '../exit.ts';
import { runProgram } from '../program.ts';
import { BrokenPipe, type Screen } from '../terminal.ts';

export interface FakeOptions {
  readonly cwd?: string;
  readonly home?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Columns of a terminal; absent: output goes into a pipe. */
  readonly columns?: number;
  readonly input?: Uint8Array | string;
  /** The reader goes away after so many writes. */
  readonly readerLeavesAfter?: number;
  readonly load?: Context['load'];
}

export interface Ran {
  readonly code: ExitCode;
  readonly out: string;
  readonly outBytes: Buffer;
  readonly err: string;
}

/** A terminal that remembers; `stop` is the first Ctrl-C. */
export interface FakeTerminal {
  readonly context: Context;
  readonly stop: () => void;
  readonly out: () => string;
  readonly outBytes: () => Buffer;
  readonly err: () => string;
}

/** The house with cases in memory where the product keeps them on disk. */
const memoryHouse: Context['load'] = async () => ({
  ...compose,
  composeServer: ({ now }: compose.ServerParts) => compose.composeMemory(now),
});

export function createFakeTerminal(options: FakeOptions = {}): FakeTerminal {
  const stopping = new AbortController();
  const written: Buffer[] = [];
  const told: Buffer[] = [];
  const context = createContext(
    {
      out: screen(written, options.columns, options.readerLeavesAfter),
      err: screen(told, options.columns, undefined),
      input: async function* () {
        yield Buffer.from(options.input ?? '');
      },
      cwd: options.cwd ?? '/nowhere',
      env: options.env ?? {},
      platform: 'linux',
      home: options.home ?? '/nowhere/home',
      signal: stopping.signal,
      nowMs: () => performance.now(),
      now: () => nanos(1_800_000_000_000_000_000n),
      openBrowser: () => undefined,
    },
    '9.9.9',
    options.load ?? memoryHouse,
  );
  return {
    context,
    stop: () => stopping.abort(),
    out: () => Buffer.concat(written).toString('utf8'),
    outBytes: () => Buffer.concat(written),
    err: () => Buffer.concat(told).toString('utf8'),
  };
}

/** Runs a command line to its end. */
export async function runWords(words: readonly string[], options: FakeOptions = {}): Promise<Ran> {
  const terminal = createFakeTerminal(options);
  const code = await runProgram(terminal.context, words);
  return { code, out: terminal.out(), outBytes: terminal.outBytes(), err: terminal.err() };
}

function screen(
  written: Buffer[],
  columns: number | undefined,
  readerLeavesAfter = Number.POSITIVE_INFINITY,
): Screen {
  let writes = 0;
  return {
    isTTY: columns !== undefined,
    columns: columns ?? Number.POSITIVE_INFINITY,
    async write(data) {
      writes += 1;
      if (writes > readerLeavesAfter) throw new BrokenPipe();
      written.push(Buffer.from(data));
    },
  };
}

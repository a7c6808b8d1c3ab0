import { existsSync } from 'node:fs';
import type { Composed, ServerParts } from '../compose.ts';
import { readPlace } from '../config.ts';
import type { CaseStore } from '../store/ports.ts';
import { type Caller, createCaller } from './caller.ts';
import { type CommonOptions, type Context, usageError } from './context.ts';
import { CommandEnd, exitCodes } from './exit.ts';
import { findServer } from './serverFile.ts';
import { inProcess, overHttp } from './transport.ts';

/** A conversation with one case of one Forebear, wherever it runs. */
export interface Session {
  readonly caller: Caller;
  readonly caseName: string;
  /** The store itself, when it is in this process: for what the API does not carry. */
  readonly store: (() => Promise<CaseStore>) | undefined;
  /** Where it is, for people: a URL, a directory, or `memory`. */
  readonly where: string;
  close(): Promise<void>;
}

/**
 * Opens the Forebear that the options name: a server by `--server`; else the data directory, through the server that
 * holds it or in this process. `create`: an empty one is fine, since something is about to go in.
 */
export async function openSession(
  context: Context,
  options: CommonOptions,
  { create }: { readonly create: boolean } = { create: false },
): Promise<Session> {
  const place = readPlace(options, context.terminal);
  if (!place.ok) throw usageError(place.errors.join('\n'));
  const { dataDir, caseName } = place.value;
  if (options.server !== undefined) return overServer(serverUrl(options.server), caseName);
  const running = await findServer(dataDir);
  if (running !== undefined) return overServer(running, caseName);
  if (!create && !existsSync(dataDir)) {
    throw new CommandEnd(
      exitCodes.nothingMatched,
      `Nothing is stored yet in ${dataDir}. Take a log in with \`forebear ingest FILE\`, or name one with --file where a command has it.`,
    );
  }
  return overComposed(
    await openServer(context, { dataDir, allowedHosts: [], log: false }),
    caseName,
    dataDir,
  );
}

/** The house over a data directory. Throws `CommandEnd` when that cannot be opened. */
export async function openServer(
  { load, terminal }: Context,
  parts: Omit<ServerParts, 'now'>,
): Promise<Composed> {
  const { composeServer, openingFailure } = await load();
  try {
    return await composeServer({ ...parts, now: terminal.now });
  } catch (error) {
    const message = openingFailure(error);
    if (message === undefined) throw error;
    throw new CommandEnd(exitCodes.unusableInput, message);
  }
}

/** Opens a Forebear in memory, for files that are only looked at. */
export async function openMemorySession(context: Context, caseName: string): Promise<Session> {
  const { composeMemory } = await context.load();
  return overComposed(await composeMemory(context.terminal.now), caseName, 'memory');
}

/** Uses a session and closes it, whatever happens. */
export async function withSession<T>(
  opening: Promise<Session>,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const session = await opening;
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

function overServer(url: URL, caseName: string): Session {
  return {
    caller: createCaller(overHttp(url), caseName),
    caseName,
    store: undefined,
    where: url.origin,
    close: async () => {},
  };
}

function overComposed(composed: Composed, caseName: string, where: string): Session {
  return {
    caller: createCaller(inProcess(composed), caseName),
    caseName,
    async store() {
      const opened = await composed.cases.open(caseName);
      if (opened.ok) return opened.value;
      throw new CommandEnd(exitCodes.nothingMatched, opened.problem.message);
    },
    where,
    close: () => composed.close(),
  };
}

function serverUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw usageError(`--server takes an address such as http://127.0.0.1:4747, not ${text}.`);
  }
  return url;
}

import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Nanos } from '@forebear/model/event/time';
import { formats } from '@forebear/model/formats/registry';
import { compactLines } from '@forebear/model/formats/tetragon/compact';
import { createFramer } from '@forebear/model/framing/framer';
import { splitRecord } from '@forebear/model/framing/splitRecord';
import { RecordReader } from '@forebear/model/ingest/readRecord';
import { readVersion } from './config.ts';
import { rehearsalLogs } from './demo/rehearsalLogs.ts';
import { sampleOf } from './demo/samples.ts';
import { buildApp } from './http/app.ts';
import { allowedHosts } from './http/guard.ts';
import type { App } from './http/typedApp.ts';
import { startDecodeThread } from './ingest/decodeThread.ts';
import { type Decoding, decodeHere } from './ingest/decoding.ts';
import type { IngestService } from './ingest/ingestService.ts';
import { rehearse } from './ingest/rehearsal.ts';
import { createIngestService } from './ingest/service.ts';
import { openMemoryCases } from './store/memory/memoryStore.ts';
import type { Cases } from './store/ports.ts';
import { DataDirHeld } from './store/sqlite/dataDir.ts';

/** A whole Forebear without a socket: its API answers `inject`, and listens once somebody says where. */
export interface Composed {
  readonly app: App;
  readonly cases: Cases;
  readonly ingest: IngestService;
  /** Resolves when the rehearsal is over, at once when there is none. */
  readonly rehearsed: Promise<void>;
  /** Listens, and from then on answers to its own names and the extra ones. The address it is at, port 0 resolved. */
  listen(host: string, port: number): Promise<URL>;
  /** Stops listening, cancels uploads, waits for their last commit, closes the store. Idempotent. */
  close(): Promise<void>;
}

export interface ServerParts {
  readonly dataDir: string;
  readonly allowedHosts: readonly string[];
  /** Failures of requests are told. */
  readonly log: boolean;
  /** Takes the log, a line of JSON each; absent: standard output. */
  readonly logTo?: (line: string) => void;
  readonly now: () => Nanos;
  /** Generated logs are taken in first, beside all else, so that the code is compiled when the first real one comes. */
  readonly rehearses?: boolean;
}

/** Forebear over the SQLite cases of a data directory. Rejects with what `openingFailure` can put into words. */
export async function composeServer(parts: ServerParts): Promise<Composed> {
  const spoolDir = join(parts.dataDir, 'spool');
  mkdirSync(spoolDir, { recursive: true, mode: 0o700 });
  // Loaded when a store on disk is asked for: looking at a file needs nothing native.
  const { openSqliteCases } = await import('./store/sqlite/sqliteStore.ts');
  const cases = await openSqliteCases({ dataDir: parts.dataDir, now: parts.now });
  const decoding = startDecodeThread();
  const composed = await assemble({ ...parts, cases, spoolDir, decoding });
  if (parts.rehearses !== true) return composed;
  const stop = new AbortController();
  const run = { decoding, spoolDir, now: parts.now };
  const rehearsed = rehearse(
    run,
    rehearsalLogs(),
    (work) => cases.scratch(work),
    stop.signal,
  ).catch((error: unknown) =>
    composed.app.log.warn(error, 'the rehearsal failed: the first log is slower'),
  );
  // The first real bytes end it.
  const stopWatching = composed.ingest.watch(() => stop.abort());
  return {
    ...composed,
    rehearsed,
    async close() {
      stopWatching();
      stop.abort();
      await Promise.all([rehearsed, composed.close()]);
    },
  };
}

/**
 * Why a data directory could not be opened, when that is something a person can change: another process holds it, it may
 * not be written, the disk is full. Undefined: a bug.
 */
export function openingFailure(error: unknown): string | undefined {
  if (error instanceof DataDirHeld) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const isPlace = code === 'EACCES' || code === 'EROFS' || code === 'ENOTDIR' || code === 'EEXIST';
  if (error instanceof Error && (isPlace || code === 'ENOSPC')) {
    return `The data directory cannot be used: ${error.message}.`;
  }
  return undefined;
}

/** Forebear over cases in memory, for looking at a file without keeping it. */
export async function composeMemory(now: () => Nanos): Promise<Composed> {
  const spoolDir = await mkdtemp(join(tmpdir(), 'forebear-'));
  const composed = await assemble({
    cases: openMemoryCases({ now }),
    spoolDir,
    decoding: decodeHere,
    allowedHosts: [],
    log: false,
    now,
  });
  return {
    ...composed,
    async close() {
      await composed.close();
      await rm(spoolDir, { recursive: true, force: true });
    },
  };
}

/** Reading a log without a store: framing, detection and decoding, and the agents' own one-line form. */
export const logTools = {
  createFramer,
  splitRecord,
  createReader: () => new RecordReader(formats),
  compactLines,
};
export type LogTools = typeof logTools;

async function assemble(parts: {
  readonly cases: Cases;
  readonly spoolDir: string;
  readonly decoding: Decoding;
  readonly allowedHosts: readonly string[];
  readonly log: boolean;
  readonly logTo?: (line: string) => void;
  readonly now: () => Nanos;
}): Promise<Composed> {
  const { cases, now } = parts;
  const newId = () => randomUUID();
  const ingest = createIngestService({ ...parts, newId });
  let hosts: ReadonlySet<string> = new Set();
  const app = await buildApp({
    cases,
    ingest,
    hosts: () => hosts,
    now,
    newId,
    webRoot: webRoot(),
    sample: sampleOf,
    version: readVersion(),
    log: parts.log,
    ...(parts.logTo === undefined ? {} : { logTo: { write: parts.logTo } }),
  });
  let closing: Promise<void> | undefined;
  return {
    app,
    cases,
    ingest,
    rehearsed: Promise.resolve(),
    async listen(host, port) {
      await app.listen({ host, port });
      const address = app.server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      hosts = allowedHosts(bound, parts.allowedHosts);
      return new URL(`http://${host.includes(':') ? `[${host}]` : host}:${bound}`);
    },
    close() {
      closing ??= (async () => {
        // No further connection; those that are open get the answer of their cancelled upload.
        if (app.server.listening) app.server.close();
        await ingest.close();
        await app.close();
        await cases.close();
      })();
      return closing;
    },
  };
}

/** The built web app beside this server, when it is built. */
function webRoot(): string | undefined {
  const dir = fileURLToPath(new URL('../../web/dist', import.meta.url));
  return existsSync(join(dir, 'index.html')) ? dir : undefined;
}

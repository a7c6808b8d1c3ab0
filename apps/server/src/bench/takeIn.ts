import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nanos } from '@forebear/model/event/time';
import { matchAll } from '@forebear/model/query/filter';
import type { Ledger } from '@forebear/model/wire/primitives';
import { type Composed, composeServer } from '../compose.ts';

/** A whole server over a fresh data directory, gone when the work is done. */
export async function withServer<T>(work: (server: Composed) => Promise<T>): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'forebear-bench-'));
  const server = await composeServer({
    dataDir,
    allowedHosts: [],
    log: false,
    rehearses: true,
    now: () => nanos(BigInt(Date.now()) * 1_000_000n),
  });
  try {
    await server.rehearsed;
    return await work(server);
  } finally {
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

export interface Taken {
  readonly ledger: Ledger;
  /** Until the last commit. */
  readonly committedSeconds: number;
  /** Until the list of pods, with its late marks, was answered after that. */
  readonly queryableSeconds: number;
  readonly pods: number;
}

/** Takes one log in as an upload does: hashed, decoded, deduplicated, raw bytes kept, committed. */
export async function commit(
  server: Composed,
  caseName: string,
  body: AsyncIterable<Uint8Array>,
): Promise<Ledger> {
  const answer = await server.ingest.upload({
    case: caseName,
    id: undefined,
    name: 'bulk.log',
    kind: 'command',
    cluster: '',
    format: 'auto',
    bytesExpected: undefined,
    body,
    ownsChunks: true,
  });
  if (!answer.ok) throw new Error(answer.problem.message);
  return answer.value.ledger;
}

/** Takes one log in, then asks for the pods. */
export async function takeIn(
  server: Composed,
  caseName: string,
  body: AsyncIterable<Uint8Array>,
): Promise<Taken> {
  const start = performance.now();
  const ledger = await commit(server, caseName, body);
  const committedSeconds = (performance.now() - start) / 1000;
  const opened = await server.cases.open(caseName);
  if (!opened.ok) throw new Error(opened.problem.message);
  const pods = await opened.value.queries.pods({ filter: matchAll, lateLimitMs: 60_000 });
  return {
    ledger,
    committedSeconds,
    queryableSeconds: (performance.now() - start) / 1000,
    pods: pods.items.length,
  };
}

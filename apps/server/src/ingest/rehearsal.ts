import type { FactStore } from '../store/ports.ts';
import { type RunDeps, runSource } from './sourceRun.ts';

/** About as much as a chunk of a file. */
const linesPerChunk = 500;

/**
 * Takes logs in, each into a case that nobody sees, one after the other, so that the first real one finds code that is compiled.
 * Resolves when it is done, or was stopped by the signal.
 */
export async function rehearse(
  deps: Omit<RunDeps, 'facts'>,
  logs: Iterable<Iterable<string>>,
  scratch: (work: (facts: FactStore) => Promise<void>) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (const log of logs) {
    if (signal.aborted) return;
    await scratch((facts) => rehearseOne({ ...deps, facts }, log, signal));
  }
}

async function rehearseOne(
  deps: RunDeps,
  log: Iterable<string>,
  signal: AbortSignal,
): Promise<void> {
  const sourceId = 'rehearsal';
  const begun = await deps.facts.beginSource({
    id: sourceId,
    name: sourceId,
    kind: 'command',
    cluster: '',
    startedAt: deps.now(),
    bytesExpected: undefined,
    state: 'receiving',
  });
  if (!begun.ok) throw new Error(begun.problem.message);
  await runSource(deps, {
    sourceId,
    name: `${sourceId}.log`,
    cluster: '',
    format: 'auto',
    body: chunksOf(log),
    isNamed: false,
    ownsChunks: true,
    signal,
    onProgress: () => {},
  });
}

/** In pieces, between which others have their turn. */
async function* chunksOf(log: Iterable<string>): AsyncGenerator<Uint8Array> {
  let lines: string[] = [];
  for (const line of log) {
    lines.push(`${line}\n`);
    if (lines.length < linesPerChunk) continue;
    yield new TextEncoder().encode(lines.join(''));
    lines = [];
    await new Promise(setImmediate);
  }
  yield new TextEncoder().encode(lines.join(''));
}

import type { FactStore } from '../store/ports.ts';
import { type RunDeps, runSource } from './sourceRun.ts';

const linesPerChunk = 100;

/**
 * Takes a log into a case that nobody sees, so that the first real one finds code that is compiled.
 * Resolves when it is done, or was stopped by the signal.
 */
export async function rehearse(
  deps: Omit<RunDeps, 'facts'>,
  log: Iterable<string>,
  scratch: (work: (facts: FactStore) => Promise<void>) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  await scratch(async (facts) => {
    const sourceId = 'rehearsal';
    const begun = await facts.beginSource({
      id: sourceId,
      name: sourceId,
      kind: 'command',
      cluster: '',
      startedAt: deps.now(),
      bytesExpected: undefined,
      state: 'receiving',
    });
    if (!begun.ok) throw new Error(begun.problem.message);
    await runSource(
      { ...deps, facts },
      {
        sourceId,
        name: `${sourceId}.log`,
        cluster: '',
        format: 'auto',
        body: chunksOf(log),
        ownsChunks: true,
        signal,
        onProgress: () => {},
      },
    );
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

import { randomUUID } from 'node:crypto';
import { type Source, sourceAnswer } from '@forebear/model/wire/sources';
import { anyShape, type Caller } from './caller.ts';
import type { Context } from './context.ts';
import { CommandEnd } from './exit.ts';
import type { Input } from './inputs.ts';
import { ProgressLine } from './progress.ts';

export interface TakeInOptions {
  readonly format: string;
  readonly cluster: string;
}

/** What became of one input; a refused one has no source that counts. */
export type Taken =
  | {
      readonly ok: true;
      readonly input: Input;
      readonly source: Source;
      readonly elapsedMs: number;
    }
  | { readonly ok: false; readonly input: Input; readonly end: CommandEnd };

const pollMs = 400;
const drawMs = 100;

/**
 * Sends one input as an upload and follows it. The first signal cancels it: what is committed stays. A refusal is a
 * value, so that the next file gets its turn.
 */
export async function takeIn(
  context: Context,
  caller: Caller,
  input: Input,
  options: TakeInOptions,
): Promise<Taken> {
  const { terminal } = context;
  const id = randomUUID();
  const line = new ProgressLine(terminal.err);
  const startedMs = terminal.nowMs();
  let sentBytes = 0;
  let events = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of input.chunks()) {
      sentBytes += chunk.length;
      yield chunk;
    }
  }
  const draw = () =>
    line.draw({
      name: input.name,
      sentBytes,
      sizeBytes: input.sizeBytes,
      events,
      elapsedMs: terminal.nowMs() - startedMs,
    });
  const drawing = terminal.err.isTTY
    ? setInterval(() => void draw().catch(ignore), drawMs)
    : undefined;
  const polling = terminal.err.isTTY
    ? setInterval(() => {
        caller.read(`/sources/${id}`, {}, sourceAnswer).then(({ source }) => {
          events = source.ledger.events;
        }, ignore);
      }, pollMs)
    : undefined;
  const cancel = () => {
    caller.send(`/sources/${id}/cancel`, {}, undefined, anyShape).catch(ignore);
  };
  terminal.signal.addEventListener('abort', cancel, { once: true });
  try {
    const query = {
      id,
      name: input.name,
      format: options.format,
      cluster: options.cluster,
      bytes: input.sizeBytes,
    };
    const body = { bytes: counted(), contentType: 'application/octet-stream' };
    const { source } = await caller.send('/sources', query, body, sourceAnswer);
    return { ok: true, input, source, elapsedMs: terminal.nowMs() - startedMs };
  } catch (error) {
    if (error instanceof CommandEnd) return { ok: false, input, end: error };
    // In this process a cancelled upload breaks its own call off: the source says how it ended.
    const source = terminal.signal.aborted ? await endedSource(caller, id) : undefined;
    if (source === undefined) throw error;
    return { ok: true, input, source, elapsedMs: terminal.nowMs() - startedMs };
  } finally {
    terminal.signal.removeEventListener('abort', cancel);
    clearInterval(drawing);
    clearInterval(polling);
    await line.clear();
  }
}

/** The source once it has ended, within five seconds. */
async function endedSource(caller: Caller, id: string): Promise<Source | undefined> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const { source } = await caller.read(`/sources/${id}`, {}, sourceAnswer);
    if (source.state !== 'receiving') return source;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return undefined;
}

function ignore(): void {}

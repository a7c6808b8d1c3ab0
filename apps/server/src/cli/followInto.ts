import { createHash } from 'node:crypto';
import { noLedger, sumLedgers } from '@forebear/model/wire/ledgers';
import type { Ledger } from '@forebear/model/wire/primitives';
import { ingestAnswer } from '@forebear/model/wire/sources';
import type { Caller } from './caller.ts';
import { type Context, tell, usageError, writeJson, writeLines } from './context.ts';
import { CommandEnd, type ExitCode, exitCodes } from './exit.ts';
import { countText } from './figures.ts';
import { followFile } from './followFile.ts';
import type { Input } from './inputs.ts';
import { printable } from './printable.ts';
import type { TakeInOptions } from './takeIn.ts';

/** A push is sent when this much is waiting, or when nothing came for a moment. */
const pushBytes = 4 * 1024 * 1024;
const quietMs = 300;
/** A line that is longer than this is sent as it is, and ends in quarantine. */
const longestLine = 32 * 1024 * 1024;
const newline = 0x0a;

/**
 * Pushes the lines of a growing log as they come, each push committed before the next. Only whole lines are sent, so
 * the log must be one record per line. Begins at the file's start: what an earlier run pushed counts as duplicate.
 * Ends with the first signal, or with standard input.
 */
export async function followInto(
  context: Context,
  caller: Caller,
  input: Input,
  options: TakeInOptions & { readonly json?: boolean },
): Promise<ExitCode> {
  const { signal } = context.terminal;
  if (input.path !== undefined && input.sizeBytes === undefined) {
    throw usageError('--follow takes a regular file, or - for a pipe.');
  }
  const chunks = input.path === undefined ? input.chunks() : followFile(input.path, signal);
  await tell(context, `Following ${printable(input.name)}. Ctrl-C ends it.`);
  let total: Ledger = noLedger;
  for await (const lines of wholeLines(chunks)) {
    const { ledger } = await pushLines(caller, input.name, options, lines);
    total = sumLedgers(total, ledger);
    if (ledger.quarantined > 0) {
      await tell(context, `${countText(ledger.quarantined)} records quarantined.`);
    }
    if (signal.aborted) break;
  }
  if (options.json === true) await writeJson(context, { ledger: total });
  else {
    const words = Object.entries(total).map(([name, count]) => `${name} ${countText(count)}`);
    await writeLines(context, [words.join(' · ')]);
  }
  return exitCodes.fine;
}

async function pushLines(
  caller: Caller,
  name: string,
  { cluster, format }: TakeInOptions,
  lines: Uint8Array,
): Promise<{ ledger: Ledger }> {
  const key = createHash('sha256').update(`${name}\0${format}\0`).update(lines).digest('hex');
  const body = {
    bytes: {
      async *[Symbol.asyncIterator]() {
        yield lines;
      },
    },
    contentType: 'application/x-ndjson',
    headers: { 'idempotency-key': key },
  };
  const query = { sender: name, cluster, format };
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await caller.send('/ingest', query, body, ingestAnswer);
    } catch (error) {
      // The bytes are still here and the key makes a repeat harmless: a server that restarts is waited for.
      if (!(error instanceof CommandEnd) || attempt >= 4) throw error;
      await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * 500));
    }
  }
}

/** Blocks that end with a newline; what follows the last newline goes at the end. */
export async function* wholeLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array[] = [];
  let size = 0;
  const iterator = chunks[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (;;) {
      const quiet = size > 0 ? await isQuiet(next) : false;
      if (quiet || size >= pushBytes) {
        const joined = Buffer.concat(waiting);
        const end = size > longestLine ? size : joined.lastIndexOf(newline) + 1;
        if (end > 0) {
          waiting = end < joined.length ? [joined.subarray(end)] : [];
          size = joined.length - end;
          yield joined.subarray(0, end);
          continue;
        }
      }
      const read = await next;
      if (read.done === true) break;
      waiting.push(read.value);
      size += read.value.length;
      next = iterator.next();
    }
    if (size > 0) yield Buffer.concat(waiting);
  } finally {
    await iterator.return?.();
  }
}

async function isQuiet(next: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const quiet = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(true), quietMs);
  });
  const result = await Promise.race([next.then(() => false), quiet]);
  clearTimeout(timer);
  return result;
}

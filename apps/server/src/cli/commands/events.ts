import { tmpdir } from 'node:os';
import type { Nanos } from '@forebear/model/event/time';
import { openMembers } from '../../intake/openMembers.ts';
import { readableLogs } from '../caller.ts';
import { type CommonOptions, type Context, tell, usageError } from '../context.ts';
import {
  type EventChoice,
  type EventChoiceOptions,
  isPast,
  keepsEvent,
  readChoice,
  readFields,
} from '../eventChoice.ts';
import {
  compactPrinter,
  defaultFields,
  type EventPrinter,
  jsonPrinter,
  tablePrinter,
} from '../eventPrinter.ts';
import { type ExitCode, exitCodes } from '../exit.ts';
import { countOf } from '../figures.ts';
import { followFile } from '../followFile.ts';
import { findInputs, type Input } from '../inputs.ts';
import { newPipeReport, type PipeReport, readRecords } from '../logPipe.ts';
import { printable } from '../printable.ts';
import { openSession, withSession } from '../session.ts';
import { followedRecords, storedRecords } from '../storedRecords.ts';

export interface EventsOptions extends CommonOptions, EventChoiceOptions {
  readonly follow?: boolean;
  readonly output?: string;
  readonly fields?: string;
  readonly timestamps?: boolean;
}

/** `events [FILE|-]`: events as lines, from the store in time order, or from a log as it stands, as a pipe. */
export async function events(
  context: Context,
  names: readonly string[],
  options: EventsOptions,
): Promise<ExitCode> {
  const choice = readChoice(options);
  const print = await printerOf(context, options);
  if (names.length === 0) {
    return withSession(openSession(context, options), async (session) => {
      const records =
        options.follow === true
          ? followedRecords(session, choice, context.terminal.signal)
          : storedRecords(session, choice);
      const live = options.follow === true;
      const run: Run = { choice, print, filtered: true, live };
      const { printed } = await pour(context, bounded(context, records, run), run, newPipeReport());
      return printed > 0 ? exitCodes.fine : exitCodes.nothingMatched;
    });
  }
  const inputs = await findInputs(names, context.terminal);
  const report = newPipeReport();
  let printed = 0;
  for (const input of inputs) {
    const live = options.follow === true || input.path === undefined;
    const run: Run = { choice, print, filtered: false, live };
    const before = report.records;
    for await (const chunks of streamsOf(context, input, run, options.follow === true)) {
      const poured = await pour(context, chunks, run, report);
      printed += poured.printed;
      if (poured.ended) break;
    }
    if (report.records === before) await tellUnread(context, input, report);
  }
  if (report.records === 0) return exitCodes.unusableInput;
  const passed = passedText(report);
  if (passed !== '') await tell(context, passed);
  return printed > 0 ? exitCodes.fine : exitCodes.nothingMatched;
}

interface Run {
  readonly choice: EventChoice;
  readonly print: EventPrinter;
  /** A store has applied the filter already. */
  readonly filtered: boolean;
  /** `--for` counts the clock, not the log's own time. */
  readonly live: boolean;
}

/** Prints what the choice keeps of one stream. `ended`: the span that was asked for is over. */
async function pour(
  context: Context,
  chunks: AsyncIterable<Uint8Array>,
  run: Run,
  report: PipeReport,
): Promise<{ readonly printed: number; readonly ended: boolean }> {
  const { terminal } = context;
  const { choice } = run;
  const { logTools } = await context.load();
  let first: Nanos | undefined;
  let printed = 0;
  for await (const records of readRecords(chunks, logTools, report)) {
    for (const record of records) {
      for (const { time } of record.events) {
        if (first === undefined) first = time;
        if (!run.live && isPast(first, time, choice.forMs)) return { printed, ended: true };
      }
      const wanted = record.events.filter((event) => keepsEvent(choice, event, run.filtered));
      if (wanted.length === 0) continue;
      printed += wanted.length;
      await run.print(record, wanted);
    }
  }
  return { printed, ended: terminal.signal.aborted };
}

/** The stream until it ends, the signal comes, or the time is over: also while nothing arrives. */
async function* bounded(
  { terminal }: Context,
  chunks: AsyncIterable<Uint8Array>,
  { live, choice }: Run,
): AsyncGenerator<Uint8Array> {
  // One waiter at a time: a race against one long-lived promise would keep every chunk it ever lost to.
  let isOver = terminal.signal.aborted;
  let wake: (() => void) | undefined;
  const stop = () => {
    isOver = true;
    wake?.();
  };
  terminal.signal.addEventListener('abort', stop);
  const timer = live && choice.forMs !== undefined ? setTimeout(stop, choice.forMs) : undefined;
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    while (!isOver) {
      const next = await new Promise<IteratorResult<Uint8Array> | undefined>((resolve, reject) => {
        wake = () => resolve(undefined);
        iterator.next().then(resolve, reject);
      });
      if (next === undefined || next.done === true) return;
      yield next.value;
    }
  } finally {
    clearTimeout(timer);
    terminal.signal.removeEventListener('abort', stop);
    // Not waited for: a source that is waiting for bytes answers only when some come.
    iterator.return?.().catch(() => undefined);
  }
}

/** The logs inside one input: itself, or what a compressed file or an archive holds. */
async function* streamsOf(
  context: Context,
  input: Input,
  run: Run,
  follow: boolean,
): AsyncGenerator<AsyncIterable<Uint8Array>> {
  const { signal } = context.terminal;
  if (follow && input.path !== undefined) {
    yield bounded(context, followFile(input.path, signal), run);
    return;
  }
  // Bounded before it is opened: what opens it waits for its source when it is closed.
  const intake = openMembers(bounded(context, input.chunks(), run), {
    name: input.name,
    spoolDir: tmpdir(),
  });
  for await (const member of intake) yield member.chunks;
  for (const { path, reason } of intake.damage()) {
    await tell(context, printable(`${path.join(' > ')}: ${reason}`));
  }
  for (const { path, detail, reason } of intake.skipped()) {
    if (reason !== 'directory' && reason !== 'apple_metadata') {
      await tell(context, printable(`${path.join(' > ')}: passed over, ${detail || reason}`));
    }
  }
}

async function printerOf(context: Context, options: EventsOptions): Promise<EventPrinter> {
  const { fields, json } = options;
  const output = options.output ?? defaultOutput(options);
  if (fields !== undefined && output !== 'table') {
    throw usageError('--fields chooses the columns of -o table.');
  }
  if (json === true && options.output !== undefined && options.output !== 'json') {
    throw usageError('--json and -o say different things.');
  }
  if (output === 'json') return jsonPrinter(context);
  if (output === 'table') {
    return tablePrinter(context, fields === undefined ? defaultFields : readFields(fields));
  }
  const { logTools } = await context.load();
  return compactPrinter(context, logTools, options.timestamps === true);
}

function defaultOutput({ fields, json }: EventsOptions): string {
  if (json === true) return 'json';
  return fields === undefined ? 'compact' : 'table';
}

function passedText({ quarantined, skipped }: PipeReport): string {
  const parts = [
    ...(quarantined > 0 ? [`${countOf(quarantined, 'record')} could not be read`] : []),
    ...(skipped > 0 ? [`${countOf(skipped, 'line')} passed over as no record`] : []),
  ];
  return parts.length === 0 ? '' : `${parts.join(', ')}.`;
}

async function tellUnread(context: Context, input: Input, report: PipeReport): Promise<void> {
  const passed = passedText(report);
  const found = passed === '' ? 'It is empty.' : passed;
  await tell(
    context,
    printable(`${input.name} is no log of a known kind. ${found} ${readableLogs}`),
  );
}

import {
  type CommonOptions,
  type Context,
  tell,
  usageError,
  writeJson,
  writeLines,
} from '../context.ts';
import { type ExitCode, exitCodes } from '../exit.ts';
import { countText, durationText } from '../figures.ts';
import { followInto } from '../followInto.ts';
import { findInputs } from '../inputs.ts';
import { printable } from '../printable.ts';
import { openSession, withSession } from '../session.ts';
import { type Cell, type Column, tableLines } from '../table.ts';
import { type Taken, takeIn } from '../takeIn.ts';

export interface IngestOptions extends CommonOptions {
  readonly format: string;
  readonly cluster: string;
  readonly follow?: boolean;
  readonly strict?: boolean;
}

/** `ingest FILE...|-`: takes logs in and says what became of every record. */
export async function ingest(
  context: Context,
  names: readonly string[],
  options: IngestOptions,
): Promise<ExitCode> {
  const inputs = await findInputs(names, context.terminal);
  return withSession(openSession(context, options, { create: true }), async (session) => {
    if (options.follow === true) {
      const [input] = inputs;
      if (inputs.length !== 1 || input === undefined) {
        throw usageError('--follow follows one file or standard input.');
      }
      return followInto(context, session.caller, input, options);
    }
    const taken: Taken[] = [];
    for (const input of inputs) {
      if (context.terminal.signal.aborted) break;
      taken.push(await takeIn(context, session.caller, input, options));
    }
    await report(context, taken, options);
    return exitOf(context, taken, options);
  });
}

async function report(
  context: Context,
  taken: readonly Taken[],
  options: IngestOptions,
): Promise<void> {
  const sources = taken.flatMap((each) => (each.ok ? [each] : []));
  if (options.json === true) {
    await writeJson(context, { items: sources.map(({ source }) => source) });
  } else if (sources.length > 0) {
    const { columns } = context.terminal.out;
    await writeLines(context, ledgerLines(sources, columns, context));
  }
  for (const each of taken) {
    if (!each.ok) await tell(context, context.ink.bad(printable(each.end.message)));
    else if (each.source.note !== '') {
      await tell(context, printable(`${each.input.name}: ${each.source.note}`));
    }
  }
}

const columns: readonly Column[] = [
  { title: 'LOG', shrinkTo: 12 },
  { title: 'STATE' },
  { title: 'RECORDS', align: 'right' },
  { title: 'STORED', align: 'right' },
  { title: 'DUPLICATE', align: 'right' },
  { title: 'QUARANTINED', align: 'right' },
  { title: 'SKIPPED', align: 'right' },
  { title: 'BLANK', align: 'right', leaveOut: 2 },
  { title: 'EVENTS', align: 'right' },
  { title: 'TOOK', align: 'right', leaveOut: 1 },
];

function ledgerLines(
  sources: readonly (Taken & { readonly ok: true })[],
  width: number,
  { ink }: Context,
): string[] {
  const rows = sources.map(({ source, elapsedMs }): Cell[] => {
    const { ledger } = source;
    return [
      { text: printable(source.name) },
      { text: source.state, style: source.state === 'complete' ? ink.good : ink.bad },
      { text: countText(ledger.in) },
      { text: countText(ledger.stored) },
      {
        text: countText(ledger.duplicate),
        ...(ledger.duplicate === 0 ? { style: ink.faint } : {}),
      },
      {
        text: countText(ledger.quarantined),
        style: ledger.quarantined > 0 ? ink.bad : ink.faint,
      },
      { text: countText(ledger.skipped), ...(ledger.skipped === 0 ? { style: ink.faint } : {}) },
      { text: countText(ledger.blank), ...(ledger.blank === 0 ? { style: ink.faint } : {}) },
      { text: countText(ledger.events) },
      { text: durationText(elapsedMs) },
    ];
  });
  return tableLines(columns, rows, width, ink.faint);
}

function exitOf(context: Context, taken: readonly Taken[], options: IngestOptions): ExitCode {
  if (context.terminal.signal.aborted) return exitCodes.interrupted;
  const refused = taken.find((each) => !each.ok);
  if (refused !== undefined && !refused.ok) return refused.end.code;
  const isPartly = taken.some(
    (each) => each.ok && (each.source.ledger.quarantined > 0 || each.source.state !== 'complete'),
  );
  return options.strict === true && isPartly ? exitCodes.partly : exitCodes.fine;
}

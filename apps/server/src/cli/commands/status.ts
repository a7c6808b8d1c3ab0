import { casesAnswer } from '@forebear/model/wire/cases';
import { type SourcesAnswer, sourcesAnswer } from '@forebear/model/wire/sources';
import { completenessText } from '../completenessText.ts';
import { type CommonOptions, type Context, writeJson, writeLines } from '../context.ts';
import { type ExitCode, exitCodes } from '../exit.ts';
import { bytesText, countText, dateTimeText } from '../figures.ts';
import { printable } from '../printable.ts';
import { openSession, withSession } from '../session.ts';
import { type Cell, type Column, tableLines } from '../table.ts';

/** `status`: what is stored, where it came from, and what is missing. */
export async function status(context: Context, options: CommonOptions): Promise<ExitCode> {
  return withSession(openSession(context, options), async ({ caller, caseName, where }) => {
    const cases = await caller.read('/cases', {}, casesAnswer);
    const sources = await caller.read('/sources', {}, sourcesAnswer);
    if (options.json === true) {
      await writeJson(context, {
        where,
        case: caseName,
        cases: cases.items,
        sources: sources.items,
        completeness: sources.completeness,
      });
      return exitCodes.fine;
    }
    const { ink, terminal } = context;
    const lines: string[] = [`${ink.strong('Forebear')} ${printable(where)}`, ''];
    const caseRows = cases.items.map((item): Cell[] => [
      { text: printable(item.name), ...(item.name === caseName ? { style: ink.strong } : {}) },
      { text: countText(item.sources) },
      { text: countText(item.events) },
      { text: countText(item.processes) },
      { text: bytesText(item.sizeBytes) },
      { text: dateTimeText(item.firstTime) },
      { text: dateTimeText(item.lastTime) },
    ]);
    lines.push(...tableLines(caseColumns, caseRows, terminal.out.columns, ink.faint));
    if (sources.items.length > 0) {
      lines.push('', `${ink.strong('Logs of case')} ${printable(caseName)}`, '');
      lines.push(...sourceLines(sources, context), '', completenessText(sources.completeness));
    }
    await writeLines(context, lines);
    return exitCodes.fine;
  });
}

const caseColumns: readonly Column[] = [
  { title: 'CASE', shrinkTo: 12 },
  { title: 'LOGS', align: 'right' },
  { title: 'EVENTS', align: 'right' },
  { title: 'EXECUTIONS', align: 'right' },
  { title: 'ON DISK', align: 'right' },
  { title: 'FIRST EVENT (UTC)', leaveOut: 1 },
  { title: 'LAST EVENT (UTC)' },
];

const sourceColumns: readonly Column[] = [
  { title: 'LOG', shrinkTo: 12 },
  { title: 'STATE' },
  { title: 'FORMAT', leaveOut: 2 },
  { title: 'RECEIVED', align: 'right' },
  { title: 'STORED', align: 'right' },
  { title: 'DUPLICATE', align: 'right' },
  { title: 'QUARANTINED', align: 'right' },
  { title: 'TAKEN IN (UTC)', leaveOut: 1 },
];

function sourceLines({ items }: SourcesAnswer, { ink, terminal }: Context): string[] {
  const good = new Set(['complete', 'live', 'receiving']);
  const rows = items.map((source): Cell[] => [
    { text: printable(source.name) },
    { text: source.state, style: good.has(source.state) ? ink.good : ink.bad },
    { text: printable(Object.keys(source.formats).join(',') || '-') },
    { text: bytesText(source.bytesReceived) },
    { text: countText(source.ledger.stored) },
    { text: countText(source.ledger.duplicate) },
    {
      text: countText(source.ledger.quarantined),
      ...(source.ledger.quarantined > 0 ? { style: ink.bad } : {}),
    },
    { text: dateTimeText(source.startedAt) },
  ]);
  const notes = items.flatMap((source) =>
    source.note === '' ? [] : [printable(noteText(source))],
  );
  return [...tableLines(sourceColumns, rows, terminal.out.columns, ink.faint), ...notes];
}

function noteText({ name, note }: SourcesAnswer['items'][number]): string {
  return note.startsWith(name) ? note : `${name}: ${note}`;
}

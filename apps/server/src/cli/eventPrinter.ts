import type { ProcessEvent } from '@forebear/model/event/event';
import { formatTime } from '@forebear/model/event/time';
import type { FieldName } from '@forebear/model/query/filter';
import type { LogTools } from '../compose.ts';
import type { Context } from './context.ts';
import { eventLine } from './eventLine.ts';
import type { Ink, Style } from './ink.ts';
import { type PrintedField, printedValue } from './loggedEvent.ts';
import type { LogRecord } from './logPipe.ts';
import { printable, printableBytes } from './printable.ts';
import { clip, pad } from './textWidth.ts';

export type Field = FieldName | PrintedField;

/** Prints one record, of which these events are wanted. */
export type EventPrinter = (record: LogRecord, wanted: readonly ProcessEvent[]) => Promise<void>;

/** The agents' own lines: `🚀 process ns/pod /usr/bin/curl cilium.io`; of an agent that has none, ours. */
export function compactPrinter(
  { terminal, ink }: Context,
  tools: LogTools,
  timestamps: boolean,
): EventPrinter {
  const styles = agentStyles(ink);
  const paint: Paint = (part, role) => styles[role](printable(part));
  const lineOf = (event: ProcessEvent): string => {
    const time = timestamps && event.time !== undefined ? `${formatTime(event.time)} ` : '';
    return (
      time +
      eventLine(event)
        .map(({ text, role }) => paint(text, role))
        .join(' ')
    );
  };
  return async ({ bytes }, wanted) => {
    let text = '';
    // An envelope around a record is no line of its agent.
    const lines = wanted.some(({ dialect }) => dialect === 'tetragon')
      ? tools.compactLines(valueOf(bytes), { timestamps, paint })
      : [];
    for (const line of lines) text += `${line}\n`;
    if (lines.length === 0) for (const event of wanted) text += `${lineOf(event)}\n`;
    if (text !== '') await terminal.out.write(text);
  };
}

/**
 * The original records, so that `jq` programs written for the agent's log work. Into a pipe or a file the bytes as they
 * are; onto a terminal with what it would obey spelled out.
 */
export function jsonPrinter({ terminal }: Context): EventPrinter {
  return async ({ bytes }) => {
    if (terminal.out.isTTY) await terminal.out.write(`${printableBytes(bytes)}\n`);
    else await terminal.out.write(Buffer.concat([bytes, newline]));
  };
}

/** Chosen fields in columns. Widths are fixed beforehand: a stream has no widest row yet. */
export function tablePrinter({ terminal, ink }: Context, fields: readonly Field[]): EventPrinter {
  const { columns } = terminal.out;
  const line = (texts: readonly string[]) =>
    clip(
      texts
        .map((text, i) =>
          i === fields.length - 1 ? text : pad(text, widths.get(fields[i] ?? '') ?? 16),
        )
        .join('  ')
        .trimEnd(),
      columns,
    );
  let headed = false;
  return async (_record, wanted) => {
    let text = '';
    if (!headed) text += `${ink.faint(line(fields.map((field) => field.toUpperCase())))}\n`;
    headed = true;
    for (const event of wanted) {
      text += `${line(fields.map((field) => printable(printedValue(event, field))))}\n`;
    }
    await terminal.out.write(text);
  };
}

/** What a table shows when nobody says. */
export const defaultFields: readonly Field[] = [
  'evt.time',
  'agent',
  'evt.type',
  'k8s.ns.name',
  'k8s.pod.name',
  'proc.pid',
  'user.uid',
  'proc.cmdline',
];

const newline = Buffer.from('\n');
const widths = new Map<string, number>([
  ['evt.time', 30],
  ['evt.type', 10],
  ['agent', 10],
  ['evt.label', 20],
  ['evt.node', 20],
  ['k8s.ns.name', 14],
  ['k8s.pod.name', 28],
  ['container.name', 14],
  ['proc.name', 14],
  ['proc.exepath', 24],
  ['proc.args', 32],
  ['proc.cmdline', 48],
  ['proc.pid', 8],
  ['user.uid', 8],
  ['fd.sip', 26],
  ['fd.sip.name', 32],
  ['fd.sport', 8],
]);

type Paint = NonNullable<NonNullable<Parameters<LogTools['compactLines']>[1]>['paint']>;

/** As the agents colour their lines: what happened, where, who, with what. */
function agentStyles(ink: Ink): Record<Parameters<Paint>[1], Style> {
  return {
    event: ink.main,
    alarm: ink.bad,
    calm: ink.good,
    source: ink.good,
    binary: ink.external,
    detail: ink.name,
    end: ink.bad,
    path: ink.path,
    trailer: ink.external,
    plain: (part) => part,
  };
}

function valueOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

import { type DestinationItem, destinationsAnswer } from '@forebear/model/wire/network';
import { completenessText } from '../completenessText.ts';
import { type CommonOptions, type Context, tell, writeJson, writeLines } from '../context.ts';
import { type ExitCode, exitCodes } from '../exit.ts';
import { bytesText, clockText, countText, dateTimeText } from '../figures.ts';
import type { Ink } from '../ink.ts';
import { endpointText } from '../leafText.ts';
import { openFilesOrStore } from '../openFiles.ts';
import { printable } from '../printable.ts';
import { joinSegments, type Segment } from '../segments.ts';
import { withSession } from '../session.ts';

export interface DestinationsOptions extends CommonOptions {
  readonly filter?: string;
  readonly file?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly late?: string;
}

const pageSize = 200;

/** `destinations`: whom anybody called, and under each who called it: pod, container, binary, PID. */
export async function destinations(
  context: Context,
  options: DestinationsOptions,
): Promise<ExitCode> {
  return withSession(openFilesOrStore(context, options), async ({ caller }) => {
    const { filter, from, to, late } = options;
    let cursor: string | undefined;
    const items: DestinationItem[] = [];
    for (;;) {
      const query = { filter, from, to, late, cursor, limit: pageSize };
      const page = await caller.read('/destinations', query, destinationsAnswer);
      items.push(...page.items);
      if (page.nextCursor !== null) {
        cursor = page.nextCursor;
        continue;
      }
      if (options.json === true) await writeJson(context, { ...page, items });
      else if (items.length === 0) await tell(context, 'No destination matches.');
      else {
        await writeLines(context, linesOf(items, context));
        await writeLines(context, ['', completenessText(page.completeness)]);
      }
      return items.length === 0 ? exitCodes.nothingMatched : exitCodes.fine;
    }
  });
}

function* linesOf(
  items: readonly DestinationItem[],
  { ink, terminal }: Context,
): Generator<string> {
  for (const [index, item] of items.entries()) {
    if (index > 0) yield '';
    yield joinSegments(headSegments(item, ink), terminal.out.columns);
    for (const segments of callerRows(item, ink)) {
      yield joinSegments(segments, terminal.out.columns);
    }
  }
}

function headSegments(item: DestinationItem, ink: Ink): Segment[] {
  const marks = [...(item.external ? ['EXTERNAL'] : []), ...(item.randomName ? ['RANDOM'] : [])];
  return [
    {
      text: endpointText(item.name, item.ip, item.port),
      style: item.external ? ink.external : ink.strong,
    },
    { text: printable(item.protocol), style: ink.faint },
    { text: marks.join(' '), style: item.randomName ? ink.loud : ink.external },
    { text: `×${countText(item.connections)}` },
    { text: `tx ${bytesText(item.bytesSent)}  rx ${bytesText(item.bytesReceived)}` },
    {
      text: `${dateTimeText(item.firstSeen)} to ${clockText(item.lastSeen).slice(0, 8)}`,
      style: ink.faint,
    },
    {
      text: item.name === null ? '' : printable(`${item.ip} by ${item.nameEvidence}`),
      style: ink.faint,
      elastic: true,
    },
  ];
}

function callerRows(item: DestinationItem, ink: Ink): Segment[][] {
  return item.processes.map((process): Segment[] => {
    const container = process.container?.name ?? '';
    const docker = process.container?.docker ?? '';
    const pod = process.pod === '' ? 'host' : `${process.namespace}/${process.pod}`;
    return [
      {
        text: process.lateNew ? '  LATE' : '      ',
        style: process.lateNew ? ink.loud : ink.faint,
      },
      { text: clockText(process.firstSeen), style: ink.faint },
      { text: printable(pod), style: ink.name, elastic: true },
      {
        text:
          container === ''
            ? ''
            : printable(`[${container}${docker === '' ? '' : ` ${docker.slice(0, 12)}`}]`),
      },
      { text: printable(process.binary), ...(process.lateNew ? { style: ink.loud } : {}) },
      { text: process.pid === null ? '' : `PID ${process.pid}`, style: ink.faint },
    ];
  });
}

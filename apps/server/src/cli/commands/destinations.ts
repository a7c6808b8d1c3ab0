import { standsOut } from '@forebear/model/answer/standing';
import { type DestinationItem, destinationsAnswer } from '@forebear/model/wire/network';
import { callerPlaceWords, callerWords } from '@forebear/model/words/callerWords';
import { evidenceWords } from '@forebear/model/words/evidenceWords';
import { outOfPlaceWords } from '@forebear/model/words/flagMark';
import { lateAndNew } from '@forebear/model/words/lateWords';
import { loopbackWords } from '@forebear/model/words/loopbackWords';
import { randomNameMark } from '@forebear/model/words/nameWords';
import { countedVerdictWords, isHindered } from '@forebear/model/words/verdictWords';
import { completenessText } from '../completenessText.ts';
import { type CommonOptions, type Context, tell, writeJson, writeLines } from '../context.ts';
import { type ExitCode, exitCodes } from '../exit.ts';
import { clockText, countText, dateTimeText, trafficText, untilText } from '../figures.ts';
import type { Ink } from '../ink.ts';
import { endpointText } from '../leafText.ts';
import { openFilesOrStore } from '../openFiles.ts';
import { printable } from '../printable.ts';
import { joinSegments, type Segment } from '../segments.ts';
import { withSession } from '../session.ts';
import { type Cell, type Column, tableLines } from '../table.ts';

export interface DestinationsOptions extends CommonOptions {
  readonly filter?: string;
  readonly file?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly late?: string;
  readonly unfold?: boolean;
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
        await writeLines(context, linesOf(items, context, options.unfold === true));
        await writeLines(context, ['', completenessText(page.completeness)]);
      }
      return items.length === 0 ? exitCodes.nothingMatched : exitCodes.fine;
    }
  });
}

function* linesOf(
  items: readonly DestinationItem[],
  { ink, terminal }: Context,
  unfold: boolean,
): Generator<string> {
  const { columns } = terminal.out;
  for (const [index, item] of items.entries()) {
    if (index > 0) yield '';
    yield joinSegments(headSegments(item, ink), columns);
    const rows = groupCallers(item.processes, unfold).map((group) => callerRow(group, ink));
    // The columns of callers have no head: what they are shows.
    yield* tableLines(callerColumns, rows, columns, ink.faint).slice(1);
  }
}

type Process = DestinationItem['processes'][number];

interface CallerGroup {
  readonly first: Process;
  readonly pids: (number | null)[];
}

/** Quiet callers of one binary in one container are one line; what stands out never is. */
function groupCallers(processes: readonly Process[], unfold: boolean): CallerGroup[] {
  const groups: CallerGroup[] = [];
  const known = new Map<string, CallerGroup>();
  for (const process of processes) {
    const { container } = process;
    const key = [callerPlaceWords(process), container?.name ?? '', callerWords(process)].join('\0');
    const group = standsOut(process) || unfold ? undefined : known.get(key);
    if (group !== undefined) {
      group.pids.push(process.pid);
      continue;
    }
    const made = { first: process, pids: [process.pid] };
    groups.push(made);
    if (!standsOut(process)) known.set(key, made);
  }
  return groups;
}

const callerColumns: readonly Column[] = [
  { title: '' },
  { title: '', leaveOut: 1 },
  { title: '', shrinkTo: 20 },
  { title: '', shrinkTo: 12 },
  { title: '', shrinkTo: 12 },
  { title: '' },
];

function callerRow({ first, pids }: CallerGroup, ink: Ink): Cell[] {
  const isLoud = standsOut(first);
  const container = first.container?.name ?? '';
  const docker = (first.container?.docker ?? '').slice(0, 12);
  const pid = first.pid === null ? 'PID -' : `PID ${first.pid}`;
  const others = pids.length === 1 ? '' : ` and ${countText(pids.length - 1)} more`;
  return [
    { text: `  ${markOf(first)}`, style: isLoud ? ink.loud : ink.faint },
    { text: clockText(first.firstSeen), style: ink.faint },
    { text: printable(callerPlaceWords(first)), style: ink.name },
    { text: printable([container, docker].filter((word) => word !== '').join(' ')) },
    { text: printable(callerWords(first)), ...(isLoud ? { style: ink.loud } : {}) },
    { text: first.ref === null ? '' : pid + others, style: ink.faint },
  ];
}

function markOf({ lateNew, outOfPlace }: Process): string {
  return [lateNew ? lateAndNew.toUpperCase() : '', outOfPlaceWords(outOfPlace).toUpperCase()]
    .filter((word) => word !== '')
    .join(', ')
    .padEnd(4);
}

/** What the name does not say: the address, how the name is known, and for a loopback in whose pod it is. */
function howNamed(item: DestinationItem): string {
  const named = item.name === null ? '' : `${item.ip}, ${evidenceWords(item.nameEvidence)}`;
  return [loopbackWords(item), named].filter((word) => word !== '').join(', ');
}

function headSegments(item: DestinationItem, ink: Ink): Segment[] {
  const marks = [
    ...(item.external ? ['EXTERNAL'] : []),
    ...(item.randomName ? [randomNameMark] : []),
  ];
  return [
    {
      text: endpointText(item.name, item.ip, item.port),
      style: item.external ? ink.external : ink.strong,
    },
    { text: printable(item.protocol), style: ink.faint },
    { text: marks.join(' '), style: item.randomName ? ink.loud : ink.external },
    { text: `×${countText(item.connections)}` },
    {
      text: printable(countedVerdictWords(item.verdicts, item.connections, countText)),
      style: isHindered(item.verdict) ? ink.bad : ink.faint,
    },
    { text: `tx ${trafficText(item.bytesSent)}  rx ${trafficText(item.bytesReceived)}` },
    {
      text: `${dateTimeText(item.firstSeen)} to ${untilText(item.lastSeen, item.firstSeen)}`,
      style: ink.faint,
    },
    {
      text: printable(howNamed(item)),
      style: ink.faint,
      elastic: true,
    },
  ];
}

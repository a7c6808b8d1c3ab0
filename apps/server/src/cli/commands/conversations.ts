import { type ConversationItem, conversationsAnswer } from '@forebear/model/wire/conversations';
import { endAddress, endPlace } from '@forebear/model/words/conversationWords';
import { outOfPlaceWords } from '@forebear/model/words/flagMark';
import { lateAndNew } from '@forebear/model/words/lateWords';
import { isHindered } from '@forebear/model/words/verdictWords';
import { completenessText } from '../completenessText.ts';
import { type CommonOptions, type Context, tell, writeJson, writeLines } from '../context.ts';
import { type ExitCode, exitCodes } from '../exit.ts';
import { countOf, countText, dateTimeText, durationText, trafficText } from '../figures.ts';
import type { Ink } from '../ink.ts';
import { openFilesOrStore } from '../openFiles.ts';
import { printable } from '../printable.ts';
import { joinSegments, type Segment } from '../segments.ts';
import { withSession } from '../session.ts';

export interface ConversationsOptions extends CommonOptions {
  readonly filter?: string;
  readonly file?: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly late?: string;
  readonly sort?: string;
  readonly withoutResolver?: boolean;
}

const pageSize = 1_000;

/** `conversations`: every connection with both ends, what it carried, and what was judged of it. */
export async function conversations(
  context: Context,
  options: ConversationsOptions,
): Promise<ExitCode> {
  return withSession(openFilesOrStore(context, options), async ({ caller }) => {
    const { filter, from, to, late, sort } = options;
    const withoutResolver = options.withoutResolver === true ? 'true' : undefined;
    const items: ConversationItem[] = [];
    let count = 0;
    let cursor: string | undefined;
    for (;;) {
      const query = { filter, from, to, late, sort, withoutResolver, cursor, limit: pageSize };
      const page = await caller.read('/conversations', query, conversationsAnswer);
      count += page.items.length;
      // One object is written at once; lines as they come, for there may be millions.
      if (options.json === true) items.push(...page.items);
      else await writeLines(context, linesOf(page.items, context));
      if (page.nextCursor !== null) {
        cursor = page.nextCursor;
        continue;
      }
      if (options.json === true) await writeJson(context, { ...page, items });
      else if (count === 0) await tell(context, 'No conversation matches.');
      else {
        const leftOut =
          page.leftOut === 0
            ? ''
            : ` · ${countText(page.leftOut)} with the cluster’s resolver left out`;
        const words = `${countOf(count, 'conversation')}${leftOut} · ${completenessText(page.completeness)}`;
        await writeLines(context, ['', words]);
      }
      return count === 0 ? exitCodes.nothingMatched : exitCodes.fine;
    }
  });
}

function linesOf(
  items: readonly ConversationItem[],
  { ink, terminal }: Pick<Context, 'ink' | 'terminal'>,
): string[] {
  const { columns } = terminal.out;
  return items.flatMap((item) =>
    conversationLines(item, ink).map((line) => joinSegments(line, columns)),
  );
}

/** The caller on one line, below it whom it called: both ends in full. */
function conversationLines(item: ConversationItem, ink: Ink): Segment[][] {
  const { client, server, protocol, bytesSent, bytesReceived } = item;
  const clock = dateTimeText(item.firstSeen);
  const length = lengthText(item).padStart(6);
  return [
    [
      { text: clock, style: ink.faint },
      { text: length, style: ink.faint },
      ...endSegments(client, ink),
      { text: `tx ${trafficText(bytesSent)}  rx ${trafficText(bytesReceived)}` },
    ],
    [
      { text: `${' '.repeat(clock.length + length.length - 1)}->`, style: ink.faint },
      ...endSegments(server, ink),
      { text: printable(protocol), style: ink.faint },
      verdictSegment(item, ink),
      { text: item.confidence ?? '', style: item.confidence === 'certain' ? ink.good : ink.faint },
    ],
  ];
}

function endSegments(end: ConversationItem['client'], ink: Ink): Segment[] {
  const place = endPlace(end);
  const address = endAddress(end);
  const isOutside = end.scope === 'public';
  return [
    {
      text: printable(place === '' ? address : place),
      style: isOutside ? ink.external : ink.name,
      elastic: true,
    },
    { text: printable(end.binary ?? ''), elastic: true },
    { text: end.pid === null ? '' : `PID ${end.pid}`, style: ink.faint },
    { text: place === '' ? '' : printable(address), style: ink.faint },
    { text: isOutside ? 'EXTERNAL' : '', style: ink.external },
    { text: markOf(end), style: ink.loud },
  ];
}

function markOf({ lateNew, outOfPlace }: ConversationItem['client']): string {
  return [lateNew ? lateAndNew.toUpperCase() : '', outOfPlaceWords(outOfPlace).toUpperCase()]
    .filter((word) => word !== '')
    .join(', ');
}

function verdictSegment({ verdict, verdictReason }: ConversationItem, ink: Ink): Segment {
  if (verdict === '') return { text: '' };
  const reason = verdictReason === '' ? '' : ` (${verdictReason})`;
  return {
    text: printable(`${verdict}${reason}`),
    style: isHindered(verdict) ? ink.bad : ink.faint,
  };
}

/** `4.2s`; `open` while nobody tells its end; a dash without times. */
function lengthText({ firstSeen, lastSeen, open }: ConversationItem): string {
  if (open) return 'open';
  if (firstSeen === null || lastSeen === null) return '-';
  return durationText(Date.parse(lastSeen) - Date.parse(firstSeen));
}

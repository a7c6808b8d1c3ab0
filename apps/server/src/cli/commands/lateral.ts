import { foldHops, type HopRow, loudFirst } from '@forebear/model/answer/hopRows';
import { type HopItem, lateralAnswer } from '@forebear/model/wire/network';
import { outOfPlaceWords } from '@forebear/model/words/flagMark';
import { lateAndNew } from '@forebear/model/words/lateWords';
import { podWords } from '@forebear/model/words/podWords';
import { completenessText } from '../completenessText.ts';
import { type CommonOptions, type Context, tell, writeJson, writeLines } from '../context.ts';
import { type ExitCode, exitCodes } from '../exit.ts';
import { clockText, countText, durationText, trafficText } from '../figures.ts';
import { findPod } from '../findPod.ts';
import type { Ink } from '../ink.ts';
import { openFilesOrStore } from '../openFiles.ts';
import { printable } from '../printable.ts';
import { joinSegments, type Segment } from '../segments.ts';
import { withSession } from '../session.ts';

export interface LateralOptions extends CommonOptions {
  readonly namespace?: string;
  readonly pod?: string;
  readonly filter?: string;
  readonly file?: readonly string[];
  readonly unfold?: boolean;
}

/** `lateral`: from which pod's process into which other's, with how sure that is. */
export async function lateral(context: Context, options: LateralOptions): Promise<ExitCode> {
  return withSession(openFilesOrStore(context, options), async ({ caller }) => {
    const { namespace, pod, filter } = options;
    const words = namespace === undefined ? pod : `${namespace}/${pod ?? ''}`;
    const found =
      pod === undefined || words === undefined ? undefined : await findPod(caller, words);
    const query = { namespace: found?.namespace ?? namespace, pod: found?.pod, filter };
    const answer = await caller.read('/lateral', query, lateralAnswer);
    if (options.json === true) await writeJson(context, answer);
    else if (answer.items.length === 0)
      await tell(
        context,
        filter === undefined ? 'No movement between pods was seen.' : 'No hop matches.',
      );
    else {
      const { columns } = context.terminal.out;
      const rows = foldHops(loudFirst(answer.items), options.unfold !== true);
      const lines = rows.flatMap((row) => hopLines(row, context.ink, columns));
      await writeLines(context, [...lines, '', completenessText(answer.completeness)]);
    }
    return answer.items.length === 0 ? exitCodes.nothingMatched : exitCodes.fine;
  });
}

/** From on one line, into and how much below it: both names in full. */
function hopLines(row: HopRow, ink: Ink, columns: number): string[] {
  const { hop, bytesSent, bytesReceived } = row;
  const times = row.all.length;
  const clock = clockText(hop.firstSeen);
  const from: Segment[] = [
    { text: clock.padStart(2), style: ink.faint },
    { text: ` ${endOf(hop.from)}`, style: ink.name, elastic: true },
    { text: times === 1 ? pidOf(hop.from) : `×${countText(times)}`, style: ink.faint },
    { text: markOf(hop.from), style: ink.loud },
    {
      text: `tx ${trafficText(bytesSent)}  rx ${trafficText(bytesReceived)}`,
    },
  ];
  const into: Segment[] = [
    { text: `${' '.repeat(Math.max(0, clock.length - 2))}->`, style: ink.faint },
    { text: ` ${endOf(hop.to)}`, style: ink.strong, elastic: true },
    { text: `:${hop.port}` },
    { text: times === 1 ? pidOf(hop.to) : '', style: ink.faint },
    { text: markOf(hop.to), style: ink.loud },
    { text: hop.confidence, style: hop.confidence === 'certain' ? ink.good : ink.faint },
    { text: printable(hop.evidence), style: ink.faint, elastic: true },
  ];
  return [joinSegments(from, columns), joinSegments(into, columns)];
}

function pidOf({ pid }: HopItem['from']): string {
  return `PID ${pid ?? '-'}`;
}

function markOf({ lateNew, lateByMs, outOfPlace }: HopItem['from']): string {
  const loud = lateAndNew.toUpperCase();
  const late = lateByMs === null ? loud : `${loud} +${durationText(lateByMs)}`;
  const place = outOfPlaceWords(outOfPlace).toUpperCase();
  return [lateNew ? late : '', place].filter((word) => word !== '').join(', ');
}

function endOf({ namespace, pod, binary }: HopItem['from']): string {
  return printable(`${pod === '' ? 'host' : podWords(namespace, pod)} ${binary}`);
}

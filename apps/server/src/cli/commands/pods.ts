import { type PodItem, type PodsAnswer, podsAnswer } from '@forebear/model/wire/inventory';
import { escapeWords } from '@forebear/model/words/flagMark';
import { graveWords } from '@forebear/model/words/graveWords';
import { markWords } from '@forebear/model/words/markWords';
import { isGraveSeverity } from '@forebear/model/words/severityWords';
import { completenessText } from '../completenessText.ts';
import { type CommonOptions, type Context, tell, writeJson, writeLines } from '../context.ts';
import { type ExitCode, exitCodes } from '../exit.ts';
import { countText, dateTimeText, durationText, untilText } from '../figures.ts';
import { podTitle } from '../podTitle.ts';
import { printable } from '../printable.ts';
import { openSession, withSession } from '../session.ts';
import { type Cell, type Column, tableLines } from '../table.ts';

export interface PodsOptions extends CommonOptions {
  readonly namespace?: string;
  readonly filter?: string;
  readonly late?: string;
}

/** `pods`: pods and hosts, the gravest first. */
export async function pods(context: Context, options: PodsOptions): Promise<ExitCode> {
  return withSession(openSession(context, options), async ({ caller }) => {
    const { namespace, filter, late } = options;
    const answer = await caller.read('/pods', { namespace, filter, late }, podsAnswer);
    if (options.json === true) await writeJson(context, answer);
    else if (answer.items.length > 0) await writeLines(context, podsLines(context, answer));
    else await tell(context, 'No pod matches.');
    return answer.items.length === 0 ? exitCodes.nothingMatched : exitCodes.fine;
  });
}

/** The table of pods, with what the answer can vouch for under it. */
export function podsLines({ ink, terminal }: Context, answer: PodsAnswer): string[] {
  const rows = answer.items.map((item): Cell[] => {
    const isLoud = item.lateNew + item.leftContainer + item.lateContainer > 0;
    const marks: Cell = { text: markOf(item), ...(isLoud ? { style: ink.loud } : {}) };
    return [
      { text: podTitle(item), style: isLoud ? ink.strong : ink.name },
      { text: countText(item.processes) },
      { text: item.late === 0 ? '-' : countText(item.late) },
      marks,
      {
        text: item.maxSeverity === null ? '-' : `${countText(item.alerts)} ${item.maxSeverity}`,
        ...(item.maxSeverity !== null && isGraveSeverity(item.maxSeverity)
          ? { style: ink.bad }
          : {}),
      },
      {
        text: item.externalDestinations === 0 ? '-' : countText(item.externalDestinations),
        ...(item.externalDestinations > 0 ? { style: ink.external } : {}),
      },
      { text: item.restarts === 0 ? '-' : countText(item.restarts) },
      { text: dateTimeText(item.started) },
      { text: untilText(item.lastSeen, item.started) },
      { text: printable(item.kind === 'host' ? '' : item.node), style: ink.faint },
    ];
  });
  return [
    ...tableLines(columns, rows, terminal.out.columns, ink.faint),
    '',
    completenessText(answer.completeness),
  ];
}

const columns: readonly Column[] = [
  { title: 'POD', shrinkTo: 24 },
  { title: 'PROCESSES', align: 'right' },
  { title: 'LATE', align: 'right' },
  { title: 'FLAGGED' },
  { title: 'ALERTS', leaveOut: 5 },
  { title: 'EXTERNAL', align: 'right' },
  { title: 'RESTARTS', align: 'right', leaveOut: 4 },
  { title: 'STARTED (UTC)', leaveOut: 3 },
  { title: 'LAST EVENT', leaveOut: 2 },
  { title: 'NODE', leaveOut: 1 },
];

function markOf(item: PodItem): string {
  const first = item.firstLoudMs === null ? '' : `, first +${durationText(item.firstLoudMs)}`;
  const late = item.lateNew === 0 ? '' : `${countText(item.lateNew)} late and new${first}`;
  const astray = escapeWords(item.leftContainer, item.lateContainer);
  const others = item.marks.map(
    ({ code, processes }) => `${countText(processes)} ${printable(markWords(code, processes))}`,
  );
  // The other signs are said with their processes.
  const random = graveWords(item.grave.filter((sign) => sign === 'random_name'));
  return [late, astray, ...others, random].filter((part) => part !== '').join('; ') || '-';
}

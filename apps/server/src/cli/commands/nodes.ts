import { nodesAnswer } from '@forebear/model/wire/inventory';
import { countLosses } from '@forebear/model/words/gapWords';
import { tellsRate } from '@forebear/model/words/nodeWords';
import { type CommonOptions, type Context, writeJson, writeLines } from '../context.ts';
import { type ExitCode, exitCodes } from '../exit.ts';
import { countText, dateTimeText } from '../figures.ts';
import { printable } from '../printable.ts';
import { openSession, withSession } from '../session.ts';
import { type Cell, type Column, tableLines } from '../table.ts';

/** `nodes`: who reports, what, since when, how much, and what they say they lost. */
export async function nodes(context: Context, options: CommonOptions): Promise<ExitCode> {
  return withSession(openSession(context, options), async ({ caller }) => {
    const answer = await caller.read('/nodes', {}, nodesAnswer);
    if (options.json === true) await writeJson(context, answer);
    else if (answer.items.length > 0) {
      const { ink, terminal } = context;
      const rows = answer.items.map((item): Cell[] => [
        { text: printable(item.node), style: ink.name },
        { text: printable(item.cluster) || '-' },
        { text: printable(item.agents.join(',')) || '-' },
        { text: countText(item.events) },
        { text: tellsRate(item) ? item.rate.toFixed(item.rate < 10 ? 1 : 0) : '-' },
        { text: dateTimeText(item.firstEvent) },
        { text: dateTimeText(item.lastEvent) },
        {
          text: countText(countLosses(item.gaps)),
          ...(countLosses(item.gaps) > 0 ? { style: ink.bad } : {}),
        },
        { text: printable(kindsText(item.kinds)), style: ink.faint },
      ]);
      await writeLines(context, tableLines(columns, rows, terminal.out.columns, ink.faint));
    }
    return answer.items.length === 0 ? exitCodes.nothingMatched : exitCodes.fine;
  });
}

const columns: readonly Column[] = [
  { title: 'NODE', shrinkTo: 16 },
  { title: 'CLUSTER', leaveOut: 2 },
  { title: 'AGENT' },
  { title: 'EVENTS', align: 'right' },
  { title: 'PER S', align: 'right', leaveOut: 3 },
  { title: 'FIRST EVENT (UTC)', leaveOut: 4 },
  { title: 'LAST EVENT (UTC)' },
  { title: 'GAPS', align: 'right' },
  { title: 'KINDS', shrinkTo: 12, elastic: true, leaveOut: 5 },
];

function kindsText(kinds: Readonly<Record<string, number>>): string {
  return Object.entries(kinds)
    .sort((a, b) => b[1] - a[1])
    .map(([kind, count]) => `${kind.replace(/^process_/, '')} ${countText(count)}`)
    .join(', ');
}

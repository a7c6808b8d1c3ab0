import { type CaseItem, casesAnswer } from '@forebear/model/wire/cases';
import { nodesAnswer } from '@forebear/model/wire/inventory';
import { readServeConfig, type ServeOptions } from '../../config.ts';
import { type Caller, createCaller } from '../caller.ts';
import { type Context, tell, usageError, writeLines } from '../context.ts';
import { CommandEnd, type ExitCode, exitCodes } from '../exit.ts';
import { countOf, countText, dateTimeText } from '../figures.ts';
import { findInputs } from '../inputs.ts';
import { printable, printableJson } from '../printable.ts';
import { outcomeText } from '../progress.ts';
import { announceServer, findServer, withdrawServer } from '../serverFile.ts';
import { openServer } from '../session.ts';
import { takeIn } from '../takeIn.ts';
import { inProcess } from '../transport.ts';

export interface ServeCommandOptions extends ServeOptions {
  readonly open?: boolean;
}

/** `serve [FILE...]`: takes the files in, then serves until the first signal. */
export async function serve(
  context: Context,
  names: readonly string[],
  options: ServeCommandOptions,
): Promise<ExitCode> {
  const { terminal } = context;
  const config = readServeConfig(options, terminal);
  if (!config.ok) throw usageError(config.errors.join('\n'));
  const { dataDir, caseName, host, port, allowedHosts } = config.value;
  const inputs = await findInputs(names, terminal);
  const running = await findServer(dataDir);
  if (running !== undefined) {
    throw new CommandEnd(
      exitCodes.unusableInput,
      `A Forebear already serves ${dataDir}: ${running.origin}. Take logs in with \`forebear ingest FILE\`, or serve another --data DIR.`,
    );
  }
  const logTo = (line: string) => {
    // What a request carried may stand in it. A reader that has gone is no reason to stop serving.
    terminal.err.write(printableJson(line)).catch(() => undefined);
  };
  const composed = await openServer(context, {
    dataDir,
    allowedHosts,
    log: true,
    logTo,
    // A log to begin with is rehearsal enough.
    rehearses: inputs.length === 0,
  });
  try {
    const caller = createCaller(inProcess(composed), caseName);
    let refused: CommandEnd | undefined;
    let usable = 0;
    for (const input of inputs) {
      if (terminal.signal.aborted) return exitCodes.fine;
      const taken = await takeIn(context, caller, input, { format: 'auto', cluster: '' });
      const name = printable(input.name);
      if (taken.ok) {
        usable += 1;
        await tell(context, `${name}: ${outcomeText(taken.source)}`);
      } else {
        refused ??= taken.end;
        await tell(context, context.ink.bad(printable(taken.end.message)));
      }
    }
    if (refused !== undefined && usable === 0) return refused.code;
    if (terminal.signal.aborted) return exitCodes.fine;
    const url = await composed.listen(host, port).catch((error: unknown) => {
      throw listenFailure(error, host, port);
    });
    await announceServer(dataDir, url);
    const { items } = await caller.read('/cases', {}, casesAnswer);
    await greet(context, url, caseName, await greetedCases(items, caller), dataDir);
    if (options.open === true) terminal.openBrowser(url.origin);
    await untilAborted(terminal.signal);
    await tell(context, 'Stopping: no more requests, uploads are ended, what is committed stays.');
    return exitCodes.fine;
  } finally {
    await composed.close();
    await withdrawServer(dataDir);
  }
}

/** A case with how many agents tell of it. */
interface GreetedCase {
  readonly item: CaseItem;
  readonly agents: number;
}

function greetedCases(items: readonly CaseItem[], caller: Caller): Promise<GreetedCase[]> {
  const filled = items.filter(({ sources }) => sources > 0);
  return Promise.all(
    filled.map(async (item) => {
      const nodes = await caller.read('/nodes', { case: item.name }, nodesAnswer);
      return { item, agents: new Set(nodes.items.flatMap(({ agents }) => agents)).size };
    }),
  );
}

/** Each agent has its own names for what was executed: what several tell is counted when their trees are made, not here. */
function executionsText(processes: number, agents: number): string {
  const told = countOf(processes, 'execution');
  return agents > 1 ? `${told} as told by ${agents} agents` : told;
}

async function greet(
  context: Context,
  url: URL,
  caseName: string,
  cases: readonly GreetedCase[],
  dataDir: string,
): Promise<void> {
  const { ink } = context;
  const address = caseName === 'default' ? url.origin : `${url.origin}/c/${caseName}`;
  const lines = [`${ink.strong('Forebear is at')} ${ink.name(address)}`];
  for (const { item, agents } of cases) {
    const span = `${dateTimeText(item.firstTime)} to ${dateTimeText(item.lastTime)} UTC`;
    lines.push(
      `  case ${printable(item.name)}: ${countOf(item.sources, 'log')}, ${countText(item.events)} events, ${executionsText(item.processes, agents)}, ${span}`,
    );
  }
  if (lines.length === 1)
    lines.push('  Nothing is stored yet: drop a log into the page, or open a sample there.');
  lines.push(ink.faint(`  Data in ${printable(dataDir)}. Ctrl-C stops it.`));
  await writeLines(context, lines);
}

function listenFailure(error: unknown, host: string, port: number): CommandEnd {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const reasons = new Map([
    ['EADDRINUSE', `port ${port} is taken. Use --port N, or --port 0 for a free one`],
    ['EACCES', `port ${port} needs more rights. Use one above 1023`],
    ['EADDRNOTAVAIL', 'this machine does not have that address'],
  ]);
  const reason = reasons.get(code) ?? String(error);
  return new CommandEnd(exitCodes.unusableInput, `Cannot listen on ${host}:${port}: ${reason}.`);
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

import { parseDuration } from '@forebear/model/query/duration';
import { podOrderWords } from '@forebear/model/words/graveWords';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { type ConversationsOptions, conversations } from './commands/conversations.ts';
import { type DestinationsOptions, destinations } from './commands/destinations.ts';
import { type EventsOptions, events } from './commands/events.ts';
import { type IngestOptions, ingest } from './commands/ingest.ts';
import { type LateralOptions, lateral } from './commands/lateral.ts';
import { nodes } from './commands/nodes.ts';
import { type PodsOptions, pods } from './commands/pods.ts';
import { type SearchOptions, search } from './commands/search.ts';
import { type ServeCommandOptions, serve } from './commands/serve.ts';
import { status } from './commands/status.ts';
import { type TreeOptions, tree } from './commands/tree.ts';
import { type VerifyOptions, verify } from './commands/verify.ts';
import { type CommonOptions, type Context, tell } from './context.ts';
import { CommandEnd, type ExitCode, exitCodes } from './exit.ts';
import { printable } from './printable.ts';
import { BrokenPipe } from './terminal.ts';

/** Runs one command line (without node and script) to its end and says how it went. Throws only bugs. */
export async function runProgram(context: Context, words: readonly string[]): Promise<ExitCode> {
  let code: ExitCode = exitCodes.fine;
  const said: Promise<void>[] = [];
  const program = buildProgram(context, said, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync([...words], { from: 'user' });
    await Promise.all(said);
    return code;
  } catch (error) {
    return endOf(context, error, said);
  }
}

async function endOf(
  context: Context,
  error: unknown,
  said: readonly Promise<void>[],
): Promise<ExitCode> {
  try {
    await Promise.all(said);
    if (error instanceof BrokenPipe) return exitCodes.fine;
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
    if (error instanceof CommandEnd) {
      await tell(context, context.ink.bad(messageOf(error)));
      return error.code;
    }
  } catch (second) {
    if (second instanceof BrokenPipe) return exitCodes.fine;
    throw second;
  }
  throw error;
}

/** Lists in messages keep their lines; everything else in them is data. */
function messageOf({ message }: CommandEnd): string {
  return message.split('\n').map(printable).join('\n');
}

function buildProgram(
  context: Context,
  said: Promise<void>[],
  ended: (code: ExitCode) => void,
): Command {
  const { terminal } = context;
  const width = (columns: number) => Math.min(columns, 110);
  const program = new Command('forebear')
    .description('Who started this process, when, and whom did it talk to?')
    .version(context.version)
    .exitOverride()
    .helpCommand(false)
    .configureOutput({
      writeOut: (text) => said.push(terminal.out.write(text)),
      // What commander quotes is the user's own words, which may be pasted from a log.
      writeErr: (text) => said.push(terminal.err.write(text.split('\n').map(printable).join('\n'))),
      getOutHelpWidth: () => width(terminal.out.columns),
      getErrHelpWidth: () => width(terminal.err.columns),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText('after', footer);
  const add = (name: string, description: string) =>
    withCommon(program.command(name).description(description).showHelpAfterError(hint));

  withPlace(
    program
      .command('serve')
      .argument('[files...]', 'logs or folders to take in first')
      .description('serve the web app and the API; logs named here are taken in first')
      .showHelpAfterError(hint),
  )
    .option('--host <address>', 'loopback address to listen on (default: 127.0.0.1)')
    .option('--port <number>', 'port to listen on, 0 for a free one (default: 4747)')
    .option(
      '--allowed-host <name>',
      'a further name under which it answers; may be repeated',
      collect,
    )
    .option('--open', 'open the browser')
    .action(async (files: string[], options: ServeCommandOptions) => {
      ended(await serve(context, files, options));
    });

  add('ingest', 'take logs in and print the ledger')
    .argument('<files...>', 'logs or folders; - for standard input')
    .option('--format <id>', 'read every record as this format', 'auto')
    .option('--cluster <name>', 'cluster of logs that name none', '')
    .option('--follow', 'keep reading one growing log, through rotations')
    .option('--strict', 'exit with 4 when anything could not be taken in')
    .action(async (files: string[], options: IngestOptions) => {
      ended(await ingest(context, files, options));
    });

  add('status', 'what is stored, where it came from, what is missing').action(
    async (options: CommonOptions) => {
      ended(await status(context, options));
    },
  );

  add('nodes', 'who reports what, since when, with which gaps').action(
    async (options: CommonOptions) => {
      ended(await nodes(context, options));
    },
  );

  add('pods', 'pods and hosts, the gravest first')
    .option('-n, --namespace <name>', 'of one namespace')
    .option('--filter <condition>', 'with a process that matches')
    .addOption(lateOption())
    .addHelpText('after', `\nOrder: ${podOrderWords}.`)
    .action(async (options: PodsOptions) => {
      ended(await pods(context, options));
    });

  add('tree', 'who started whom in a pod or on a node, and whom they talked to')
    .argument('[pod]', 'NAMESPACE/POD, or the beginning of a name that means only one')
    .option('--node <name>', 'a host instead of a pod')
    .option('--file <files...>', 'read these logs in memory; nothing is stored')
    .option('--container <name>', 'only one container and its ancestors')
    .option('--agent <name>', 'as one agent alone tells it: tetragon, falco, kubearmor, …')
    .addOption(lateOption())
    .option('--from <time>', 'only what lived after (RFC 3339)')
    .option('--to <time>', 'only what lived before')
    .option('--unfold', 'draw every process and connection')
    .action(async (pod: string | undefined, options: TreeOptions) => {
      ended(await tree(context, pod, options));
    });

  add('events', 'events as lines, from the store or straight from a log')
    .argument('[files...]', 'logs; - for standard input; none: the store')
    .option('-f, --follow', 'keep printing what comes in')
    .option('-n, --namespace <name>', 'of one namespace')
    .option('--pod <name>', 'of one pod or workload')
    .option('--kind <kinds>', 'such as exec or connect,dns')
    .option('--binary <path>', 'of one binary, by its path or name')
    .option('--filter <condition>', 'text, or conditions such as proc.name = sh and user.uid = 0')
    .option('--from <time>', 'not before (RFC 3339)')
    .option('--to <time>', 'only before')
    .option('--for <duration>', 'so long: from --from, up to --to, of a log, or of listening')
    .addOption(
      new Option(
        '-o, --output <form>',
        'compact (the agents’ lines), json (original records), table',
      ).choices(['compact', 'json', 'table']),
    )
    .option('--fields <names>', 'columns of the table: %evt.time,%user.uid,%proc.name')
    .option('--timestamps', 'begin compact lines with their time')
    .action(async (files: string[], options: EventsOptions) => {
      ended(await events(context, files, options));
    });

  add('destinations', 'who was called, and by whom: pod, container, binary, PID')
    .option('--filter <condition>', 'such as fd.sip.name contains elasticsearch')
    .option('--file <files...>', 'read these logs in memory; nothing is stored')
    .option('--from <time>', 'not before (RFC 3339)')
    .option('--to <time>', 'only before')
    .addOption(lateOption())
    .option('--unfold', 'every caller on its own line')
    .action(async (options: DestinationsOptions) => {
      ended(await destinations(context, options));
    });

  add('lateral', 'which pod’s process reached into which other')
    .option('-n, --namespace <name>', 'of one namespace')
    .option('--pod <name>', 'of one pod')
    .option(
      '--filter <condition>',
      'of which one end and the connection match, such as proc.name = curl',
    )
    .option('--file <files...>', 'read these logs in memory; nothing is stored')
    .option('--unfold', 'every hop on its own line')
    .action(async (options: LateralOptions) => {
      ended(await lateral(context, options));
    });

  add('conversations', 'connections one by one: both ends, bytes, what was judged')
    .option('--filter <condition>', 'of which one end matches, such as proc.name = curl')
    .option('--file <files...>', 'read these logs in memory; nothing is stored')
    .option('--from <time>', 'open then or later (RFC 3339)')
    .option('--to <time>', 'only begun before')
    .option(
      '--sort <column>',
      'firstSeen, lastSeen, sent, received, bytes, verdict; -bytes: most first; notable: what was stopped first, then outside, then bytes',
    )
    .option('--without-resolver', 'leave those with the cluster’s resolver out')
    .addOption(lateOption())
    .action(async (options: ConversationsOptions) => {
      ended(await conversations(context, options));
    });

  add('search', 'processes that match, each with its ancestors')
    .argument(
      '<filter...>',
      'words, or a condition such as proc.name = nc or alert.severity >= Error',
    )
    .option('--file <files...>', 'read these logs in memory; nothing is stored')
    .addOption(lateOption())
    .action(async (words: string[], options: SearchOptions) => {
      ended(await search(context, words, options));
    });

  add('verify', 'count the ledger and hash the raw bytes again')
    .option('--rebuild', 'also derive every pod from its own part of the facts and compare (slow)')
    .action(async (options: VerifyOptions) => {
      ended(await verify(context, options));
    });

  return program;
}

const hint = 'Try --help.';
const footer = `
Start here:
  forebear serve tetragon.log           take a log in and look at it in the browser
  forebear tree --file tetragon.log     the pods of a log, then: tree NAMESPACE/POD --file tetragon.log
  tail -f tetragon.log | forebear events -

Exit codes: 0 fine, 1 nothing matched, 2 usage, 3 an input could not be used, 4 partly taken in (ingest --strict).`;

function withCommon(command: Command): Command {
  return withPlace(command)
    .option('--server <url>', 'talk to a running server')
    .option('--json', 'print the objects of the API');
}

function withPlace(command: Command): Command {
  return command
    .option('--case <name>', 'body of evidence (default: FOREBEAR_CASE, else "default")')
    .option('--data <dir>', 'where facts are kept (default: FOREBEAR_DATA, else your data folder)');
}

function lateOption(): Option {
  return new Option(
    '--late <duration>',
    'later than this after main is late (default: 60s)',
  ).argParser((text: string) => {
    if (parseDuration(text) === undefined) {
      throw new InvalidArgumentError('It takes a duration such as 60s, 5m or 1500ms.');
    }
    return text;
  });
}

function collect(name: string, before: readonly string[] = []): string[] {
  return [...before, name];
}

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { dialects } from '@forebear/model/event/dialects';
import { defaultLateMs, parseDuration } from '@forebear/model/query/duration';
import { type PodsAnswer, podsAnswer } from '@forebear/model/wire/inventory';
import { treeObjects } from '@forebear/model/wire/tree';
import { anyShape, type Caller, type Query } from '../caller.ts';
import {
  type CommonOptions,
  type Context,
  tell,
  usageError,
  writeJson,
  writeLines,
} from '../context.ts';
import { type ExitCode, exitCodes } from '../exit.ts';
import { findPod } from '../findPod.ts';
import { openFiles } from '../openFiles.ts';
import { podTitle, treeQueryOf } from '../podTitle.ts';
import { printable } from '../printable.ts';
import { openSession, withSession } from '../session.ts';
import { treeLines } from '../treeText.ts';
import { podsLines } from './pods.ts';

export interface TreeOptions extends CommonOptions {
  readonly node?: string;
  readonly file?: readonly string[];
  readonly late?: string;
  readonly container?: string;
  readonly agent?: string;
  readonly from?: string;
  readonly to?: string;
  readonly unfold?: boolean;
}

/** Of one process, unless everything is asked for. */
const mostLeaves = 12;

/** `tree NAMESPACE/POD | --node NODE`: the ancestry of a pod or a node, from the store or straight from files. */
export async function tree(
  context: Context,
  target: string | undefined,
  options: TreeOptions,
): Promise<ExitCode> {
  const lateLimitMs = options.late === undefined ? defaultLateMs : parseDuration(options.late);
  if (lateLimitMs === undefined) {
    throw usageError('--late takes a duration such as 60s, 5m or 1500ms.');
  }
  if (options.agent !== undefined && !dialects.some((dialect) => dialect === options.agent)) {
    throw usageError(`--agent takes one of ${dialects.join(', ')}.`);
  }
  const { words, files } = targetAmongFiles(target, options, context.terminal.cwd);
  if (words === undefined && options.node === undefined && files === undefined) {
    throw usageError('Name a pod (NAMESPACE/POD), a node (--node NODE), or a log (--file FILE).');
  }
  const opening =
    files === undefined ? openSession(context, options) : openFiles(context, files, options);
  return withSession(opening, async ({ caller }) => {
    if (words === undefined && options.node === undefined)
      return listPods(context, caller, options);
    const query = {
      ...(await subjectOf(caller, words, options)),
      container: options.container,
      agent: options.agent,
      from: options.from,
      to: options.to,
      late: options.late,
      format: 'objects',
      fold: options.unfold === true ? 'false' : 'true',
    };
    if (options.json === true) {
      await writeJson(context, await caller.read('/tree', query, anyShape));
      return exitCodes.fine;
    }
    const answer = await caller.read('/tree', query, treeObjects);
    const look = {
      ink: context.ink,
      columns: context.terminal.out.columns,
      lateLimitMs,
      mostLeaves: options.unfold === true ? Number.POSITIVE_INFINITY : mostLeaves,
    };
    await writeLines(context, treeLines(answer, look));
    return answer.nodes.length === 0 ? exitCodes.nothingMatched : exitCodes.fine;
  });
}

/** `--file a.log ns/pod`: the last word after `--file` may be the pod, when no file is called so. */
function targetAmongFiles(
  target: string | undefined,
  { file, node }: TreeOptions,
  cwd: string,
): { readonly words: string | undefined; readonly files: readonly string[] | undefined } {
  const last = file?.at(-1);
  if (target !== undefined || node !== undefined || file === undefined || last === undefined) {
    return { words: target, files: file };
  }
  const isPod = file.length > 1 && last !== '-' && !existsSync(resolve(cwd, last));
  return isPod ? { words: last, files: file.slice(0, -1) } : { words: undefined, files: file };
}

async function subjectOf(
  caller: Caller,
  words: string | undefined,
  options: TreeOptions,
): Promise<Query> {
  if (options.node !== undefined) return { node: options.node };
  return treeQueryOf(await findPod(caller, words ?? ''));
}

async function listPods(context: Context, caller: Caller, options: TreeOptions): Promise<ExitCode> {
  const answer = await caller.read('/pods', { late: options.late }, podsAnswer);
  if (options.json === true) await writeJson(context, answer);
  else if (answer.items.length > 0) {
    await writeLines(context, podsLines(context, answer));
    await tell(context, `\n${adviceOf(answer)}`);
  } else await tell(context, 'No pod and no host is in there.');
  return answer.items.length === 0 ? exitCodes.nothingMatched : exitCodes.fine;
}

function adviceOf({ items }: PodsAnswer): string {
  const [first] = items;
  if (first === undefined) return '';
  const words = first.kind === 'host' ? `--node ${printable(first.pod)}` : podTitle(first);
  return `Name one to see its tree: forebear tree ${words} --file …`;
}

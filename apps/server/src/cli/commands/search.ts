import { defaultLateMs, parseDuration } from '@forebear/model/query/duration';
import type { Filter } from '@forebear/model/query/filter';
import { baseName } from '@forebear/model/query/matches';
import { parseFilter } from '@forebear/model/query/parseFilter';
import { type PodItem, podsAnswer } from '@forebear/model/wire/inventory';
import { type TreeNode, treeObjects } from '@forebear/model/wire/tree';
import { binaryWords } from '@forebear/model/words/processWords';
import { completenessText } from '../completenessText.ts';
import {
  type CommonOptions,
  type Context,
  tell,
  usageError,
  writeJson,
  writeLines,
} from '../context.ts';
import { type ExitCode, exitCodes } from '../exit.ts';
import { countOf } from '../figures.ts';
import { leafSegments } from '../leafText.ts';
import { keepsLeafOf, keepsNode } from '../nodeSubject.ts';
import { openFilesOrStore } from '../openFiles.ts';
import { podTitle, treeQueryOf } from '../podTitle.ts';
import { printable } from '../printable.ts';
import { joinSegments } from '../segments.ts';
import { withSession } from '../session.ts';
import { pad } from '../textWidth.ts';
import { markOf, nodeSegments } from '../treeText.ts';

export interface SearchOptions extends CommonOptions {
  readonly file?: readonly string[];
  readonly late?: string;
}

interface Hit {
  readonly pod: PodItem;
  readonly process: TreeNode;
  /** Nearest first. */
  readonly ancestors: readonly TreeNode[];
}

const mostAncestors = 8;

/** `search FILTER`: processes that match in every pod, each with its ancestors. */
export async function search(
  context: Context,
  words: readonly string[],
  options: SearchOptions,
): Promise<ExitCode> {
  const filter = words.join(' ');
  const parsed = parseFilter(filter);
  if (!parsed.ok) {
    throw usageError(`${parsed.message} (at character ${parsed.position + 1})`);
  }
  if (parsed.filter.kind === 'all')
    throw usageError('Search for something: a word, or a condition.');
  const wanted = parsed.filter;
  const lateLimitMs = options.late === undefined ? defaultLateMs : parseDuration(options.late);
  if (lateLimitMs === undefined) {
    throw usageError('--late takes a duration such as 60s, 5m or 1500ms.');
  }
  return withSession(openFilesOrStore(context, options), async ({ caller }) => {
    const { late } = options;
    const pods = await caller.read('/pods', { filter, late }, podsAnswer);
    const hits: Hit[] = [];
    for (const pod of pods.items) {
      const query = { ...treeQueryOf(pod), late, format: 'objects' };
      const tree = await caller.read('/tree', query, treeObjects);
      const byRef = new Map(tree.nodes.map((node) => [node.ref, node]));
      for (const process of tree.nodes) {
        if (!isOwn(pod, process) || !keepsNode(wanted, { pod, process })) continue;
        hits.push({ pod, process, ancestors: ancestorsOf(process, byRef) });
      }
    }
    if (options.json === true) {
      await writeJson(context, {
        items: hits,
        total: hits.length,
        completeness: pods.completeness,
      });
    } else if (hits.length === 0) await tell(context, 'No process matches.');
    else {
      await writeLines(context, hitLines(context, hits, wanted, lateLimitMs));
      const told = `${countOf(hits.length, 'process', 'processes')} in ${countOf(pods.items.length, 'pod or host', 'pods and hosts')}.`;
      await writeLines(context, ['', told, completenessText(pods.completeness)]);
    }
    return hits.length === 0 ? exitCodes.nothingMatched : exitCodes.fine;
  });
}

/** Trees show ancestors outside the pod and, of a node, its pods: those are hits of their own pod. */
function isOwn(pod: PodItem, process: TreeNode): boolean {
  const isAstray = process.pod === null && process.container === null && process.role !== 'host';
  if (pod.kind === 'host') return process.pod === null && !isAstray;
  if (isAstray) return true;
  return process.pod?.namespace === pod.namespace && process.pod.name === pod.pod;
}

function ancestorsOf(process: TreeNode, byRef: ReadonlyMap<string, TreeNode>): TreeNode[] {
  const ancestors: TreeNode[] = [];
  const seen = new Set([process.ref]);
  for (let ref = process.parentRef; ref !== null && !seen.has(ref); ) {
    seen.add(ref);
    const parent = byRef.get(ref);
    if (parent === undefined) break;
    ancestors.push(parent);
    ref = parent.parentRef;
  }
  return ancestors;
}

function* hitLines(
  { ink, terminal }: Context,
  hits: readonly Hit[],
  filter: Filter,
  lateLimitMs: number,
): Generator<string> {
  const { columns } = terminal.out;
  const look = { ink, lateLimitMs };
  let markWidth = 4;
  for (const { process } of hits) markWidth = Math.max(markWidth, markOf(process, look).length);
  let title = '';
  for (const { pod, process, ancestors } of hits) {
    if (podTitle(pod) !== title) {
      if (title !== '') yield '';
      title = podTitle(pod);
      yield ink.strong(title);
    }
    const mark = pad(markOf(process, look), markWidth);
    const pid = pad(process.pid === null ? '-' : String(process.pid), 7, 'right');
    const before = `  ${process.loud ? ink.loud(mark) : mark}  ${ink.faint(pid)}  `;
    const room = Math.max(20, columns - markWidth - 13);
    yield before + joinSegments(nodeSegments(process, look), room);
    const indent = ' '.repeat(markWidth + 13);
    for (const leaf of process.connections) {
      if (keepsLeafOf(filter, { pod, process }, leaf)) {
        yield indent + joinSegments(leafSegments(leaf, ink), room);
      }
    }
    if (ancestors.length > 0) {
      yield indent + joinSegments([{ text: chainText(ancestors), style: ink.faint }], room);
    }
  }
}

/** `from node ‹ containerd-shim ‹ systemd`, the nearest first. */
function chainText(ancestors: readonly TreeNode[]): string {
  const names = ancestors.slice(0, mostAncestors).map(({ binary, kind, pid }) => {
    const name = printable(baseName(binaryWords(binary, pid)));
    return kind === 'ghost' ? `(${name})` : name;
  });
  const rest =
    ancestors.length > mostAncestors ? ` ‹ … ${ancestors.length - mostAncestors} more` : '';
  return `from ${names.join(' ‹ ')}${rest}`;
}

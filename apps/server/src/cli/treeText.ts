import { isLate } from '@forebear/model/graph/novelty/isLate';
import { baseName } from '@forebear/model/query/matches';
import type { WireConnection } from '@forebear/model/wire/connections';
import type { TreeNode, TreeObjects } from '@forebear/model/wire/tree';
import { escapeWords, flagMark, mainWord, outOfPlaceWords } from '@forebear/model/words/flagMark';
import { lateWords } from '@forebear/model/words/lateWords';
import { linkDoubt } from '@forebear/model/words/linkWords';
import { binaryWords } from '@forebear/model/words/processWords';
import { alertsWords } from '@forebear/model/words/severityWords';
import { completenessText } from './completenessText.ts';
import { clockText, countOf, countText, dateTimeText, durationText, untilText } from './figures.ts';
import type { Ink } from './ink.ts';
import { leafSegments } from './leafText.ts';
import { podTitle } from './podTitle.ts';
import { printable } from './printable.ts';
import { joinSegments, type Segment } from './segments.ts';
import { pad, textWidth } from './textWidth.ts';
import { agentsText, alertTexts, authorText } from './toldText.ts';

export interface TreeLook {
  readonly ink: Ink;
  /** Columns of the terminal; infinite: nothing is cut. */
  readonly columns: number;
  readonly lateLimitMs: number;
  /** Leaves per process before the rest is only counted. */
  readonly mostLeaves: number;
}

/** Deeper levels than this are drawn at this depth with their number, so that a chain stays readable and linear. */
const deepestIndent = 32;
/** From this width on there is room for the time of day. */
const roomForClock = 110;

/** A pod's or node's tree as text: head, one line per process with its leaves below, and what can be vouched for. */
export function* treeLines(tree: TreeObjects, look: TreeLook): Generator<string> {
  yield* headLines(tree, look);
  yield '';
  const gutter = gutterOf(tree, look);
  for (const row of drawnRows(tree, look)) yield gutter(row);
  for (const row of looseRows(tree, look)) yield gutter(row);
  yield '';
  yield completenessText(tree.completeness);
}

interface Row {
  /** Undefined: a leaf of the process above. */
  readonly node: TreeNode | undefined;
  readonly indent: string;
  readonly segments: readonly Segment[];
}

function* headLines(
  { pod, nodes, totals, agents }: TreeObjects,
  { ink, columns }: TreeLook,
): Generator<string> {
  const title = podTitle(pod);
  const on = pod.kind === 'host' || pod.node === '' ? '' : `on ${printable(pod.node)}`;
  const of = pod.workload === '' ? '' : `of ${printable(pod.workload)}`;
  yield joinSegments(
    [{ text: title, style: ink.strong }, { text: of }, { text: on, style: ink.faint }],
    columns,
  );
  for (const { name, image } of pod.containers) {
    const words = [
      { text: `container ${printable(name)}` },
      { text: printable(image), elastic: true },
    ];
    yield joinSegments(words, columns);
  }
  const loud = pod.lateNew;
  const ancestors = pod.kind === 'pod' ? totals.all - pod.processes : 0;
  const own = totals.all - Math.max(0, ancestors);
  const parts = [countOf(own, 'process', 'processes')];
  if (ancestors > 0) parts.push(`below ${countOf(ancestors, 'host ancestor')}`);
  if (totals.returned < totals.all) parts.push(`${countText(nodes.length)} lines after folding`);
  if (totals.ghosts > 0) parts.push(countOf(totals.ghosts, 'ghost'));
  if (pod.late > 0) parts.push(`${countText(pod.late)} late, ${countText(loud)} of them new`);
  const astray = escapeWords(pod.leftContainer, pod.lateContainer);
  if (astray !== '') parts.push(astray);
  if (pod.externalDestinations > 0)
    parts.push(countOf(pod.externalDestinations, 'external destination'));
  if (pod.alerts > 0) parts.push(alertsWords(pod.alerts, pod.maxSeverity, countText));
  if (pod.firstSeen !== null)
    parts.push(`${dateTimeText(pod.firstSeen)} to ${untilText(pod.lastSeen, pod.firstSeen)} UTC`);
  yield joinSegments([{ text: parts.join(' · '), style: ink.faint }], columns);
  const told = agentsText(agents);
  if (told !== '') yield joinSegments([{ text: told, style: ink.faint, elastic: true }], columns);
}

/** Mark, PID and, with room for it, the time of day stand in columns before the tree: nothing can push them away. */
function gutterOf(tree: TreeObjects, look: TreeLook): (row: Row) => string {
  const { ink, columns } = look;
  const hasClock = columns >= roomForClock;
  let markWidth = 4;
  let pidWidth = 3;
  for (const node of tree.nodes) {
    markWidth = Math.max(markWidth, textWidth(markOf(node, look)));
    pidWidth = Math.max(pidWidth, pidText(node).length);
  }
  return ({ node, indent, segments }) => {
    const mark = node === undefined ? '' : markOf(node, look);
    const pid = node === undefined ? '' : pidText(node);
    const clock = node === undefined ? '' : clockText(node.startTime).slice(0, 8);
    const style = node === undefined ? undefined : styleOf(node, ink);
    const columnsBefore = [
      style === undefined ? pad(mark, markWidth) : style(pad(mark, markWidth)),
      ink.faint(pad(pid, pidWidth, 'right')),
      ...(hasClock ? [ink.faint(pad(clock === '-' ? '' : clock, 8))] : []),
    ];
    const used = markWidth + pidWidth + (hasClock ? 10 : 0) + 4 + textWidth(indent);
    const text = joinSegments(segments, Math.max(20, columns - used));
    return `${columnsBefore.join('  ')}  ${ink.faint(indent)}${text}`.trimEnd();
  };
}

/** Rows in drawing order, parents first, without recursion: trees may be as deep as they like. */
function* drawnRows(tree: TreeObjects, look: TreeLook): Generator<Row> {
  const children = new Map<string | null, TreeNode[]>();
  const known = new Set(tree.nodes.map(({ ref }) => ref));
  for (const node of tree.nodes) {
    const parent = node.parentRef !== null && known.has(node.parentRef) ? node.parentRef : null;
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [node]);
    else siblings.push(node);
  }
  const severalContainers = tree.pod.containers.length > 1;
  const stack: Pending[] = [];
  const push = (parent: string | null, before: string, depth: number, container: string) => {
    const list = children.get(parent) ?? [];
    for (let i = list.length - 1; i >= 0; i -= 1) {
      const node = list[i];
      if (node !== undefined)
        stack.push({ node, before, depth, isLast: i === list.length - 1, container });
    }
  };
  push(null, '', 0, '');
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { node, before, depth, isLast, container } = next;
    const branch = isLast ? '└─ ' : '├─ ';
    const isDeep = depth > deepestIndent;
    const depthMark = isDeep ? `⋯${depth} ` : '';
    const own = node.container?.name ?? '';
    const label =
      severalContainers && own !== '' && own !== container ? [containerSegment(own, look.ink)] : [];
    yield {
      node,
      indent: depth === 0 ? '' : before + branch + depthMark,
      segments: [...label, ...nodeSegments(node, look), ...podSegments(tree, node, look)],
    };
    const deeper = isLast ? '   ' : '│  ';
    const below = depth === 0 || depth >= deepestIndent ? before : before + deeper;
    const hasChildren = children.has(node.ref);
    for (const segments of leafRows(node.connections, look)) {
      yield { node: undefined, indent: `${below}${hasChildren ? '│  ' : '   '}`, segments };
    }
    push(node.ref, below, depth + 1, own);
  }
}

/** What happened to the pod or node itself, below a line that stands for no process. */
function* looseRows({ loose }: TreeObjects, look: TreeLook): Generator<Row> {
  const { connections, connectionCount, alerts, alertCount } = loose;
  if (connectionCount + alertCount === 0) return;
  const { ink } = look;
  yield { node: undefined, indent: '', segments: [{ text: '(no process)', style: ink.faint }] };
  for (const text of alertTexts({ alerts, alertCount }))
    yield { node: undefined, indent: '   ', segments: [{ text, style: ink.bad, elastic: true }] };
  const rows = leafRows(connections, look);
  for (const segments of rows) yield { node: undefined, indent: '   ', segments };
  const rest = connectionCount - connections.length;
  if (rest > 0) {
    const text = `… ${countOf(rest, 'more connection')}`;
    yield { node: undefined, indent: '   ', segments: [{ text, style: ink.faint }] };
  }
}

interface Pending {
  readonly node: TreeNode;
  readonly before: string;
  readonly depth: number;
  readonly isLast: boolean;
  readonly container: string;
}

function containerSegment(name: string, ink: Ink): Segment {
  return { text: `[${printable(name)}]`, style: ink.faint };
}

/** The process's own words: binary, arguments, what it was before, how it ended, what is odd about it. */
export function nodeSegments(
  node: TreeNode,
  look: Pick<TreeLook, 'ink' | 'lateLimitMs'>,
): Segment[] {
  const { ink } = look;
  const isGhost = node.kind === 'ghost' || node.kind === 'inferred';
  const binary = printable(binaryWords(node.binary, node.pid));
  const before = node.images
    .slice(0, -1)
    .reverse()
    .map((image) => printable(baseName(image.binary)))
    .filter((name) => name !== '');
  const style = styleOf(node, ink) ?? (isGhost ? ink.faint : undefined);
  return [
    { text: isGhost ? `(${binary})` : binary, ...(style === undefined ? {} : { style }) },
    { text: before.length === 0 ? '' : `⇠ ${before.join(' ⇠ ')}`, style: ink.faint },
    { text: printable(node.arguments), elastic: true },
    { text: countNote(node), style: ink.strong },
    { text: asides(node, look).join(' '), style: ink.bad },
    { text: alertTexts(node).join(', '), style: ink.bad },
    { text: authorText(node.author), style: ink.strong },
  ];
}

/** On a node, a container is one line that stands for all of its processes. */
function podSegments({ pod }: TreeObjects, node: TreeNode, { ink }: TreeLook): Segment[] {
  if (pod.kind !== 'host' || node.pod === null) return [];
  const title = podTitle({ kind: 'pod', namespace: node.pod.namespace, pod: node.pod.name });
  const words = node.count > 1 ? `${title}, ${countOf(node.count, 'process', 'processes')}` : title;
  return [{ text: `in ${words}`, style: ink.name }];
}

function countNote({ count, members, periodMs }: TreeNode): string {
  if (count <= 1 || members.length === 0) return '';
  const rhythm = periodMs === null || periodMs <= 0 ? '' : ` every ${durationText(periodMs)}`;
  return `×${countText(count)}${rhythm}`;
}

function asides(node: TreeNode, look: Pick<TreeLook, 'lateLimitMs'>): string[] {
  const words: string[] = [];
  // One that is not late says so before the tree.
  const place = isLate(node.lateByMs, look.lateLimitMs) ? outOfPlaceWords(node.flags) : '';
  if (place !== '') words.push(place.toUpperCase());
  if (node.role === 'injected' && (node.loud || node.lateByMs !== null)) words.push('injected');
  if (node.flags.includes('raised_to_root')) words.push('ROOT');
  if (node.flags.includes('policy_hit')) words.push('POLICY');
  if (node.flags.includes('blocked')) words.push('BLOCKED');
  if (node.flags.includes('unaccounted')) words.push('NOT THROUGH THE API SERVER');
  if (node.kind === 'inferred')
    words.push(node.pid === null ? '(known by name alone)' : '(only named by others)');
  if (node.suspect !== null) words.push('SUSPECT PARENT');
  const doubt = linkDoubt(node.linkMethod);
  if (doubt !== '') words.push(`(${doubt})`);
  const signal = node.exit?.signal ?? '';
  const code = node.exit?.code ?? 0;
  if (signal !== '') words.push(printable(signal));
  else if (code !== 0) words.push(`exit ${code}`);
  return words;
}

function leafRows(leaves: readonly WireConnection[], look: TreeLook): Segment[][] {
  const sorted = leaves.toSorted((a, b) => weightOf(a) - weightOf(b));
  const shown = sorted.slice(0, look.mostLeaves).map((leaf) => leafSegments(leaf, look.ink));
  const rest = sorted.length - shown.length;
  if (rest > 0) {
    const text = `… ${countOf(rest, 'more connection')}: --unfold shows ${rest === 1 ? 'it' : 'them'}`;
    shown.push([{ text, style: look.ink.faint }]);
  }
  return shown;
}

/** External ones first, questions to a resolver last. */
function weightOf(leaf: WireConnection): number {
  if (leaf.external) return 0;
  return leaf.scope === 'dns' ? 2 : 1;
}

/** The word before a process: what a reader scans the column for. */
export function markOf(node: TreeNode, look: Pick<TreeLook, 'lateLimitMs'>): string {
  const delta = node.lateByMs === null ? '' : ` +${durationText(node.lateByMs)}`;
  if (node.loud)
    return isLate(node.lateByMs, look.lateLimitMs)
      ? `${lateWords({ isNew: node.isNew, isLoud: true }).toUpperCase()}${delta}`
      : flagMark(node.flags).toUpperCase();
  if (node.role === 'main') return mainWord(node.flags);
  if (node.role === 'probe') return 'probe';
  if (isLate(node.lateByMs, look.lateLimitMs)) {
    return `${lateWords({ isNew: node.isNew, isLoud: false })}${delta}`;
  }
  return node.role === 'injected' ? 'injected' : '';
}

function styleOf(node: TreeNode, ink: Ink) {
  if (node.loud) return ink.loud;
  if (node.role === 'main') return ink.main;
  return undefined;
}

function pidText(node: TreeNode): string {
  return node.pid === null ? '-' : String(node.pid);
}

import { noProcessWords } from '@forebear/model/words/callerWords';
import { flagMark, mainWord, outOfPlaceWords } from '@forebear/model/words/flagMark';
import { lateWords } from '@forebear/model/words/lateWords';
import { markWords } from '@forebear/model/words/markWords';
import { nodeWords } from '@forebear/model/words/nodeWords';
import { isKnownByIdAlone } from '@forebear/model/words/processWords';
import { alertsWords, severitySign } from '@forebear/model/words/severityWords';
import { verdictWords } from '@forebear/model/words/verdictWords';
import { formatCount, formatDelta, formatDuration, formatNoun } from '../../kit/format.ts';
import { formatClock, type Zone } from '../../kit/formatTime.ts';
import { visibleText } from '../../kit/visibleText.ts';
import { endsOf, hinderedAmong, timesOf } from '../../view/describe.ts';
import { isExternal } from '../../view/external.ts';
import { groupFacts } from '../../view/groupFacts.ts';
import { mark } from '../../view/marks.ts';
import { type RelativeTo, relativeMs } from '../../view/relativeTime.ts';
import { rowKind } from '../../view/rowKeys.ts';
import { severityOf } from '../../view/severities.ts';
import { destinationOf, nameOf, textOf } from '../../view/texts.ts';
import type { TreeModel } from '../../view/treeModel.ts';
import {
  hasState,
  kindOf,
  listOf,
  processOf,
  rowState,
  type VisibleTree,
} from '../../view/visibleTree.ts';
import { startOf } from './matchTree.ts';

/** What a row is called. Text of the log: drawn through SafeText. */
export function titleOf(tree: VisibleTree, row: number): string {
  const { model } = tree;
  const list = listOf(tree, row);
  switch (kindOf(tree, row)) {
    case rowKind.head:
      return nodeWords(model.columns.pod.pod);
    case rowKind.process:
      return nameOf(model, processOf(tree, row));
    case rowKind.group:
      return nameOf(model, list[0] ?? -1);
    case rowKind.capsule:
      return `${formatCount(list.length)} ${hasState(tree, row, rowState.infrastructure) ? 'host ' : ''}steps`;
    case rowKind.more:
      return `+${formatCount(list.length)} more`;
    case rowKind.hidden:
      return `${formatCount(tree.covers[row] ?? 0)} filtered out`;
    case rowKind.destinations:
      return endsText(model, list);
    case rowKind.leaf:
      return destinationOf(model, tree.item[row] ?? -1);
    case rowKind.loose:
      return noProcessWords;
    case rowKind.looseRule:
      return model.loose.rules[tree.item[row] ?? -1]?.rule ?? '';
  }
}

/** `6 destinations, 25 callers`; how many connections they are, where it is of one kind and has room for that. */
function endsText(model: TreeModel, leaves: Int32Array): string {
  const { destinations, callers } = endsOf(model, leaves);
  const called = formatNoun(destinations, 'destination');
  const calling = formatNoun(callers, 'caller');
  const hindered = hinderedAmong(model, leaves);
  if (hindered > 0)
    return `${callers > 0 ? calling : called} · ${formatCount(hindered)} dropped or blocked`;
  if (destinations > 0 && callers > 0) return `${called}, ${calling}`;
  const times = formatNoun(timesOf(model, leaves), 'connection');
  return `${callers > 0 ? calling : called} · ${times}`;
}

/** The time in front of a card or in the Δ column, in the mode of the view; empty when it is not known. */
export function deltaText(
  model: TreeModel,
  process: number,
  { relative, zone }: { relative: RelativeTo; zone: Zone },
): string {
  if (relative === 'clock') {
    const at = startOf(model, process);
    return at === undefined ? '' : formatClock(at, zone, 'ms');
  }
  const ms = relativeMs(model, process, relative);
  return ms === undefined ? '' : formatDelta(ms);
}

/** `✓ 0`, `✗ 137 KILL`, `never ran`; empty while it runs or when nobody saw the end. The signal is text of the log, made visible here. */
export function exitText(model: TreeModel, process: number): string {
  const { nodes } = model.columns;
  if (isBlocked(model, process)) return 'never ran';
  if (nodes.end[process] !== 'exited') return '';
  const signal = visibleText(textOf(model, nodes.signal[process])).replace(/^SIG/, '');
  const code = nodes.exitCode[process];
  if (signal !== '') return `✗ ${code ?? ''} ${signal}`.replace('  ', ' ');
  if (code === null || code === undefined) return 'exited';
  return code === 0 ? '✓ 0' : `✗ ${code}`;
}

/** `root`, `uid 1000`. */
export function userText(model: TreeModel, process: number): string {
  const { nodes } = model.columns;
  const user = textOf(model, nodes.user[process]);
  const uid = nodes.uid[process];
  if (user !== '') return user;
  if (uid === 0) return 'root';
  return uid === null || uid === undefined ? '' : `uid ${uid}`;
}

/** Whether its user is another than its parent's: only then is it worth a place on the card. */
export function isOtherUser(model: TreeModel, process: number): boolean {
  const { uid } = model.columns.nodes;
  const up = model.parent[process] ?? -1;
  if (up < 0) return true;
  const above = uid[up];
  return above !== null && above !== undefined && above !== uid[process];
}

/** Rose to root: its parent was somebody else. */
export function rosesToRoot(model: TreeModel, process: number): boolean {
  const { uid } = model.columns.nodes;
  const above = uid[model.parent[process] ?? -1];
  return uid[process] === 0 && above !== null && above !== undefined && above !== 0;
}

/** How long it lived; empty when either end is unknown. */
export function durationText(model: TreeModel, process: number): string {
  const { startTimeUs, endTimeUs } = model.columns.nodes;
  const from = startTimeUs[process];
  const to = endTimeUs[process];
  if (from === null || from === undefined || to === null || to === undefined) return '';
  return formatDuration((to - from) / 1000);
}

/** What a group says below its name: `every 10.0 s · 0 failed`. */
export function groupText(model: TreeModel, members: Int32Array): string {
  const facts = groupFacts(model, members);
  const parts = [
    facts.everyMs === undefined ? '' : `every ${formatDuration(facts.everyMs)}`,
    `${formatCount(facts.failed)} failed`,
    facts.processes > facts.count ? formatNoun(facts.processes, 'process', 'processes') : '',
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** It was prevented. */
export function isBlocked(model: TreeModel, process: number): boolean {
  return ((model.marks[process] ?? 0) & mark.blocked) !== 0;
}

/** What stands in capitals on a card: its role in the story, the gravest first. */
export function roleWords(model: TreeModel, process: number): readonly string[] {
  const bits = model.marks[process] ?? 0;
  if ((bits & (mark.blocked | mark.unaccounted)) === 0) return partWords(model, process);
  return [
    ...((bits & mark.blocked) === 0 ? [] : ['BLOCKED']),
    ...((bits & mark.unaccounted) === 0 ? [] : ['UNACCOUNTED']),
    ...partWords(model, process),
  ];
}

function partWords(model: TreeModel, process: number): readonly string[] {
  const bits = model.marks[process] ?? 0;
  const flags = model.columns.nodes.flags[process] ?? [];
  if ((bits & mark.loud) !== 0) {
    if ((bits & mark.late) === 0) return [flagMark(flags).toUpperCase()];
    const words = [
      (bits & mark.main) === 0 ? '' : mainWord(flags),
      lateWords({ isNew: isNewOf(model, process), isLoud: true }).toUpperCase(),
      (bits & mark.injected) === 0 ? '' : 'INJECTED',
      outOfPlaceWords(flags).toUpperCase(),
    ];
    return words.filter((word) => word !== '');
  }
  if ((bits & mark.main) !== 0) return [mainWord(flags)];
  if ((bits & mark.ghost) !== 0) return [ghostWord(model, process)];
  if ((bits & mark.probe) !== 0) return ['probe'];
  if ((bits & mark.injected) !== 0) return ['INJECTED'];
  if ((bits & mark.late) === 0) return [];
  return [lateWords({ isNew: isNewOf(model, process), isLoud: false })];
}

/** Whether it was never seen before; null: nobody can tell. */
export function isNewOf(model: TreeModel, process: number): boolean | null {
  const isNew = model.columns.nodes.isNew[process] ?? null;
  return isNew === null ? null : isNew === 1;
}

/** What is said of a process that no event of its own tells of. */
export function ghostWord(model: TreeModel, process: number): string {
  const { nodes } = model.columns;
  if (nodes.kind[process] === 'inferred') return 'inferred from names';
  const isIdAlone = isKnownByIdAlone(
    nodes.kind[process] ?? '',
    textOf(model, nodes.binary[process]),
  );
  return isIdAlone ? 'only its id' : 'ghost';
}

/** What the word does not say by itself. */
export function roleHint(model: TreeModel, process: number): string | undefined {
  const bits = model.marks[process] ?? 0;
  if ((bits & mark.blocked) !== 0) return sentence(markWords('blocked', 1));
  if ((bits & mark.unaccounted) !== 0) return sentence(markWords('unaccounted', 1));
  if ((bits & mark.named) !== 0)
    return 'Only its name is known: a descendant names its ancestors. What it ran, and when, is not in this log';
  if ((bits & mark.injected) !== 0) return 'Not started by the container’s main';
  if (model.columns.nodes.flags[process]?.includes('main_unsure') === true)
    return 'Taken for main: its parent is known by its id alone, and may be in the container';
  return ghostWord(model, process) === 'only its id' && (bits & mark.ghost) !== 0
    ? 'Not in this log: only its id is. Whether it was on the host or in a pod is unknown'
    : undefined;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** Alerts as a figure with its sign, `▲2`, and in words; `isBelow`: they are of what a row hides. */
export function alertText(
  count: number,
  gravity: number,
  isBelow: boolean,
): { readonly figure: string; readonly words: string } {
  const severity = severityOf(gravity);
  const sign = severity === null ? '△' : severitySign(severity);
  const words = alertsWords(count, severity, formatCount);
  return {
    figure: `${sign}${formatCount(count)}${isBelow ? '↓' : ''}`,
    words: isBelow ? `Hidden below: ${words}` : words,
  };
}

/** The counts of a process that are worth a glyph, in their fixed order. */
export function countsOf(model: TreeModel, process: number) {
  const { nodes } = model.columns;
  let inner = 0;
  let external = 0;
  const to = model.leafStart[process + 1] ?? 0;
  for (let at = model.leafStart[process] ?? 0; at < to; at += 1) {
    const leaf = model.leaves[at] ?? -1;
    if (isExternal(model.columns, leaf)) external += 1;
    else inner += 1;
  }
  return {
    inner,
    external,
    files: nodes.events.file[process] ?? 0,
    alerts: nodes.alerts[process] ?? 0,
  };
}

/** `Dropped by the network: POLICY_DENIED`. Text of the log is in it, made visible here. */
export function hindranceTitle(model: TreeModel, leaf: number, hindrance: string): string {
  const reason = textOf(model, model.columns.connections.verdictReason[leaf]);
  const words = verdictWords(hindrance);
  return visibleText(reason === '' ? words : `${words}: ${reason}`);
}

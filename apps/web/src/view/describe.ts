import { noProcessWords } from '@forebear/model/words/callerWords';
import { flagMark, outOfPlaceWords } from '@forebear/model/words/flagMark';
import { markWords } from '@forebear/model/words/markWords';
import { untoldEndWords } from '@forebear/model/words/missing';
import { randomNameWords } from '@forebear/model/words/nameWords';
import { nodeWords } from '@forebear/model/words/nodeWords';
import { podTextWords } from '@forebear/model/words/podWords';
import { isKnownByIdAlone } from '@forebear/model/words/processWords';
import { alertsWords } from '@forebear/model/words/severityWords';
import { verdictWords } from '@forebear/model/words/verdictWords';
import { hindranceOf, isExternal } from './external.ts';
import { groupFacts } from './groupFacts.ts';
import { mark } from './marks.ts';
import { openEndOf } from './openEnd.ts';
import { rowKind } from './rowKeys.ts';
import { severityOf } from './severities.ts';
import { plural, spokenLength } from './spokenTime.ts';
import { authorLine, destinationOf, earlierNamesOf, nameOf, peerWords, textOf } from './texts.ts';
import type { TreeModel } from './treeModel.ts';
import { hasState, kindOf, listOf, processOf, rowState, type VisibleTree } from './visibleTree.ts';

/**
 * The accessible name of a row: everything that colour and shape say, in words. `nc, late by 5 minutes 2 seconds,
 * alive at end of log, child of sh, level 4, 1 of 2`. Text of the log is in it as it came; whoever puts it on a page escapes it.
 */
export function describeRow(tree: VisibleTree, row: number): string {
  const parts = [...bodyOf(tree, row)];
  const { model } = tree;
  if (kindOf(tree, row) !== rowKind.head) {
    const owner = ownerOf(tree, row);
    if (owner >= 0) parts.push(`child of ${nameOf(model, owner)}`);
    parts.push(`level ${tree.level[row]}`, `${tree.position[row]} of ${tree.setSize[row]}`);
  }
  if (hasState(tree, row, rowState.match)) parts.push('matches the filter');
  return parts.filter((part) => part !== '').join(', ');
}

function bodyOf(tree: VisibleTree, row: number): readonly string[] {
  const { model } = tree;
  const covers = tree.covers[row] ?? 0;
  const loud = tree.hiddenLoud[row] ?? 0;
  const flagged = loud === 0 ? '' : `${loud} flagged`;
  const alerts = alertsWords(tree.hiddenAlerts[row] ?? 0, severityOf(tree.hiddenGravity[row] ?? 0));
  switch (kindOf(tree, row)) {
    case rowKind.head: {
      const { pod } = model.columns;
      if (pod.kind === 'host') return [`host ${nodeWords(pod.pod)}`];
      return [`pod ${pod.pod}`, pod.namespace === '' ? '' : `namespace ${pod.namespace}`];
    }
    case rowKind.process:
      return describeProcess(tree, row);
    case rowKind.group: {
      const members = listOf(tree, row);
      const facts = groupFacts(model, members);
      return [
        `${nameOf(model, members[0] ?? -1)}, folded group of ${plural(members.length, 'process', 'processes')}`,
        facts.everyMs === undefined ? '' : `every ${spokenLength(facts.everyMs)}`,
        facts.failed === 0 ? '' : `${facts.failed} failed`,
        flagged,
        alerts,
      ];
    }
    case rowKind.capsule: {
      const word = hasState(tree, row, rowState.infrastructure) ? 'step of the host' : 'step';
      const steps = listOf(tree, row);
      return [
        plural(steps.length, word, word.replace('step', 'steps')),
        `${nameOf(model, steps[0] ?? -1)} to ${nameOf(model, steps[steps.length - 1] ?? -1)}`,
      ];
    }
    case rowKind.more:
      return [
        `${listOf(tree, row).length} more`,
        plural(covers, 'process', 'processes'),
        flagged,
        alerts,
      ];
    case rowKind.hidden:
      return [`${covers} filtered out`, flagged, alerts];
    case rowKind.loose:
      return [noProcessWords, looseText(model), alerts];
    case rowKind.looseRule:
      return describeRule(model, tree.item[row] ?? -1);
    case rowKind.destinations: {
      const leaves = listOf(tree, row);
      const { destinations, callers } = endsOf(model, leaves);
      const hindered = hinderedAmong(model, leaves);
      return [
        destinations === 0 ? '' : plural(destinations, 'destination'),
        callers === 0 ? '' : plural(callers, 'caller'),
        plural(timesOf(model, leaves), 'connection'),
        hindered === 0 ? '' : `${hindered} dropped or blocked`,
      ];
    }
    case rowKind.leaf:
      return describeLeaf(model, tree.item[row] ?? -1);
  }
}

function describeProcess(tree: VisibleTree, row: number): readonly string[] {
  const { model } = tree;
  const process = processOf(tree, row);
  const { nodes } = model.columns;
  const marks = model.marks[process] ?? 0;
  const has = (bit: number) => (marks & bit) !== 0;
  const lateMs = nodes.lateByMs[process] ?? 0;
  const hiddenLoud = tree.hiddenLoud[row] ?? 0;
  const alerts = nodes.alerts[process] ?? 0;
  const author = authorLine(model, process);
  const below = alertsWords(tree.hiddenAlerts[row] ?? 0, severityOf(tree.hiddenGravity[row] ?? 0));
  const leaves = (model.leafStart[process + 1] ?? 0) - (model.leafStart[process] ?? 0);
  const earlier = earlierNamesOf(model, process);
  return [
    nameOf(model, process),
    earlier.length === 0 ? '' : `formerly ${earlier.join(', ')}`,
    has(mark.blocked) ? markWords('blocked', 1) : '',
    has(mark.main) ? mainPhrase(nodes.flags[process] ?? []) : '',
    has(mark.loud) && has(mark.late) ? `late by ${spokenLength(lateMs)}` : '',
    has(mark.loud) && has(mark.late) && nodes.isNew[process] === 1 ? 'new' : '',
    has(mark.loud) && !has(mark.late)
      ? flagMark(nodes.flags[process] ?? [])
      : outOfPlaceWords(nodes.flags[process] ?? []),
    !has(mark.loud) && has(mark.late)
      ? `late by ${spokenLength(lateMs)}, ${nodes.isNew[process] === null ? 'novelty unknown' : 'seen before'}`
      : '',
    has(mark.ghost) ? ghostPhrase(model, process) : '',
    author === '' ? '' : `started by ${author}`,
    has(mark.unaccounted) ? markWords('unaccounted', 1) : '',
    nodes.flags[process]?.includes('policy_hit') ? 'reported by a policy' : '',
    has(mark.suspect) ? 'suspect parent' : '',
    has(mark.probe) ? 'probe' : '',
    has(mark.injected) ? 'injected' : '',
    endOf(model, process),
    alertsWords(alerts, severityOf(model.gravity[process] ?? 0)),
    leaves === 0 ? '' : plural(leaves, 'destination'),
    has(mark.external) ? 'calls outside' : '',
    has(mark.hindered) ? 'a connection of it was dropped or blocked' : '',
    hiddenLoud === 0 ? '' : `${hiddenLoud} flagged below`,
    below === '' ? '' : `below it ${below}`,
  ];
}

function mainPhrase(flags: readonly string[]): string {
  return flags.includes('main_unsure') ? 'taken for the main process' : 'main process';
}

function ghostPhrase(model: TreeModel, process: number): string {
  const { nodes } = model.columns;
  if (nodes.kind[process] === 'inferred') return 'inferred from names';
  return isKnownByIdAlone(nodes.kind[process] ?? '', textOf(model, nodes.binary[process]))
    ? 'only its id is in this log'
    : 'ghost, no event of its own';
}

function endOf(model: TreeModel, process: number): string {
  const { nodes } = model.columns;
  const open = openEndOf(model, process);
  if (open !== undefined) return open === 'alive' ? 'alive at end of log' : untoldEndWords;
  if (nodes.end[process] !== 'exited') return '';
  const code = nodes.exitCode[process];
  const signal = model.columns.strings[nodes.signal[process] ?? 0] ?? '';
  if (signal !== '') return `ended by ${signal}`;
  return code === null || code === undefined ? 'exited' : `exit code ${code}`;
}

function describeLeaf(model: TreeModel, leaf: number): readonly string[] {
  const { connections, strings } = model.columns;
  const direction = connections.direction[leaf];
  const port = connections.port[leaf] ?? 0;
  const peer = podTextWords(strings[connections.peerPod[leaf] ?? 0] ?? '');
  const hindrance = hindranceOf(model.columns, leaf);
  if (direction === 'listen') return [`listens on port ${port}`];
  return [
    `${direction === 'inbound' ? 'accepted from' : 'connection to'} ${destinationOf(model, leaf)}, port ${port}`,
    hindrance === '' ? '' : `${hindrance}, ${verdictWords(hindrance)}`,
    isExternal(model.columns, leaf) ? 'external' : '',
    connections.randomName[leaf] === 1 ? `name ${randomNameWords}` : '',
    plural(connections.times[leaf] ?? 0, 'time'),
    peer === '' ? '' : peerPhrase(model, leaf, peer),
  ];
}

function peerPhrase(model: TreeModel, leaf: number, peer: string): string {
  const way = model.columns.connections.direction[leaf] === 'inbound' ? 'from' : 'to';
  const words = peerWords(model, leaf);
  return `${way} a process in ${peer}${words === '' ? '' : `, ${words}`}`;
}

/** What connections lead to, and who calls by them: a caller is no destination. */
export function endsOf(
  { columns }: TreeModel,
  leaves: Int32Array,
): { readonly destinations: number; readonly callers: number } {
  const callers = leaves.filter((leaf) => columns.connections.direction[leaf] === 'inbound').length;
  return { destinations: leaves.length - callers, callers };
}

export function timesOf(model: TreeModel, leaves: Int32Array): number {
  let times = 0;
  for (const leaf of leaves) times += model.columns.connections.times[leaf] ?? 0;
  return times;
}

/** The nearest process above a row; -1: none. */
function ownerOf(tree: VisibleTree, row: number): number {
  let up = tree.parent[row] ?? -1;
  while (up >= 0 && tree.kind[up] !== rowKind.process) {
    if (tree.kind[up] === rowKind.capsule) return listOf(tree, up).at(-1) ?? -1;
    up = tree.parent[up] ?? -1;
  }
  return processOf(tree, up);
}

/** `3 flows, 2 alerts, 4 lookups`. */
export function looseText({ loose }: TreeModel): string {
  return [
    loose.connectionCount === 0 ? '' : plural(loose.connectionCount, 'flow'),
    loose.alertCount === 0 ? '' : plural(loose.alertCount, 'alert'),
    loose.lookupCount === 0 ? '' : plural(loose.lookupCount, 'lookup'),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function describeRule({ loose }: TreeModel, place: number): readonly string[] {
  const told = loose.rules[place];
  if (told === undefined) return [];
  return [
    `alert ${told.rule}`,
    told.severity,
    told.blocked ? 'blocked' : '',
    plural(told.alerts.length, 'time'),
  ];
}

/** How many of some connections were dropped or blocked. */
export function hinderedAmong({ columns }: TreeModel, leaves: Int32Array): number {
  let count = 0;
  for (const leaf of leaves) if (hindranceOf(columns, leaf) !== '') count += 1;
  return count;
}

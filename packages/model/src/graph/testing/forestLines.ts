import { nameOfLabel } from '../../event/dialects.ts';
import type { AlertFact } from '../../event/facts.ts';
import type { Nanos } from '../../event/time.ts';
import type { Derived, DerivedLoose, DerivedProcess, Leaf, Lookup } from '../derived.ts';

/**
 * A forest as a person checks it: one line a process, children below it, then what is known of it one line each. Times are seconds after
 * `began`, long hexadecimal numbers are cut. Siblings that differ in numbers alone are counted behind the first. What lies loose comes last.
 */
export function forestLines(derived: Derived, began: Nanos): readonly string[] {
  const children = Map.groupBy(derived.processes.keys(), (index) => parentOf(derived, index));
  const blocks: (readonly string[])[] = [];
  // Children come after their parents, so that going backwards every child is written before its parent asks for it.
  for (const [index, process] of [...derived.processes.entries()].reverse()) {
    const own = [processText(derived, process, began), ...detailLines(derived, process)];
    blocks[index] = own
      .map((line, at) => (at === 0 ? line : `    ${line}`))
      .concat(foldedBlocks(children.get(index) ?? [], blocks).map((line) => `  ${line}`));
  }
  const lines = [...foldedBlocks(children.get(-1) ?? [], blocks)];
  if (lines.length === 0) lines.push('No process.');
  const quiet = quietPods(derived);
  if (quiet.length > 0) lines.push('', 'Pods of which nothing else is known:', ...quiet);
  if (derived.loose.length > 0) lines.push('', 'Of no process:');
  lines.push(...derived.loose.flatMap((loose) => looseLines(derived, loose)));
  return lines.map((line) => line.replaceAll(LONG_HEX, '$1…'));
}

const LONG_HEX = /\b([\da-f]{12})[\da-f]{12,}\b/g;

/** Blocks of lines one below the other, alike ones counted. */
function foldedBlocks(
  indexes: readonly number[],
  blocks: readonly (readonly string[] | undefined)[],
): readonly string[] {
  const lines: string[] = [];
  let last = '';
  let more = 0;
  const endRun = () => {
    if (more > 0) lines.push(`… and ${more} more like this`);
    more = 0;
  };
  for (const index of indexes) {
    const block = blocks[index] ?? [];
    const shape = block.join('\n').replaceAll(/\d+/g, '0');
    if (shape === last) {
      more += 1;
      continue;
    }
    endRun();
    last = shape;
    lines.push(...block);
  }
  endRun();
  return lines;
}

/** Pods without a process and without anything that lies loose with them. */
function quietPods({ pods, processes, loose }: Derived): readonly string[] {
  const busy = new Set([...processes, ...loose].map(({ pod }) => pod));
  return pods.flatMap(({ fact: { namespace, name }, node }, index) =>
    busy.has(index) ? [] : [`[${namespace}/${name}] {${node}}`],
  );
}

function parentOf(derived: Derived, index: number): number {
  return derived.processes[index]?.parent ?? -1;
}

/** `[shop/checkout] node server.js  pid 4711 uid 0 | exec by exec_id | main | +3.204 s, exited 0`. */
function processText(derived: Derived, process: DerivedProcess, began: Nanos): string {
  const { pid, uid, kind, linkMethod, parent, role, ids, images } = process;
  const called = images.map((image) => `${image.binary} ${image.arguments}`.trim() || '?');
  const link = parent < 0 ? 'root' : `by ${linkMethod}`;
  const facts = [
    [pid === undefined ? 'no pid' : `pid ${pid}`, uid === undefined ? '' : `uid ${uid}`],
    [kind, link],
    [role],
    [process.startTime === undefined ? 'no start' : secondsAfter(began, process.startTime)],
    [lateText(process)],
    [endText(process)],
    [process.suspect],
    [process.flags.map(({ code }) => code).join(' ')],
    [ids.length === 0 ? '' : `also ${ids.map(({ dialect }) => dialect).join(' ')}`],
  ];
  const said = facts.map((words) => words.filter((word) => word !== '').join(' '));
  return [`${placeText(derived, process)}${called.join(' => ')}`, ...said]
    .filter((text) => text !== '')
    .join(' | ');
}

function placeText(derived: Derived, { pod, container, node }: DerivedProcess): string {
  if (pod === undefined && container === undefined) return `{${node}} `;
  const { namespace = '', name = '' } = podOf(derived, pod) ?? {};
  const { name: called = '', id = '' } =
    container === undefined ? {} : (derived.containers[container]?.fact ?? {});
  return `[${namespace}/${name}/${called || id.slice(0, 12)}] `;
}

function podOf(derived: Derived, pod: number | undefined) {
  return pod === undefined ? undefined : derived.pods[pod]?.fact;
}

function lateText({ lateByMs, lateBase, isNew, late, loud }: DerivedProcess): string {
  if (lateByMs === undefined || !late) return '';
  const novelty = new Map([
    [true, 'new'],
    [false, 'not new'],
    [undefined, 'novelty unknown'],
  ]).get(isNew);
  return `${loud ? 'YELLOW' : 'late'} ${(lateByMs / 1000).toFixed(1)} s after ${lateBase ?? '?'}, ${novelty}`;
}

function endText({ end, exitCode, exitSignal }: DerivedProcess): string {
  if (end !== 'exited') return end === 'unknown' ? '' : end;
  return `exited ${exitSignal === '' ? (exitCode ?? '') : exitSignal}`.trim();
}

function secondsAfter(began: Nanos, time: Nanos): string {
  return `${(Number(time - began) / 1e9).toFixed(3)} s`;
}

function detailLines(derived: Derived, process: DerivedProcess): readonly string[] {
  const { alerts, author, lookups, connections } = process;
  return [
    ...alerts.map(alertText),
    ...(author === undefined
      ? []
      : [
          `@ ${author.user}${author.impersonating === '' ? '' : ` as ${author.impersonating}`}: ${author.command} (${author.match})`,
        ]),
    ...lookups.map(lookupText),
    ...connections.map((leaf) => leafText(derived, leaf)),
  ];
}

function alertText({ label, severity, rule, blocked }: AlertFact): string {
  return `! ${severity}: ${rule || nameOfLabel(label)}${blocked ? ', blocked' : ''}`;
}

function lookupText({ name, count, tries, failed, addresses }: Lookup): string {
  const answer = addresses.length === 0 ? '' : ` = ${addresses.join(', ')}`;
  const failures = failed === 0 ? '' : `, ${failed} failed`;
  return `? ${name}${answer} (${count}${tries === 0 ? '' : ` and ${tries} tries`}${failures})`;
}

function leafText(derived: Derived, leaf: Leaf): string {
  const { direction, protocol, name, nameEvidence, ip, port, verdict, verdictReason } = leaf;
  const arrow = { outbound: '->', inbound: '<-', listen: '||' }[direction];
  const named = name === undefined ? '' : ` ${name} (${nameEvidence})`;
  const peer = leaf.peer === undefined ? '' : ` to ${derived.processes[leaf.peer]?.binary ?? '?'}`;
  const { bytesSent, bytesReceived } = leaf;
  const bytes =
    bytesSent === undefined && bytesReceived === undefined
      ? ''
      : `, ${bytesSent ?? '?'} B sent ${bytesReceived ?? '?'} B received`;
  const judged = verdict === '' ? '' : `, ${[verdict, verdictReason].join(' ').trim()}`;
  return `${arrow} ${protocol} ${ip}:${port}${named}, ${leaf.scope}, ${leaf.count}x${bytes}${judged}${peer}`;
}

function looseLines(derived: Derived, loose: DerivedLoose): readonly string[] {
  const { namespace, name } = podOf(derived, loose.pod) ?? {};
  const place =
    name === undefined
      ? loose.address || `{${loose.node}}`
      : `[${namespace ?? ''}/${name}] {${loose.node}}`;
  return [
    place,
    ...loose.alerts.map((alert) => `    ${alertText(alert)}`),
    ...loose.lookups.map((lookup) => `    ${lookupText(lookup)}`),
    ...loose.connections.map((leaf) => `    ${leafText(derived, leaf)}`),
  ];
}

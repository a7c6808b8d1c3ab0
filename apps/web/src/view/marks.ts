import { isLate } from '@forebear/model/graph/novelty/isLate';
import { isNoted } from '@forebear/model/graph/tree/staysAlone';
import type { TreeColumns } from '@forebear/model/wire/tree';
import { outOfPlaceWords } from '@forebear/model/words/flagMark';
import { isExternal, isHindered } from './external.ts';

/** What a process is marked with, one bit each. */
export const mark = {
  /** Late and new, or late and never quiet: yellow. */
  loud: 1,
  /** Later than the limit. */
  late: 2,
  main: 4,
  probe: 8,
  injected: 16,
  host: 32,
  /** Named by others, no event of its own. */
  ghost: 64,
  /** Its parent was found by PID and time, or by names: a guess. */
  inferred: 128,
  /** Its link fails a check. */
  suspect: 256,
  /** It called a public address. */
  external: 512,
  /** A name it called looks random. */
  random: 1024,
  alert: 2048,
  running: 4096,
  /** `isNoted` of the model: left its container, hidden characters and more; never folded away. */
  noted: 8192,
  /** Prevented: it never ran, so it is not late either. */
  blocked: 16384,
  /** Somebody had it started through the API server, and who is known. */
  authored: 32768,
  /** It came in, and not through the API server. */
  unaccounted: 65536,
  /** Only its name is known, from a descendant that names its ancestors. */
  named: 131072,
  /** A connection of it was hindered. */
  hindered: 262144,
} as const;

/** A mark that keeps a process out of capsules: it has something to say. Being late and seen before says little. */
export const remarkable =
  mark.loud |
  mark.main |
  mark.probe |
  mark.injected |
  mark.ghost |
  mark.suspect |
  mark.external |
  mark.random |
  mark.alert |
  mark.noted |
  mark.authored |
  mark.hindered;

/** The marks of every process. `lateLimitMs` is what the answer was asked with. */
export function marksOf(columns: TreeColumns, lateLimitMs: number): Uint32Array {
  const { nodes, connections } = columns;
  const marks = new Uint32Array(nodes.count);
  for (let row = 0; row < nodes.count; row += 1) marks[row] = marksOfNode(nodes, row, lateLimitMs);
  for (let leaf = 0; leaf < connections.count; leaf += 1) {
    const row = connections.process[leaf] ?? -1;
    if (row < 0 || row >= nodes.count) continue;
    let bits = marks[row] ?? 0;
    if (isExternal(columns, leaf)) bits |= mark.external;
    if (connections.randomName[leaf] === 1) bits |= mark.random;
    if (isHindered(columns, leaf)) bits |= mark.hindered;
    marks[row] = bits;
  }
  return marks;
}

function marksOfNode(nodes: TreeColumns['nodes'], row: number, lateLimitMs: number): number {
  let bits = 0;
  const role = nodes.role[row];
  const kind = nodes.kind[row];
  const method = nodes.linkMethod[row];
  if (nodes.loud[row] === 1) bits |= mark.loud;
  if (isLate(nodes.lateByMs[row], lateLimitMs)) bits |= mark.late;
  if (role === 'main') bits |= mark.main;
  if (role === 'probe') bits |= mark.probe;
  if (role === 'injected') bits |= mark.injected;
  if (role === 'host') bits |= mark.host;
  if (kind === 'ghost' || kind === 'inferred') bits |= mark.ghost;
  if (method === 'pid_as_of' || method === 'name_chain') bits |= mark.inferred;
  if ((nodes.linkReason[row] ?? 0) !== 0) bits |= mark.suspect;
  if ((nodes.alerts[row] ?? 0) > 0) bits |= mark.alert;
  if (nodes.end[row] === 'running') bits |= mark.running;
  if (kind === 'inferred') bits |= mark.named;
  if ((nodes.author[row] ?? null) !== null) bits |= mark.authored;
  const flags = nodes.flags[row];
  if (flags === undefined || flags.length === 0) return bits;
  if (isNoted(flags)) bits |= mark.noted;
  if (flags.includes('blocked')) bits = prevented(bits, flags);
  if (flags.includes('unaccounted')) bits |= mark.unaccounted;
  return bits;
}

/** What never ran did not start late: it has a mark of its own, and is loud only for what is out of place. */
function prevented(bits: number, flags: readonly string[]): number {
  const untrue = mark.running | mark.late | (outOfPlaceWords(flags) === '' ? mark.loud : 0);
  return (bits | mark.blocked) & ~untrue;
}

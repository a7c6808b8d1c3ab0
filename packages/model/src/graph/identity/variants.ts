import type { ProcessFact } from '../../event/facts.ts';
import { faceKey } from '../facts/faceKey.ts';
import { compareText } from '../order.ts';

interface Pattern {
  readonly pid: number | undefined;
  readonly binary: string | undefined;
  readonly faces: ProcessFact[];
}

/**
 * Sorts the faces of one id in one boot into processes: faces whose pid and binary do not contradict are one process,
 * a face that lacks one of the two joins the first it agrees with (formats.md 1.6, 12; semantics, "Facts first").
 * The best-evidenced process first, its faces best first. What only an id says (rank 1) never makes a variant.
 * Another start alone is no contradiction: agents recompute it (D18).
 */
export function variantsOf(faces: readonly ProcessFact[]): ProcessFact[][] {
  const [only] = faces;
  if (only !== undefined && faces.length === 1) return [[only]];
  const ordered = [...faces].sort(compareFaces);
  if (isOneProcess(ordered)) return [ordered];
  const evidence = ordered.filter((face) => face.rank > 1);
  const inferred = ordered.filter((face) => face.rank === 1);
  const variants = joinPatterns(patternsOf(evidence));
  if (variants.length === 0) return inferred.length === 0 ? [] : [inferred];
  const primary = variants[0];
  for (const face of inferred) primary?.faces.push(face);
  return variants.map((variant) => variant.faces.sort(compareFaces));
}

/** The common case: no two faces with evidence name different pids or binaries. */
function isOneProcess(faces: readonly ProcessFact[]): boolean {
  let knownPid: number | undefined;
  let knownBinary: string | undefined;
  for (const { rank, pid, binary } of faces) {
    if (rank === 1) continue;
    knownPid ??= pid;
    knownBinary ??= binary;
    if (pid !== undefined && pid !== knownPid) return false;
    if (binary !== undefined && binary !== knownBinary) return false;
  }
  return true;
}

function patternsOf(faces: readonly ProcessFact[]): Pattern[] {
  const patterns = new Map<string, Pattern>();
  for (const face of faces) {
    const key = `${face.pid ?? '-'}\0${face.binary ?? ''}`;
    const known = patterns.get(key);
    if (known === undefined) {
      patterns.set(key, { pid: face.pid, binary: face.binary, faces: [face] });
    } else known.faces.push(face);
  }
  return [...patterns.values()];
}

function joinPatterns(patterns: readonly Pattern[]): Pattern[] {
  const whole = patterns.filter((each) => each.pid !== undefined && each.binary !== undefined);
  const byPid = firstBy(whole, (each) => each.pid);
  const byBinary = firstBy(whole, (each) => each.binary);
  const pidOnly: Pattern[] = [];
  const binaryOnly: Pattern[] = [];
  const bare: ProcessFact[] = [];
  for (const pattern of patterns) {
    const { pid, binary } = pattern;
    if (pid !== undefined && binary !== undefined) continue;
    if (pid !== undefined) addTo(byPid.get(pid), pattern, pidOnly);
    else if (binary !== undefined) addTo(byBinary.get(binary), pattern, binaryOnly);
    else for (const face of pattern.faces) bare.push(face);
  }
  // A pid without a binary and a binary without a pid do not contradict: one process, once.
  const [firstPid, ...otherPids] = pidOnly;
  const [firstBinary, ...otherBinaries] = binaryOnly;
  if (firstPid !== undefined && firstBinary !== undefined) {
    for (const face of firstBinary.faces) firstPid.faces.push(face);
  }
  const halves = firstPid === undefined ? firstBinary : firstPid;
  const variants = [...whole, ...(halves === undefined ? [] : [halves])];
  for (const other of [...otherPids, ...otherBinaries]) variants.push(other);
  if (variants.length === 0) {
    return bare.length === 0 ? [] : [{ pid: undefined, binary: undefined, faces: bare }];
  }
  const ranked = variants
    .map((variant) => ({ variant, best: bestOf(variant.faces) }))
    .sort((a, b) => compareFaces(a.best, b.best))
    .map(({ variant }) => variant);
  for (const face of bare) ranked[0]?.faces.push(face);
  return ranked;
}

function addTo(known: Pattern | undefined, pattern: Pattern, otherwise: Pattern[]): void {
  if (known === undefined) otherwise.push(pattern);
  else for (const face of pattern.faces) known.faces.push(face);
}

function firstBy<Key>(
  patterns: readonly Pattern[],
  keyOf: (pattern: Pattern) => Key | undefined,
): Map<Key, Pattern> {
  const first = new Map<Key, Pattern>();
  for (const pattern of patterns) {
    const key = keyOf(pattern);
    if (key !== undefined && !first.has(key)) first.set(key, pattern);
  }
  return first;
}

function bestOf(faces: readonly ProcessFact[]): ProcessFact | undefined {
  let best: ProcessFact | undefined;
  for (const face of faces) if (compareFaces(face, best) < 0) best = face;
  return best;
}

/** Better evidence first, then earlier start, then the face's own text: a total order. */
function compareFaces(a: ProcessFact | undefined, b: ProcessFact | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (a.rank !== b.rank) return b.rank - a.rank;
  if (a.startTime !== b.startTime) {
    if (a.startTime === undefined) return 1;
    if (b.startTime === undefined) return -1;
    return a.startTime < b.startTime ? -1 : 1;
  }
  return compareText(faceKey(a), faceKey(b));
}

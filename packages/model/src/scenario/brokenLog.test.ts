import { expect, test } from 'vitest';
import { HOSTILE } from './brokenCast.ts';
import { generateBrokenLog } from './brokenLog.ts';
import {
  decodeExecId,
  inner,
  instantOf,
  type Line,
  number,
  processesOf,
  readLines,
  text,
} from './testing/readLines.ts';

const log = generateBrokenLog(9);
const { truth } = log;
const { defects } = truth;
const pieces = cut(log.text);
const events = readLines(pieces.flatMap((piece) => (parses(piece) ? [piece] : [])));
const ownId = (line: Line) => text(inner(line.body, 'process'), 'exec_id');
const processOf = (id: string) =>
  inner(events.find((line) => ownId(line) === id)?.body ?? {}, 'process');
const parentOf = (id: string) => text(processOf(id), 'parent_exec_id');

test('the same seed gives the same file', () => {
  expect(generateBrokenLog(9)).toEqual(log);
  expect(generateBrokenLog(10).text).not.toEqual(log.text);
});

test('the ledger is what a patient reader counts', () => {
  const counted = { in: 0, stored: 0, duplicate: 0, quarantined: 0, skipped: 0, blank: 0 };
  const seen = new Set<string>();
  for (const piece of pieces) {
    counted.in += 1;
    if (piece.trim() === '') counted.blank += 1;
    else if (seen.has(piece)) counted.duplicate += 1;
    else if (parses(piece)) counted.stored += 1;
    else if (piece.startsWith('{')) counted.quarantined += 1;
    else counted.skipped += 1;
    seen.add(piece);
  }
  expect(counted).toEqual(truth.ledger);
  const { in: all, stored, duplicate, quarantined, skipped, blank } = truth.ledger;
  expect(stored + duplicate + quarantined + skipped + blank).toBe(all);
  expect([duplicate, quarantined, skipped, blank]).toEqual([4, 3, 4, 3]);
});

test('has CRLF, a byte order mark, an indented value and a cut end', () => {
  expect(log.text.startsWith('\ufeff#')).toBe(true);
  expect(log.text.split('\r\n').length - 1).toBe(4);
  expect(log.text).toContain('\n{\n  "process_exec"');
  expect(log.text.endsWith('\n')).toBe(false);
  expect(parses(pieces.at(-1) ?? '')).toBe(false);
});

test('two records say what another says, in other bytes', () => {
  const statements = new Map<string, number>();
  for (const line of new Set(events.map((event) => `${event.kind} ${ownId(event)} ${event.time}`)))
    statements.set(line, 0);
  const distinct = new Set(pieces.filter(parses));
  const repeated = readLines(distinct).filter((line) => {
    const key = `${line.kind} ${ownId(line)} ${line.time}`;
    const before = statements.get(key) ?? 0;
    statements.set(key, before + 1);
    return before > 0;
  });
  expect(repeated.length).toBe(truth.sameAs);
});

test('the missing parent is named by one child and described nowhere', () => {
  const { child, parent, pid } = defects.missingParent;
  expect(parentOf(child)).toBe(parent);
  expect(decodeExecId(parent).pid).toBe(pid);
  const described = events.flatMap(processesOf).map((process) => text(process, 'exec_id'));
  expect(described).not.toContain(parent);
});

test('a child is told of before its parent', () => {
  const place = (id: string) => events.findIndex((line) => ownId(line) === id);
  const { child, parent } = defects.childBeforeParent;
  expect(parentOf(child)).toBe(parent);
  expect(place(child)).toBeLessThan(place(parent));
});

test('an argument holds an unbalanced brace and later events are whole', () => {
  expect(text(processOf(defects.braceInArguments), 'arguments')).toContain('{{{');
});

test('one process is known from its exit alone', () => {
  const kinds = events
    .filter((line) => ownId(line) === defects.exitWithoutExec)
    .map((line) => line.kind);
  expect(kinds).toEqual(['process_exit']);
});

test('processes are their own parent, or each other’s', () => {
  expect(parentOf(defects.selfParent)).toBe(defects.selfParent);
  expect(parentOf(defects.kernelSelfParent)).toBe(defects.kernelSelfParent);
  expect(decodeExecId(defects.kernelSelfParent)).toEqual({ node: truth.node, ktime: 1n, pid: 0 });
  const [a = '', b = '', c = ''] = defects.cycle;
  expect([parentOf(a), parentOf(b), parentOf(c)]).toEqual([b, c, a]);
});

test('a parent starts later, sits on another node, or is inside while its child is not', () => {
  const { child, parent } = defects.parentStartsLater;
  expect(parentOf(child)).toBe(parent);
  const startOf = (id: string) => instantOf(text(processOf(id), 'start_time'));
  expect(startOf(child) < startOf(parent)).toBe(true);
  expect(decodeExecId(parentOf(defects.parentOnOtherNode)).node).not.toBe(truth.node);
  expect(processOf(defects.hostChildOfContainer)).not.toHaveProperty('pod');
  expect(parentOf(defects.hostChildOfContainer)).toBe(truth.mainExecId);
});

test('one PID serves two processes', () => {
  const [first, second] = defects.pidReuse;
  expect(first).not.toBe(second);
  expect(number(processOf(first), 'pid')).toBe(number(processOf(second), 'pid'));
});

test('one process has a clock of its own', () => {
  const bootOf = (id: string) =>
    instantOf(text(processOf(id), 'start_time')) - decodeExecId(id).ktime;
  const skew = bootOf(defects.clockSkew.execId) - bootOf(truth.mainExecId);
  expect(Number(skew) / 1e6).toBe(defects.clockSkew.skewMs);
});

test('an agent’s restart lists old processes under new ids, at most 10 ms away', () => {
  for (const { live, procFs } of truth.reobserved) {
    expect(live).not.toBe(procFs);
    expect(number(processOf(live), 'pid')).toBe(number(processOf(procFs), 'pid'));
    const apart = decodeExecId(live).ktime - decodeExecId(procFs).ktime;
    expect(apart >= 0n && apart < 10_000_000n).toBe(true);
    expect(decodeExecId(procFs).ktime % 10_000_000n).toBe(0n);
  }
});

test('one exec_id lives in two boots', () => {
  const starts = new Set(
    events
      .filter((line) => line.kind === 'process_exec' && ownId(line) === truth.twoBoots)
      .map((line) => text(inner(line.body, 'process'), 'start_time')),
  );
  expect(starts.size).toBe(2);
});

test('one exec_id is claimed by two binaries, one process gets its pod later', () => {
  const binaries = events
    .filter((line) => ownId(line) === defects.contradictingIdentity)
    .map((line) => text(inner(line.body, 'process'), 'binary'));
  expect(binaries).toEqual(['/bin/original', '/bin/impostor']);
  const withPod = events
    .filter((line) => ownId(line) === defects.podAbsentAtFirst)
    .map((line) => 'pod' in inner(line.body, 'process'));
  expect(withPod).toEqual([false, true]);
});

test('the agent tells of its own gaps, and of kinds and processes nobody knows', () => {
  const kinds = events.map((line) => line.kind);
  expect(kinds.filter((kind) => kind === 'process_throttle').length).toBe(3);
  expect(kinds).toContain('rate_limit_info');
  const unknown = events.find((line) => line.kind === truth.unknownKind.kind);
  expect(ownId(unknown ?? { kind: '', time: '', node: '', body: {} })).toBe(
    truth.unknownKind.execId,
  );
  const nobody = events.filter((line) => 'process' in line.body && ownId(line) === '');
  expect(nobody.length).toBe(truth.unattributed);
});

test('hostile text stands in arguments and labels as it was meant', () => {
  expect(defects.hostile.map((id) => text(processOf(id), 'arguments'))).toEqual(
    Object.values(HOSTILE),
  );
  const labels = inner(processOf(truth.mainExecId), 'pod', 'pod_labels');
  expect(Object.values(labels)).toContain(HOSTILE.markup);
  expect(Object.keys(labels)).toContain('__proto__');
});

/** The pieces of the file: a line each, but for the one indented value; line numbers and marks taken off. */
function cut(file: string): string[] {
  const found: string[] = [];
  let open: string[] = [];
  for (const raw of file.replace('\ufeff', '').split('\n')) {
    const line = raw.replace(/\r$/, '').replace(/^\d+: /, '');
    if (open.length > 0 || line === '{') open.push(line);
    else found.push(line);
    if (open.length > 0 && line === '}') {
      found.push(open.join('\n'));
      open = [];
    }
  }
  return found;
}

function parses(piece: string): boolean {
  try {
    JSON.parse(piece);
    return true;
  } catch {
    return false;
  }
}

import { expect, test } from 'vitest';
import { generateBulk } from './bulk.ts';
import {
  decodeExecId,
  findDangling,
  inner,
  instantOf,
  number,
  readLines,
  text,
} from './testing/readLines.ts';

const lines = [...generateBulk({ seed: 11, events: 40_000 })];
const events = readLines(lines);
const ofKind = (kind: string) => events.filter((line) => line.kind === kind);
const ownId = (line: (typeof events)[number]) => text(inner(line.body, 'process'), 'exec_id');

test('gives exactly the lines asked for, the same ones for the same seed', () => {
  expect(lines.length).toBe(40_000);
  expect([...generateBulk({ seed: 11, events: 40_000 })]).toEqual(lines);
  expect([...generateBulk({ seed: 12, events: 100 })]).not.toEqual(lines.slice(0, 100));
});

test('a longer log begins with the shorter one', () => {
  expect([...generateBulk({ seed: 11, events: 1_000 })]).toEqual(lines.slice(0, 1_000));
});

test('small requests hold too', () => {
  for (const few of [0, 1, 2, 9, 10, 11]) {
    expect([...generateBulk({ seed: 1, events: few, nodes: 2, pods: 3 })].length).toBe(few);
  }
});

test('keeps the mix of kinds, 3 to 4 events per process and about 2 KB per line', () => {
  const share = (...kinds: string[]) =>
    events.filter((line) => kinds.includes(line.kind)).length / events.length;
  expect(Math.abs(share('process_exec') - 0.29)).toBeLessThan(0.03);
  expect(Math.abs(share('process_exit') - 0.25)).toBeLessThan(0.03);
  expect(Math.abs(share('process_connect', 'process_accept', 'process_close') - 0.16)).toBeLessThan(
    0.015,
  );
  expect(Math.abs(share('process_sock_stats') - 0.14)).toBeLessThan(0.03);
  expect(Math.abs(share('process_dns') - 0.09)).toBeLessThan(0.03);
  expect(Math.abs(share('process_kprobe') - 0.07)).toBeLessThan(0.03);
  const processes = new Set(events.map(ownId)).size;
  expect(events.length / processes).toBeGreaterThan(3);
  expect(events.length / processes).toBeLessThan(4);
  const mean = lines.reduce((sum, line) => sum + line.length, 0) / lines.length;
  expect(mean).toBeGreaterThan(1_800);
  expect(mean).toBeLessThan(2_300);
});

test('spreads 300 pods over 8 nodes', () => {
  const pods = new Set(
    events.map((line) => text(inner(line.body, 'process', 'pod'), 'name')).filter(Boolean),
  );
  expect(pods.size).toBe(300);
  expect(new Set(events.map((line) => line.node)).size).toBe(8);
});

test('every parent is described, before its child starts and in the same pod', () => {
  expect(findDangling(events)).toEqual(new Set());
  const strangers = ofKind('process_exec').filter((line) => {
    const process = inner(line.body, 'process');
    const parent = inner(line.body, 'parent');
    const podOf = (of: typeof process) => text(inner(of, 'pod'), 'name');
    const entering = !('pod' in parent);
    const early =
      'exec_id' in parent &&
      instantOf(text(process, 'start_time')) < instantOf(text(parent, 'start_time'));
    return early || (!entering && podOf(process) !== podOf(parent));
  });
  expect(strangers).toEqual([]);
});

test('times never go back and one node counts nanoseconds past 2^53', () => {
  const times = events.map((line) => instantOf(line.time));
  expect(times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0n))).toBe(true);
  const ktimes = events.map((line) => decodeExecId(ownId(line)).ktime);
  expect(ktimes.some((ktime) => ktime > BigInt(Number.MAX_SAFE_INTEGER))).toBe(true);
});

test('every accept has a connect with the same four ends', () => {
  const tuple = (body: (typeof events)[number]['body']) =>
    JSON.stringify([
      text(body, 'source_ip'),
      number(body, 'source_port'),
      text(body, 'destination_ip'),
      number(body, 'destination_port'),
    ]);
  const connects = new Set(ofKind('process_connect').map((line) => tuple(line.body)));
  const accepts = ofKind('process_accept');
  expect(accepts.length).toBeGreaterThan(1_000);
  expect(accepts.filter((line) => !connects.has(tuple(line.body)))).toEqual([]);
});

test('nothing happens to a process after its exit', () => {
  const gone = new Set<string>();
  const after: string[] = [];
  for (const line of events) {
    if (gone.has(ownId(line))) after.push(line.kind);
    if (line.kind === 'process_exit') gone.add(ownId(line));
  }
  expect(after).toEqual([]);
});

test('some processes are late, and a few of them are odd', () => {
  const odd = ['/bin/bash', '/usr/bin/nmap', '/tmp/.x'];
  const long = generateBulk({ seed: 11, events: 20_000, eventsPerSecond: 20 });
  const binaries = readLines(long)
    .filter((line) => line.kind === 'process_exec')
    .map((line) => text(inner(line.body, 'process'), 'binary'));
  expect(binaries.some((binary) => odd.includes(binary))).toBe(true);
});

import { expect, test } from 'vitest';
import { generateTenThousandLoop } from './tenThousandLoop.ts';
import { findDangling, inner, number, readLines, text } from './testing/readLines.ts';

const { lines, truth } = generateTenThousandLoop({ seed: 3 });
const events = readLines(lines);
const execs = events.filter(
  (line) =>
    line.kind === 'process_exec' &&
    text(inner(line.body, 'process'), 'parent_exec_id') === truth.mainExecId,
);
const binaryOf = (line: (typeof execs)[number]): string =>
  text(inner(line.body, 'process'), 'binary');

test('the same seed gives the same log', () => {
  const small = { seed: 3, children: 50 };
  expect(generateTenThousandLoop(small)).toEqual(generateTenThousandLoop(small));
});

test('one shell has ten thousand children and one more', () => {
  expect(execs.length).toBe(10_001);
  expect(truth.totalChildren).toBe(10_001);
  expect(execs.filter((line) => binaryOf(line) === '/usr/bin/curl').length).toBe(truth.curls);
  expect(execs.filter((line) => binaryOf(line) === '/bin/sleep').length).toBe(truth.sleeps);
  expect(findDangling(events)).toEqual(new Set());
});

test('any number of children can be asked for', () => {
  const few = generateTenThousandLoop({ seed: 1, children: 7 });
  const children = readLines(few.lines).filter(
    (line) =>
      line.kind === 'process_exec' &&
      text(inner(line.body, 'process'), 'parent_exec_id') === few.truth.mainExecId,
  );
  expect(children.length).toBe(8);
});

test('the odd child sits in the middle and alone calls outside', () => {
  const index = execs.findIndex((line) => binaryOf(line) === '/usr/bin/wget');
  expect(index).toBe(truth.oddIndex);
  expect(text(inner(execs[index]?.body ?? {}, 'process'), 'exec_id')).toBe(truth.oddExecId);
  const outside = events.filter(
    (line) =>
      line.kind === 'process_connect' && text(line.body, 'destination_ip') === truth.domainIp,
  );
  expect(outside.map((line) => text(inner(line.body, 'process'), 'exec_id'))).toEqual([
    truth.oddExecId,
  ]);
});

test('exactly one child fails', () => {
  const failed = events.filter((line) => line.kind === 'process_exit' && 'status' in line.body);
  expect(failed.map((line) => text(inner(line.body, 'process'), 'exec_id'))).toEqual([
    truth.failedExecId,
  ]);
  expect(number(failed[0]?.body ?? {}, 'status')).toBe(truth.failedStatus);
});

test('every child ends', () => {
  const exits = events.filter(
    (line) =>
      line.kind === 'process_exit' &&
      text(inner(line.body, 'process'), 'parent_exec_id') === truth.mainExecId,
  );
  expect(exits.length).toBe(truth.totalChildren);
});

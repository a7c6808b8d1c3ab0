import { expect, test } from 'vitest';
import { findDangling, inner, readLines, text } from './testing/readLines.ts';
import { generateTree, type TreeSpec } from './wideTree.ts';

const shapes = ['mixed', 'chain', 'star'] as const satisfies readonly TreeSpec['shape'][];

test.each(shapes)('a %s tree has the processes asked for, each with a parent', (shape) => {
  const tree = generateTree({ seed: 5, processes: 3000, shape });
  const events = readLines(tree.lines);
  const execs = events.filter((line) => line.kind === 'process_exec');
  expect(execs.length).toBe(3000);
  expect(findDangling(events)).toEqual(new Set());
  const ids = execs.map((line) => text(inner(line.body, 'process'), 'exec_id'));
  const linked = execs.map((line) =>
    ids.indexOf(text(inner(line.body, 'process'), 'parent_exec_id')),
  );
  expect(linked).toEqual([...tree.truth.parents]);
  expect(ids[0]).toBe(tree.truth.mainExecId);
});

test('the lines can be read twice and depend on the seed alone', () => {
  const tree = generateTree({ seed: 5, processes: 500, shape: 'mixed' });
  const first = [...tree.lines];
  expect([...tree.lines]).toEqual(first);
  expect([...generateTree({ seed: 5, processes: 500, shape: 'mixed' }).lines]).toEqual(first);
  expect([...generateTree({ seed: 6, processes: 500, shape: 'mixed' }).lines]).not.toEqual(first);
});

test('a chain is as deep as it is long, a star is one level, a mixed tree is between', () => {
  const depthOf = (shape: TreeSpec['shape']) =>
    generateTree({ seed: 5, processes: 100_000, shape }).truth.depth;
  expect(depthOf('chain')).toBe(99_999);
  expect(depthOf('star')).toBe(1);
  expect(depthOf('mixed')).toBeGreaterThan(20);
  expect(depthOf('mixed')).toBeLessThanOrEqual(60);
});

test('the pod carries the name asked for', () => {
  const tree = generateTree({ seed: 5, processes: 2, shape: 'star', pod: 'big' });
  const pods = readLines(tree.lines).map((line) =>
    text(inner(line.body, 'process', 'pod'), 'name'),
  );
  expect(new Set(pods)).toEqual(new Set(['big']));
});

import { treeColumns } from '@forebear/model/wire/tree';
import { describe, expect, it } from 'vitest';
import { crawlerConnections, crawlerProcesses } from '../testing/fakeCrawler.ts';
import { crawler } from '../testing/fakeData.ts';
import { fakeTree } from '../testing/fakeTree.ts';
import { isTreeColumns } from './treeShape.ts';

/** Every column of the contract, groups inside groups too: `nodes.events.exec`. */
const columnPaths = Object.entries(treeColumns.shape)
  .filter(([group]) => ['nodes', 'connections', 'images'].includes(group))
  .flatMap(([group, schema]) => pathsBelow([group], schema))
  .filter((path) => path.at(-1) !== 'count')
  .map((path) => path.join('.'));

function pathsBelow(path: readonly string[], schema: object): string[][] {
  const shape = 'shape' in schema ? schema.shape : undefined;
  if (typeof shape !== 'object' || shape === null) return [[...path]];
  return Object.entries<object>({ ...shape }).flatMap(([name, inner]) =>
    pathsBelow([...path, name], inner),
  );
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
    value,
  );
}

/** A copy with another value at the path. */
function withValue(value: unknown, path: readonly string[], other: unknown): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return other;
  return { ...Object(value), [name]: withValue(valueAt(value, [name]), rest, other) };
}

describe('the check of a columnar tree', () => {
  const tree = fakeTree(crawler, crawlerProcesses, crawlerConnections);

  it('takes a tree of the contract', () => {
    expect(isTreeColumns(tree)).toBe(true);
  });

  it.each(columnPaths)('refuses a tree whose %s is too short, too long or missing', (name) => {
    const path = name.split('.');
    const column = valueAt(tree, path);
    const list: readonly unknown[] = Array.isArray(column) ? column : [];
    for (const other of [list.slice(1), [...list, 0], undefined, 'text', { length: list.length }]) {
      expect(isTreeColumns(withValue(tree, path, other))).toBe(false);
    }
    expect(isTreeColumns(withValue(tree, path, list))).toBe(true);
  });

  it.each(['nodes', 'connections', 'images'])(
    'refuses %s that are not as many as they say',
    (group) => {
      for (const count of [-1, 1e6, 0.5, '3', undefined]) {
        expect(isTreeColumns(withValue(tree, [group, 'count'], count))).toBe(false);
      }
      expect(isTreeColumns(withValue(tree, [group], undefined))).toBe(false);
    },
  );

  it('refuses a child before its parent, and a process that is its own parent', () => {
    const swapped = {
      ...tree.nodes,
      parent: tree.nodes.parent.map((parent, row) => (row === 2 ? 3 : parent)),
    };
    const self = {
      ...tree.nodes,
      parent: tree.nodes.parent.map((parent, row) => (row === 2 ? 2 : parent)),
    };
    expect(isTreeColumns({ ...tree, nodes: swapped })).toBe(false);
    expect(isTreeColumns({ ...tree, nodes: self })).toBe(false);
  });

  it('refuses what is no tree at all', () => {
    for (const answer of [null, [], 'tree', {}, { nodes: {} }])
      expect(isTreeColumns(answer)).toBe(false);
  });
});

import type { TreeColumns } from '@forebear/model/wire/tree';

/**
 * A cheap look at a columnar tree: a schema would walk every element of a hundred thousand rows. Checked are the
 * groups, that every column is an array of its group's `count`, and that parents come before children; what is
 * inside the columns is the server's own ready JSON.
 */
export function isTreeColumns(answer: unknown): answer is TreeColumns {
  if (!isRecord(answer)) return false;
  const { pod, strings, containers, totals, completeness, nodes, connections, images } = answer;
  if (!isRecord(pod) || !isRecord(totals) || !isRecord(completeness)) return false;
  if (!Array.isArray(strings) || !Array.isArray(containers)) return false;
  return (
    isGroup(nodes, [
      'ref',
      'parent',
      'kind',
      'binary',
      'arguments',
      'startTimeUs',
      'lateByMs',
      'loud',
    ]) &&
    isGroup(connections, ['process', 'direction', 'name', 'ip', 'port', 'scope', 'peer']) &&
    isGroup(images, ['execId', 'binary', 'arguments']) &&
    isTopological(nodes['parent'])
  );
}

function isGroup(group: unknown, columns: readonly string[]): group is Record<string, unknown> {
  if (!isRecord(group)) return false;
  const { count } = group;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) return false;
  return columns.every((name) => isColumn(group[name], count));
}

function isColumn(column: unknown, count: number): boolean {
  return Array.isArray(column) && column.length === count;
}

function isTopological(parents: unknown): boolean {
  if (!Array.isArray(parents)) return false;
  return parents.every(
    (parent: unknown, row) => typeof parent === 'number' && parent >= -1 && parent < row,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

import { type TreeColumns, treeColumns } from '@forebear/model/wire/tree';

/** The columns of a group, by the contract itself; a group inside a group has columns of the same length. */
interface Columns {
  readonly names: readonly string[];
  readonly groups: ReadonlyMap<string, Columns>;
}

const { nodes: nodeGroup, connections: connectionGroup, images: imageGroup } = treeColumns.shape;
const nodeColumns = columnsOf(nodeGroup.shape);
const connectionColumns = columnsOf(connectionGroup.shape);
const imageColumns = columnsOf(imageGroup.shape);

/**
 * A cheap look at a columnar tree: a schema would walk every element of a hundred thousand rows. Checked are the
 * groups, that every column of the contract is an array of its group's `count`, and that parents come before children;
 * what is inside the columns is the server's own ready JSON.
 */
export function isTreeColumns(answer: unknown): answer is TreeColumns {
  if (!isRecord(answer)) return false;
  const { pod, strings, containers, totals, completeness, nodes, connections, images } = answer;
  if (!isRecord(pod) || !isRecord(totals) || !isRecord(completeness)) return false;
  if (!Array.isArray(strings) || !Array.isArray(containers)) return false;
  return (
    isGroup(nodes, nodeColumns) &&
    isGroup(connections, connectionColumns) &&
    isGroup(images, imageColumns) &&
    isTopological(nodes['parent'])
  );
}

function columnsOf(shape: Readonly<Record<string, object>>): Columns {
  const names: string[] = [];
  const groups = new Map<string, Columns>();
  for (const [name, field] of Object.entries(shape)) {
    if (name === 'count') continue;
    if ('shape' in field && isShape(field.shape)) groups.set(name, columnsOf(field.shape));
    else names.push(name);
  }
  return { names, groups };
}

function isShape(shape: unknown): shape is Record<string, object> {
  return isRecord(shape) && Object.values(shape).every((field) => typeof field === 'object');
}

function isGroup(group: unknown, columns: Columns): group is Record<string, unknown> {
  if (!isRecord(group)) return false;
  const { count } = group;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0) return false;
  return holdsColumns(group, columns, count);
}

/** The groups inside are no deeper than the contract is written. */
function holdsColumns(group: Record<string, unknown>, columns: Columns, count: number): boolean {
  for (const [name, inner] of columns.groups) {
    const found = group[name];
    if (!isRecord(found) || !holdsColumns(found, inner, count)) return false;
  }
  return columns.names.every((name) => isColumn(group[name], count));
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

/**
 * Finds pairs of groups under one parent whose members take turns: at least 8 of 10 steps go from one group to the other.
 * Only parents with exactly two groups are looked at: a loop of two programs, the common case. By group; -1: none.
 */
export function alternations(
  groups: readonly (readonly number[])[],
  parent: ArrayLike<number>,
  order: ArrayLike<number>,
): Int32Array {
  const partner = new Int32Array(groups.length).fill(-1);
  const byParent = new Map<number, number[]>();
  for (const [group, members] of groups.entries()) {
    const up = parent[members[0] ?? -1] ?? -1;
    const known = byParent.get(up);
    if (known === undefined) byParent.set(up, [group]);
    else known.push(group);
  }
  for (const [a, b, third] of byParent.values()) {
    if (a === undefined || b === undefined || third !== undefined) continue;
    if (!takeTurns(groups[a] ?? [], groups[b] ?? [], order)) continue;
    partner[a] = b;
    partner[b] = a;
  }
  return partner;
}

function takeTurns(a: readonly number[], b: readonly number[], order: ArrayLike<number>): boolean {
  const steps = a.length + b.length - 1;
  let turns = 0;
  let i = 0;
  let j = 0;
  let previous: 'a' | 'b' | undefined;
  while (i < a.length || j < b.length) {
    const next = j >= b.length || (i < a.length && isBefore(a[i], b[j], order)) ? 'a' : 'b';
    if (previous !== undefined && next !== previous) turns += 1;
    previous = next;
    if (next === 'a') i += 1;
    else j += 1;
  }
  return turns * 10 >= steps * 8;
}

function isBefore(a = -1, b = -1, order: ArrayLike<number>): boolean {
  const x = order[a] ?? 0;
  const y = order[b] ?? 0;
  return x === y ? a < b : x < y;
}

/**
 * Finds the knots of a graph: each answer is a set of nodes that all reach each other, written as
 * one closed walk `[a, b, a]` inside it. Nodes and walks come in the order of the map. Iterative
 * (Tarjan), so that a long chain of files costs no call stack.
 */
export function findCycles(edges: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const onStack = new Set<string>();
  const cycles: string[][] = [];

  const enter = (node: string) => {
    order.set(node, order.size);
    low.set(node, order.size - 1);
    open.push(node);
    onStack.add(node);
    return { node, next: (edges.get(node) ?? [])[Symbol.iterator]() };
  };
  const lower = (node: string, value: number) =>
    low.set(node, Math.min(low.get(node) ?? value, value));

  for (const start of edges.keys()) {
    if (order.has(start)) continue;
    const walk = [enter(start)];
    for (let top = walk.at(-1); top !== undefined; top = walk.at(-1)) {
      const step = top.next.next();
      if (step.done !== true) {
        if (!order.has(step.value)) walk.push(enter(step.value));
        else if (onStack.has(step.value)) lower(top.node, order.get(step.value) ?? 0);
        continue;
      }
      walk.pop();
      const above = walk.at(-1);
      if (above !== undefined) lower(above.node, low.get(top.node) ?? 0);
      if (low.get(top.node) !== order.get(top.node)) continue;
      const knot = new Set(open.splice(open.indexOf(top.node)));
      for (const node of knot) onStack.delete(node);
      const cycle = closedWalk(top.node, knot, edges);
      if (cycle !== undefined) cycles.push(cycle);
    }
  }
  return cycles;
}

/** The shortest way from `start` back to itself inside the knot; undefined when there is none. */
function closedWalk(
  start: string,
  knot: ReadonlySet<string>,
  edges: ReadonlyMap<string, readonly string[]>,
): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const node of queue) {
    for (const next of edges.get(node) ?? []) {
      if (next === start) return [...pathTo(node, start, cameFrom), start];
      if (!knot.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, node);
      queue.push(next);
    }
  }
  return undefined;
}

function pathTo(node: string, start: string, cameFrom: ReadonlyMap<string, string>): string[] {
  const path = [node];
  for (let at = node; at !== start; ) {
    at = cameFrom.get(at) ?? start;
    path.unshift(at);
  }
  return path;
}

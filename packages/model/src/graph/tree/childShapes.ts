/** What a shape is made of; columns of one length, as in `FoldView`. */
export interface ShapeView {
  readonly parent: ArrayLike<number>;
  readonly binary: ArrayLike<number>;
  /** Equal numbers for the same set of connections; absent: connections make no difference. */
  readonly connections?: ArrayLike<number>;
}

/**
 * Numbers nodes by the shape of what hangs on them: the distinct binaries of the children and the connections. How many
 * children of a binary there are makes no difference: a probe that forks twice is still that probe.
 */
export function childShapes({ parent, binary, connections }: ShapeView): Int32Array {
  const count = parent.length;
  const below = new Map<number, Set<number>>();
  for (let node = 0; node < count; node += 1) {
    const up = parent[node] ?? -1;
    if (up < 0) continue;
    const known = below.get(up);
    if (known === undefined) below.set(up, new Set([binary[node] ?? 0]));
    else known.add(binary[node] ?? 0);
  }
  const shapes = new Map<string, number>();
  return Int32Array.from({ length: count }, (_, node) => {
    const children = below.get(node);
    const kinds = children === undefined ? '' : [...children].sort((a, b) => a - b).join();
    const key = `${kinds}/${connections?.[node] ?? 0}`;
    let shape = shapes.get(key);
    if (shape === undefined) {
      shape = shapes.size;
      shapes.set(key, shape);
    }
    return shape;
  });
}

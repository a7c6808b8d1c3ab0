import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { childShapes } from './childShapes.ts';
import { type Fold, type FoldView, foldSiblings } from './fold.ts';

interface Node {
  readonly parent?: number;
  readonly order?: number;
  readonly binary?: number;
  readonly template?: number;
  readonly uid?: number;
  readonly exit?: number;
  readonly policies?: number;
  readonly keepOut?: number;
}

/** A root and its children, 10 apart, all alike but for what is said. */
function viewOf(children: readonly Node[]): FoldView {
  const nodes: Node[] = [{ parent: -1, binary: 99 }, ...children];
  const parent = nodes.map((node) => node.parent ?? 0);
  const binary = nodes.map((node) => node.binary ?? 1);
  return {
    parent,
    order: nodes.map((node, index) => node.order ?? index * 10),
    binary,
    template: nodes.map((node) => node.template ?? 1),
    uid: nodes.map((node) => node.uid ?? 1000),
    exitClass: nodes.map((node) => node.exit ?? 0),
    policies: nodes.map((node) => node.policies ?? 0),
    shape: childShapes({ parent, binary }),
    keepOut: nodes.map((node) => node.keepOut ?? 0),
  };
}

const alike = (count: number): Node[] => Array.from({ length: count }, () => ({}));
const members = (fold: Fold): (readonly number[])[] => fold.groups.map((group) => group.members);

describe('folding siblings', () => {
  it('leaves out what a policy reported that did not report the others, and folds what one reported alike', () => {
    const reported = alike(6).map((node, at) => (at === 3 ? { ...node, policies: 1 } : node));
    expect(members(foldSiblings(viewOf(reported)))).toEqual([[2, 3, 5, 6]]);
    const all = alike(6).map((node) => ({ ...node, policies: 1 }));
    expect(members(foldSiblings(viewOf(all)))).toEqual([[2, 3, 4, 5, 6]]);
  });

  it('takes 5 or more that are alike; the first of the template stays a card', () => {
    expect(members(foldSiblings(viewOf(alike(5))))).toEqual([[2, 3, 4, 5]]);
    expect(members(foldSiblings(viewOf(alike(4))))).toEqual([]);
  });

  it('tells how often, since when, until when', () => {
    const [group] = foldSiblings(viewOf(alike(8))).groups;
    expect(group).toMatchObject({ parent: 0, period: 10, first: 20, last: 80, keptOut: [1] });
    expect(group?.exits).toEqual([{ exitClass: 0, count: 8 }]);
  });

  it('keeps out what differs in uid, exit or children, and what is marked', () => {
    const children = alike(20);
    children[5] = { uid: 0 };
    children[8] = { exit: 137 };
    children[11] = { keepOut: 1 };
    const view = viewOf([...children, { parent: 14, binary: 7 }]);
    const fold = foldSiblings(view);
    expect(fold.groups).toHaveLength(1);
    expect(fold.groups[0]?.keptOut).toEqual([1, 6, 9, 12, 14]);
    expect(fold.groups[0]?.exits).toEqual([
      { exitClass: 0, count: 19 },
      { exitClass: 137, count: 1 },
    ]);
  });

  it('keeps out every ancestor of what is kept out: a fold hides nothing that must be seen', () => {
    const children: Node[] = [];
    for (let i = 0; i < 10; i += 1) children.push({ parent: 0 });
    for (let i = 0; i < 10; i += 1)
      children.push({ parent: i + 1, binary: 5, ...(i === 6 ? { keepOut: 1 } : {}) });
    const fold = foldSiblings(viewOf(children));
    expect(fold.groupOf[7]).toBe(-1);
    expect(fold.groups[0]?.members).toHaveLength(8);
  });

  it('folds five of another exit apart from the rest', () => {
    const fold = foldSiblings(
      viewOf([...alike(10), ...Array.from({ length: 5 }, () => ({ exit: 1 }))]),
    );
    expect(members(fold)).toEqual([
      [2, 3, 4, 5, 6, 7, 8, 9, 10],
      [11, 12, 13, 14, 15],
    ]);
  });

  it('folds other templates, images and parents apart', () => {
    const two = Array.from({ length: 12 }, (_, i): Node => ({ template: i % 2 }));
    expect(members(foldSiblings(viewOf(two))).map((each) => each.length)).toEqual([5, 5]);
  });

  it('orders members by time, then by index; an unknown time comes last and gives no gap', () => {
    const orders = [50, 40, Number.NaN, 30, 20, 10];
    const fold = foldSiblings(viewOf(orders.map((order) => ({ order }))));
    expect(members(fold)).toEqual([[5, 4, 2, 1, 3]]);
    expect(fold.groups[0]?.period).toBe(10);
  });

  it('pairs the groups of a loop of two programs that take turns', () => {
    const loop = Array.from({ length: 40 }, (_, i): Node => ({ binary: i % 2 }));
    const { groups } = foldSiblings(viewOf(loop));
    expect(groups.map(({ alternatesWith }) => alternatesWith)).toEqual([1, 0]);
    const blocks = Array.from({ length: 40 }, (_, i): Node => ({ binary: i < 20 ? 0 : 1 }));
    expect(foldSiblings(viewOf(blocks)).groups.map(({ alternatesWith }) => alternatesWith)).toEqual(
      [-1, -1],
    );
  });

  it('drops nothing: members and cards of their own are all nodes, each once', () => {
    const node = fc.record({
      parent: fc.nat({ max: 30 }),
      binary: fc.nat({ max: 1 }),
      template: fc.nat({ max: 1 }),
      uid: fc.nat({ max: 1 }),
      exit: fc.nat({ max: 1 }),
      order: fc.oneof(fc.nat({ max: 50 }), fc.constant(Number.NaN)),
      keepOut: fc.constantFrom(0, 0, 0, 0, 1),
    });
    fc.assert(
      fc.property(fc.array(node, { maxLength: 60 }), (nodes) => {
        const view = viewOf(
          nodes.map((each, index) => ({ ...each, parent: Math.min(each.parent % 3, index) })),
        );
        const { groups, groupOf } = foldSiblings(view);
        const seen = new Uint8Array(view.parent.length);
        for (const [index, group] of groups.entries()) {
          expect(group.members.length).toBeGreaterThanOrEqual(2);
          for (const member of group.members) {
            expect(groupOf[member]).toBe(index);
            expect(view.keepOut[member]).toBe(0);
            expect(view.parent[member]).toBe(group.parent);
            seen[member] = (seen[member] ?? 0) + 1;
          }
        }
        for (const [member, group] of groupOf.entries())
          expect(seen[member]).toBe(group === -1 ? 0 : 1);
      }),
      { numRuns: 1000 },
    );
  });

  it('folds 100,000 siblings', () => {
    const view = viewOf(
      Array.from(
        { length: 100_000 },
        (_, i): Node => ({ binary: i % 2, exit: i % 1000 === 0 ? 1 : 0 }),
      ),
    );
    const begun = performance.now();
    const { groups } = foldSiblings(view);
    process.stdout.write(`fold: 100,000 siblings: ${Math.round(performance.now() - begun)} ms\n`);
    expect(groups.reduce((sum, group) => sum + group.members.length, 0)).toBeGreaterThan(99_000);
  });

  it('folds 100,000 siblings that have nothing in common into nothing', () => {
    const view = viewOf(Array.from({ length: 100_000 }, (_, i): Node => ({ template: i })));
    expect(foldSiblings(view).groups).toEqual([]);
  });
});

describe('the shape of a process', () => {
  it('is which programs it started, not how often, and what it connected to', () => {
    const shapes = childShapes({
      parent: [-1, 0, 0, 0, 1, 2, 2, 3],
      binary: [0, 1, 1, 1, 5, 5, 5, 6],
    });
    expect(shapes[1]).toBe(shapes[2]);
    expect(shapes[1]).not.toBe(shapes[3]);
    const connected = childShapes({ parent: [-1, -1], binary: [1, 1], connections: [1, 2] });
    expect(connected[0]).not.toBe(connected[1]);
  });
});

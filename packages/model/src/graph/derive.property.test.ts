import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactBatch } from '../event/factBatch.ts';
import type { Facts } from '../event/facts.ts';
import { canonicalText } from './canonicalText.ts';
import { derive } from './derive.ts';
import type { Derived } from './derived.ts';
import { FactSet } from './facts/factSet.ts';
import { sha256 } from './testing/told.ts';
import { anyRetelling, anyWorld, batchesOf, batchOf, runs } from './testing/worlds.ts';
import { nodeTree } from './tree/nodeTree.ts';
import { podTree } from './tree/podTree.ts';

function factsOf(batches: readonly FactBatch[]): Facts {
  const set = new FactSet();
  for (const batch of batches) set.add(batch);
  return set.facts();
}

function derived(facts: Facts): Derived {
  return derive(facts, { lateLimitMs: 60_000, sha256, conversations: true });
}

/** A busy machine may take minutes; the number of runs is the promise, not the time. */
const PATIENCE = 600_000;

describe('any world', { timeout: PATIENCE }, () => {
  it('gives the same forest for every order, repetition and batching of its events', () => {
    fc.assert(
      fc.property(anyWorld, anyRetelling, (world, retelling) => {
        const once = canonicalText(derived(factsOf([batchOf(world)])));
        const again = canonicalText(derived(factsOf(batchesOf(world, retelling))));
        expect(again).toBe(once);
      }),
      { numRuns: runs },
    );
  });

  it('gives the same forest for every order and repetition of its facts', () => {
    fc.assert(
      fc.property(anyWorld, fc.nat(), (world, seed) => {
        const facts = factsOf([batchOf(world)]);
        const turned = <Fact>(list: readonly Fact[]): Fact[] => {
          const at = list.length === 0 ? 0 : seed % list.length;
          return [...list.slice(at), ...list.slice(0, at)].reverse();
        };
        const retold: Facts = {
          ...facts,
          processes: [...turned(facts.processes), ...facts.processes],
          pods: [...facts.pods, ...turned(facts.pods)],
          containers: [...turned(facts.containers), ...facts.containers],
          exits: turned(facts.exits),
          sockets: turned(facts.sockets),
          lookups: turned(facts.lookups),
          counts: turned(facts.counts),
        };
        expect(canonicalText(derived(retold))).toBe(canonicalText(derived(facts)));
      }),
      { numRuns: Math.ceil(runs / 5) },
    );
  });

  it('becomes a forest: every process stands once, parents before children, siblings in order', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const facts = factsOf([batchOf(world)]);
        const { processes, byKey } = derived(facts);
        const seen = new Set<string>();
        for (const [index, process] of processes.entries()) {
          expect(process.parent).toBeLessThan(index);
          expect(seen.has(process.ref)).toBe(false);
          seen.add(process.ref);
        }
        // Whatever an event names is on a card and can be found.
        for (const { cluster, id, rank } of facts.processes) {
          if (rank === 1) continue;
          expect(byKey.get(`tetragon\0${cluster}\0${id}`)?.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: Math.ceil(runs / 20) },
    );
  });

  it('shows every process in the tree of a pod or of its node', () => {
    fc.assert(
      fc.property(anyWorld, (world) => {
        const forest = derived(factsOf([batchOf(world)]));
        const shown = new Set<number>();
        for (const pod of forest.pods.keys())
          for (const index of podTree(forest, pod)) shown.add(index);
        const nodes = new Set(forest.processes.map(({ cluster, node }) => `${cluster} ${node}`));
        let counted = 0;
        for (const name of nodes) {
          const [cluster = '', node = ''] = name.split(' ');
          const rows = nodeTree(forest, cluster, node);
          for (const [index, row] of rows.entries()) {
            expect(row.parent).toBeLessThan(index);
            shown.add(row.process);
            counted += row.count;
          }
        }
        expect(counted).toBe(forest.processes.length);
        // A container without a pod is shown by its row; everything else by itself.
        for (const [index, { container, pod }] of forest.processes.entries()) {
          expect(shown.has(index) || (pod === undefined && container !== undefined)).toBe(true);
        }
      }),
      { numRuns: Math.ceil(runs / 20) },
    );
  });
});

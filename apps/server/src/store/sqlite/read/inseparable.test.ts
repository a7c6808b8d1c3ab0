import type { PodFact } from '@forebear/model/event/facts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inseparable, nameKey, workloadKey } from './caseUnits.ts';
import type { PodEntry } from './smallFacts.ts';

function entry(id: number, name: string, workload: string): PodEntry {
  const fact: PodFact = { cluster: 'c', namespace: 'ns', name, uid: '', labels: [], workload };
  return { id, key: String(id), fact, version: 1 };
}

const idsOf = (groups: readonly (readonly PodEntry[])[]) =>
  groups.map((group) => group.map(({ id }) => id));

it('keeps pods together that share a name or a workload, by whatever detour', () => {
  const pods = [entry(1, 'a', 'v'), entry(2, 'b', 'w'), entry(3, 'c', 'x'), entry(4, 'b', 'v')];
  expect(idsOf(inseparable(pods))).toEqual([[1, 2, 4], [3]]);
});

it('cuts nothing that belongs together, and joins nothing else', () => {
  const word = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  fc.assert(
    fc.property(fc.array(fc.tuple(word, word), { maxLength: 12 }), (told) => {
      const pods = told.map(([name, workload], id) => entry(id, name, `of-${workload}`));
      const groups = inseparable(pods);
      expect(
        idsOf(groups)
          .flat()
          .sort((a, b) => a - b),
      ).toEqual(pods.map(({ id }) => id));
      expect(idsOf(groups)).toEqual(idsOf(groups).toSorted(([a = 0], [b = 0]) => a - b));
      for (const group of groups) {
        for (const other of groups) {
          const keys = new Set(other.flatMap(({ fact }) => [nameKey(fact), workloadKey(fact)]));
          const shared = group.some(
            ({ fact }) => keys.has(nameKey(fact)) || keys.has(workloadKey(fact)),
          );
          expect(shared).toBe(group === other);
        }
        // From its first pod every other one is reached.
        const reached = new Set(group.slice(0, 1));
        for (const pod of reached)
          for (const next of group)
            if (
              nameKey(next.fact) === nameKey(pod.fact) ||
              workloadKey(next.fact) === workloadKey(pod.fact)
            )
              reached.add(next);
        expect(reached.size).toBe(group.length);
      }
    }),
  );
});

it('joins a hundred thousand pairs of a hostile log while one waits', () => {
  const pods: PodEntry[] = [];
  const pairs = 100_000;
  for (let at = 0; at < pairs; at += 1) pods.push(entry(at, `n${at}`, `v${at}`));
  for (let at = 0; at < pairs; at += 1)
    pods.push(entry(pairs + at, `n${at}`, `v${(at + 1) % pairs}`));
  const groups = inseparable(pods);
  expect(groups.map(({ length }) => length)).toEqual([2 * pairs]);
});

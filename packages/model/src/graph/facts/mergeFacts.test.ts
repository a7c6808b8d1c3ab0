import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContainerFact, NodeFact, PodFact, ProcessFact } from '../../event/facts.ts';
import type { Rank, Sighting } from '../../event/sighting.ts';
import { nanos } from '../../event/time.ts';
import { faceKey } from './faceKey.ts';
import { factOf } from './factOf.ts';
import {
  addCounts,
  mergeContainerFact,
  mergeNodeFact,
  mergePodFact,
  mergeProcessFact,
} from './mergeFacts.ts';

const rank = fc.constantFrom<Rank>(1, 2, 3, 4);
const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(values, { nil: undefined });
const text = fc.constantFrom('', 'a', 'b', 'aa', '__proto__');
const small = fc.integer({ min: 0, max: 3 });

/** Facts of one face that agree in nothing else. */
const fact: fc.Arbitrary<ProcessFact> = fc
  .record({
    rank,
    parentId: maybe(text),
    uid: maybe(small),
    nsPid: maybe(small),
    args: maybe(text),
    docker: maybe(text),
    pod: maybe(text),
    traits: fc.integer({ min: 0, max: 15 }),
    node: text,
    ktime: maybe(fc.bigInt({ min: 0n, max: 3n })),
    seen: maybe(fc.tuple(small, small)),
  })
  .map(({ rank: own, parentId, uid, nsPid, args, docker, pod, traits, node, ktime, seen }) => {
    const sighting: Sighting = {
      rank: own,
      id: 'x',
      traits,
      ...(parentId === undefined ? {} : { parentId }),
      ...(uid === undefined ? {} : { uid }),
      ...(nsPid === undefined ? {} : { nsPid }),
      ...(args === undefined ? {} : { arguments: args }),
      ...(docker === undefined ? {} : { docker }),
      ...(pod === undefined ? {} : { pod: { namespace: 'ns', name: pod } }),
      ...(ktime === undefined ? {} : { ktime }),
    };
    const base = factOf(sighting, node, 'c1');
    if (seen === undefined) return base;
    return { ...base, firstSeen: nanos(BigInt(seen[0])), lastSeen: nanos(BigInt(seen[1])) };
  });

const pod: fc.Arbitrary<PodFact> = fc
  .record({ labels: fc.uniqueArray(text), workload: maybe(text) })
  .map(({ labels, workload }) => ({
    cluster: 'c1',
    namespace: 'ns',
    name: 'p',
    uid: '',
    labels: labels.sort(),
    ...(workload === undefined ? {} : { workload }),
  }));

const container: fc.Arbitrary<ContainerFact> = fc
  .record({
    pod: text,
    name: text,
    start: maybe(fc.bigInt({ min: 0n, max: 3n })),
    privileged: maybe(fc.boolean()),
  })
  .map(({ pod: podText, name, start, privileged }) => ({
    cluster: 'c1',
    id: 'x',
    pod: podText,
    name,
    ...(start === undefined ? {} : { startTime: nanos(start) }),
    ...(privileged === undefined ? {} : { privileged }),
  }));

/** Throws unless the merge is a join. */
function provesJoin<T>(arbitrary: fc.Arbitrary<T>, merge: (a: T, b: T) => T): () => void {
  return () =>
    fc.assert(
      fc.property(arbitrary, arbitrary, arbitrary, (a, b, c) => {
        expect(merge(a, b)).toEqual(merge(b, a));
        expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)));
        expect(merge(a, a)).toEqual(a);
      }),
      { numRuns: 2000 },
    );
}

describe('merging', () => {
  it('of process facts is associative, commutative and idempotent', () => {
    expect(provesJoin(fact, mergeProcessFact)).not.toThrow();
  });

  it('of pod facts is associative, commutative and idempotent', () => {
    expect(provesJoin(pod, mergePodFact)).not.toThrow();
  });

  it('of container facts is associative, commutative and idempotent', () => {
    expect(provesJoin(container, mergeContainerFact)).not.toThrow();
  });

  it('answers the very same fact when nothing is added', () => {
    fc.assert(
      fc.property(fact, fact, (a, b) => {
        const merged = mergeProcessFact(a, b);
        expect(mergeProcessFact(merged, b)).toBe(merged);
        expect(mergeProcessFact(merged, a)).toBe(merged);
      }),
    );
  });

  it('takes each field from the better rank, even when the worse is larger', () => {
    const own = factOf({ rank: 4, id: 'x', traits: 0, arguments: 'a' }, 'n1', 'c1');
    const other = factOf({ rank: 2, id: 'x', traits: 0, arguments: 'z', cwd: '/' }, 'n1', 'c1');
    expect(mergeProcessFact(own, other)).toMatchObject({ arguments: 'a', cwd: '/', rank: 4 });
    expect(mergeProcessFact(other, own)).toMatchObject({ arguments: 'a', cwd: '/', rank: 4 });
  });

  it('adds the counts of disjoint events and unites what nodes say', () => {
    const node = (kinds: [string, number][], boots: number[]): NodeFact => ({
      cluster: 'c1',
      node: 'n1',
      kinds: new Map(kinds),
      bootSeconds: boots,
    });
    expect(
      mergeNodeFact(
        node([['b', 1]], [5, 3]),
        node(
          [
            ['a', 2],
            ['b', 3],
          ],
          [3, 4],
        ),
      ),
    ).toEqual(
      node(
        [
          ['a', 2],
          ['b', 4],
        ],
        [3, 4, 5],
      ),
    );
    const policies = [{ policy: 'tokens', hits: 1 }];
    const counts = {
      process: 'p',
      exec: 1,
      network: 2,
      dns: 0,
      file: 0,
      other: 0,
      kinds: 1,
      policies,
    };
    expect(addCounts(counts, { ...counts, kinds: 4 })).toEqual({
      ...counts,
      exec: 2,
      network: 4,
      kinds: 5,
      policies: [{ policy: 'tokens', hits: 2 }],
    });
  });
});

describe('a face', () => {
  it('tells absent from present, and no two apart that are one', () => {
    const keys = [
      { id: 'x' },
      { id: 'x', pid: 0 },
      { id: 'x', binary: '' },
      { id: 'x', binary: '-' },
      { id: 'x', startTime: nanos(0n) },
      { id: 'x\0-' },
      { id: 'x', node: 'n2' },
    ].map((face) => faceKey({ dialect: 'tetragon', cluster: 'c1', node: 'n1', ...face }));
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('never mixes the id with the binary, whatever bytes they hold', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.string(),
        fc.string(),
        (id, binary, otherId, otherBinary) => {
          const key = (a: string, b: string): string =>
            faceKey({ dialect: 'tetragon', cluster: 'c', node: 'n', id: a, binary: b });
          expect(key(id, binary) === key(otherId, otherBinary)).toBe(
            id === otherId && binary === otherBinary,
          );
        },
      ),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { ancestorsOf, descendantsOf, parentsOf } from './ancestry.ts';
import { derive } from './derive.ts';
import type { Derived } from './derived.ts';
import { podTree } from './podTree.ts';
import { factsOf, sha256, type Telling } from './testing/told.ts';

/** Derives and prints how long it took: a figure to look at, not a promise. */
function measured(title: string, tellings: readonly Telling[]): Derived {
  const facts = factsOf(tellings);
  const begun = performance.now();
  const derived = derive(facts, { lateLimitMs: 60_000, sha256 });
  const took = Math.round(performance.now() - begun);
  process.stdout.write(`derive: ${title}: ${took} ms\n`);
  return derived;
}

const web = { pod: 'shop/web/u1', container: 'web', containerStart: 10 };

describe('large forests', { timeout: 600_000 }, () => {
  it('builds a chain of 100,000 without growing the stack', () => {
    const length = 100_000;
    const chain = Array.from(
      { length },
      (_, i): Telling => ({
        id: `p${i}`,
        parent: `p${i - 1}`,
        pid: i + 1,
        at: 20 + i / 1000,
        binary: '/bin/sh',
        ...web,
      }),
    );
    const derived = measured('chain of 100,000', chain);
    expect(derived.processes).toHaveLength(length + 1);
    const parents = parentsOf(derived.processes);
    expect(ancestorsOf(parents, length)).toHaveLength(length);
    expect(descendantsOf(parents, 0)).toHaveLength(length);
    expect(podTree(derived, 0)).toHaveLength(length + 1);
  });

  it('builds a chain of 100,000 ghosts, all dated by the one child at its end', () => {
    const length = 100_000;
    const chain = Array.from(
      { length },
      (_, i): Telling => ({
        id: `p${i}`,
        parent: `p${i - 1}`,
        rank: 2,
        at: 1 + i / 1000,
        ...(i === length - 1 ? {} : { start: false }),
      }),
    );
    const derived = measured('chain of 100,000 ghosts', chain);
    expect(derived.processes[1]?.startDerived).toBe(true);
  });

  it('builds a tree of 200,000', () => {
    const count = 200_000;
    const tree = Array.from(
      { length: count },
      (_, i): Telling => ({
        id: `p${i}`,
        ...(i === 0 ? {} : { parent: `p${Math.floor((i - 1) / 20)}` }),
        pid: i + 1,
        at: 20 + i / 1000,
        binary: `/bin/${i % 7}`,
        args: `--run ${i}`,
        uid: i % 2,
        pod: `shop/web-${i % 50}/u${i % 50}`,
        container: `web-${i % 50}`,
        containerStart: 10,
        workload: 'web',
      }),
    );
    expect(measured('tree of 200,000', tree).processes).toHaveLength(count);
  });

  it('cuts a circle of 50,000', () => {
    const count = 50_000;
    const circle = Array.from(
      { length: count },
      (_, i): Telling => ({
        id: `p${i}`,
        parent: `p${(i + 1) % count}`,
      }),
    );
    const derived = measured('circle of 50,000', circle);
    expect(derived.processes.filter(({ parent }) => parent === -1)).toHaveLength(1);
  });

  it('keeps 20,000 contradicting processes of one id apart, with 20,000 children', () => {
    const tellings: Telling[] = [];
    for (let i = 0; i < 20_000; i += 1) {
      tellings.push({ id: 'one', pid: i + 1, binary: '/bin/sh', at: 5 });
      tellings.push({ id: `c${i}`, pid: i + 100_000, parent: 'one', at: 6 });
    }
    expect(measured('20,000 variants', tellings).processes).toHaveLength(40_000);
  });

  it('builds 50,000 processes that all claim one pid', () => {
    const same = Array.from(
      { length: 50_000 },
      (_, i): Telling => ({
        id: `p${i}`,
        parent: `p${i - 1}`,
        pid: 7,
        at: 1 + i / 1000,
      }),
    );
    expect(measured('50,000 execs in place', same).processes).toHaveLength(2);
  });
});

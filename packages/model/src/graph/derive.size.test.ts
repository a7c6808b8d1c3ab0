import { describe, expect, it } from 'vitest';
import type { Derived } from './derived.ts';
import { deriveMeasured, growthOf } from './testing/growth.ts';
import { factsOf, type Telling } from './testing/told.ts';
import { ancestorsOf, descendantsOf, parentsOf } from './tree/ancestry.ts';
import { podTree } from './tree/podTree.ts';

/** Derives and prints what it cost: a figure to look at. */
function measured(title: string, tellings: readonly Telling[]): Derived {
  const { derived, cpuMs } = deriveMeasured(factsOf(tellings));
  process.stdout.write(`derive: ${title}: ${cpuMs} ms\n`);
  return derived;
}

function growthOfTold(title: string, shape: (count: number) => readonly Telling[], count: number) {
  return growthOf(title, (most) => factsOf(shape(most)), count);
}

/** Four times as many may cost so many times four times as much; squared work would be 4 here. */
const slack = 2.5;

const web = { pod: 'shop/web/u1', container: 'web', containerStart: 10 };

function chainOf(length: number): Telling[] {
  return Array.from({ length }, (_, i) => ({
    id: `p${i}`,
    parent: `p${i - 1}`,
    pid: i + 1,
    at: 20 + i / 1000,
    binary: '/bin/sh',
    ...web,
  }));
}

function wideTree(length: number): Telling[] {
  return Array.from({ length }, (_, i) => ({
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
  }));
}

function execsInPlace(length: number): Telling[] {
  return Array.from({ length }, (_, i) => ({
    id: `p${i}`,
    parent: `p${i - 1}`,
    pid: 7,
    at: 1 + i / 1000,
  }));
}

describe('large forests', { timeout: 600_000 }, () => {
  it('builds a chain of 100,000 without growing the stack', () => {
    const length = 100_000;
    const chain = chainOf(length);
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

  it('builds a tree of 200,000, at most 2.5 times dearer per process than one of 50,000', () => {
    const { derived, growth } = growthOfTold('tree of 200,000', wideTree, 200_000);
    expect(derived.processes).toHaveLength(200_000);
    expect(growth).toBeLessThan(slack);
  });

  it('builds chains and execs in place of 80,000, at most 2.5 times dearer than of 20,000', () => {
    expect(growthOfTold('chain of 80,000', chainOf, 80_000).growth).toBeLessThan(slack);
    expect(growthOfTold('80,000 execs in place', execsInPlace, 80_000).growth).toBeLessThan(slack);
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
    expect(measured('50,000 execs in place', execsInPlace(50_000)).processes).toHaveLength(2);
  });
});

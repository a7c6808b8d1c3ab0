import { describe, expect, it } from 'vitest';
import { growthOfWork } from '../testing/growth.ts';
import { type Authors, authorsOf, type Injected } from './authors.ts';
import type { Call } from './call.ts';
import { execCall, shellAt } from './testing/people.ts';

interface People {
  readonly calls: readonly Call[];
  readonly injected: readonly Injected[];
}

function times<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** All within five seconds, each with long arguments of its own: every process is compared with every call. */
function longCommands(count: number): People {
  const argument = (index: number): string => `${'"x" '.repeat(8_000)}${index}`;
  return {
    calls: times(count, (i) => execCall(`u${i}`, 10 + i / count, ['sh', argument(i)])),
    injected: times(count, (i) => ({
      ...shellAt(i, 11),
      images: [{ binary: '/bin/bash', arguments: argument(i) }],
    })),
  };
}

/** All at once and all the same: everyone may have started everything. */
function oneCrowd(count: number): People {
  return {
    calls: times(count, (i) => execCall(`u${i}`, 10 + i / count)),
    injected: times(count, (i) => shellAt(i, 11)),
  };
}

/** Each is sure once the one before is. */
function oneChain(count: number): People {
  return {
    calls: times(count, (i) => execCall(`u${i}`, 10 + i * 4)),
    injected: times(count, (i) => shellAt(i, 10.5 + i * 4)),
  };
}

function authorsIn({ calls, injected }: People): Authors {
  return authorsOf(calls, injected, []);
}

describe('who started what', { timeout: 120_000 }, () => {
  it.each([
    ['800 calls with long commands', longCommands, 800, 'exact'],
    // A process looks at a thousand calls at most, of a quarter as well.
    ['4,000 that are all the same', oneCrowd, 4_000, 'ambiguous'],
    ['a chain of 40,000', oneChain, 40_000, 'exact'],
  ] as const)(
    'costs at most 2.5 times as much each among four times as many: %s',
    (title, shape, count, match) => {
      const { result, growth } = growthOfWork(title, shape, authorsIn, count);
      expect(result.authors.size).toBe(count);
      expect(new Set([...result.authors.values()].map((author) => author.match))).toEqual(
        new Set([match]),
      );
      expect(growth).toBeLessThan(2.5);
    },
  );
});

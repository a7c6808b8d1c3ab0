import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BootSeconds, maxBootSeconds } from './bootSeconds.ts';
import { mergeNodeFact } from './mergeFacts.ts';
import { NodeTally } from './nodeTally.ts';

const many = Array.from({ length: maxBootSeconds + 100 }, (_, index) => index * 100 - 5_000);
const kept = many.slice(0, maxBootSeconds);

describe('the boot seconds of a node', () => {
  it('are the smallest 4,096, in whatever order they are reported', () => {
    for (const order of [many, many.toReversed(), [...many.slice(2_000), ...many]]) {
      const tally = new NodeTally('c1', 'n1');
      for (const second of order) tally.addBootSecond(second);
      expect(tally.fact().bootSeconds).toEqual(kept);
    }
  });

  it('are the same when two halves are joined', () => {
    const factOf = (bootSeconds: readonly number[]) => ({
      cluster: 'c1',
      node: 'n1',
      kinds: new Map(),
      bootSeconds,
    });
    const joined = mergeNodeFact(factOf(many.slice(3_000)), factOf(many.slice(0, 3_500)));
    expect(joined.bootSeconds).toEqual(kept);
  });

  it('are each listed once, ascending, and say whether one was new', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 })), (seconds) => {
        const boots = new BootSeconds();
        const fresh = seconds.filter((second) => boots.add(second));
        expect(boots.list()).toEqual([...new Set(seconds)].sort((a, b) => a - b));
        expect(fresh).toEqual([...new Set(seconds)]);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authorsOf, type Injected } from './authors.ts';
import type { Call } from './call.ts';
import { CommandReader, isRunning as isRunningRead, type Running } from './command.ts';
import { execCall, shellAt } from './testing/people.ts';

/** `card: user match/candidates`, in order of cards. */
function matched(calls: readonly Call[], injected: readonly Injected[], logged = calls): string[] {
  const { authors } = authorsOf(
    calls,
    injected,
    logged.map(({ audit }) => audit),
  );
  return [...authors]
    .sort(([a], [b]) => a - b)
    .map(([card, { user, match, candidates }]) => `${card}: ${user} ${match}/${candidates}`);
}

describe('authorsOf', () => {
  it('finds the call that came in up to five seconds before, in that container', () => {
    expect(matched([execCall('jane', 10)], [shellAt(1, 12)])).toEqual(['1: jane exact/1']);
    expect(matched([execCall('jane', 10)], [shellAt(1, 9.5)])).toEqual(['1: jane exact/1']);
    expect(matched([execCall('jane', 10)], [shellAt(1, 15.1)])).toEqual([]);
    expect(matched([execCall('jane', 10)], [shellAt(1, 8.9)])).toEqual([]);
    expect(matched([execCall('jane', 10)], [shellAt(1, 12, 'sidecar')])).toEqual([]);
  });

  it('is sure of what is left when the others have theirs', () => {
    expect(
      matched([execCall('jane', 10), execCall('joe', 13)], [shellAt(1, 10.3), shellAt(2, 13.3)]),
    ).toEqual(['1: jane exact/1', '2: joe exact/1']);
  });

  it('says when several calls fit, or several processes, and names the nearest', () => {
    expect(matched([execCall('jane', 10), execCall('joe', 10.5)], [shellAt(1, 11)])).toEqual([
      '1: joe ambiguous/2',
    ]);
    expect(matched([execCall('jane', 10)], [shellAt(1, 11), shellAt(2, 12)])).toEqual([
      '1: jane ambiguous/1',
      '2: jane ambiguous/1',
    ]);
  });

  it('tells what the log covers and no call explains, and nothing beyond the log', () => {
    const logged = [execCall('a', 5), execCall('b', 50)].map(({ audit }) => audit);
    const { unaccounted } = authorsOf([], [shellAt(1, 4), shellAt(2, 20), shellAt(3, 51)], logged);
    expect([...unaccounted]).toEqual([2]);
    expect([...authorsOf([], [shellAt(1, 4)], []).unaccounted]).toEqual([]);
  });
});

const known = fc.record({ at: fc.nat({ max: 12 }), command: fc.constantFrom('sh', 'bash', 'ls') });
const ran = fc.record({
  at: fc.nat({ max: 12 }),
  binary: fc.constantFrom('bash', 'busybox', 'ls'),
});
const shuffledRuns = fc
  .array(ran, { maxLength: 8 })
  .chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray([...all.keys()], { minLength: all.length })),
  );

it('gives the same answer in every order of the processes', () => {
  fc.assert(
    fc.property(fc.array(known, { maxLength: 8 }), shuffledRuns, (asked, [runs, order]) => {
      const calls = asked
        .map(({ at: seconds, command }, index) => execCall(`u${index}`, seconds, [command]))
        .sort((a, b) => Number((a.received ?? 0n) - (b.received ?? 0n)));
      const injected = runs.map(({ at: seconds, binary }, card) => ({
        ...shellAt(card, seconds),
        images: [{ binary, arguments: '' }],
      }));
      const shuffled = order.flatMap((index) => injected[index] ?? []);
      const audits = calls.map(({ audit }) => audit);
      const [one, other] = [injected, shuffled].map((processes) => {
        const { authors, started, unaccounted } = authorsOf(calls, processes, audits);
        return { authors, unaccounted, started: calls.map((each) => started.get(each)) };
      });
      expect(other).toEqual(one);
    }),
  );
});

function isRunning(running: Running, command: readonly string[]): boolean {
  const reader = new CommandReader();
  const asked = reader.asked(command);
  return asked !== undefined && isRunningRead(reader.told(running), asked);
}

describe('isRunning', () => {
  it('compares names and arguments, however they are quoted', () => {
    const bash = { binary: '/bin/bash', arguments: '-c "cat /etc/passwd"' };
    expect(isRunning(bash, ['/bin/bash', '-c', 'cat /etc/passwd'])).toBe(true);
    expect(isRunning(bash, ['sh', '-c', 'cat /etc/passwd'])).toBe(true);
    expect(isRunning(bash, ['bash', '-c', 'cat /etc/shadow'])).toBe(false);
    expect(isRunning(bash, ['zsh', '-c', 'cat /etc/passwd'])).toBe(false);
    expect(isRunning(bash, [])).toBe(false);
  });

  it('knows busybox behind every name, and a script behind its path', () => {
    expect(isRunning({ binary: '/bin/busybox', arguments: 'ls -l' }, ['ls', '-l'])).toBe(true);
    expect(
      isRunning({ binary: '/app/run.sh', arguments: '/app/run.sh now' }, ['/app/run.sh', 'now']),
    ).toBe(true);
  });

  it('compares arguments by their first 65,536 characters', () => {
    const long = 'x'.repeat(65_535);
    const runs = { binary: '/bin/sh', arguments: `${long}yz` };
    expect(isRunning(runs, ['sh', `${long}yy`])).toBe(true);
    expect(isRunning(runs, ['sh', `${long}zz`])).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import type { AuditFact } from '../../event/facts.ts';
import { type Nanos, nanos } from '../../event/time.ts';
import { authorsOf, type Injected } from './authors.ts';
import type { Call } from './call.ts';
import { isRunning } from './command.ts';

function at(seconds: number): Nanos {
  return nanos(BigInt(Math.round(seconds * 1000)) * 1_000_000n);
}

function call(user: string, seconds: number, command: readonly string[] = ['sh']): Call {
  const audit: AuditFact = {
    process: '',
    cluster: '',
    node: '',
    time: at(seconds),
    auditId: user,
    stage: 'ResponseStarted',
    verb: 'create',
    user,
    groups: [],
    impersonating: '',
    sourceIps: [],
    userAgent: '',
    resource: 'pods',
    subresource: 'exec',
    apiGroup: '',
    namespace: 'shop',
    name: 'web',
    decision: 'allow',
    code: 101,
    container: 'web',
    command,
    received: at(seconds),
    callerNamespace: '',
    callerPod: '',
  };
  return {
    mark: 'exec',
    audit,
    received: at(seconds),
    ended: undefined,
    target: 0,
    caller: undefined,
    callerBy: undefined,
  };
}

function shell(card: number, seconds: number, container = 'web'): Injected {
  return {
    card,
    pod: 0,
    container,
    start: at(seconds),
    images: [{ binary: '/bin/bash', arguments: '' }],
  };
}

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
    expect(matched([call('jane', 10)], [shell(1, 12)])).toEqual(['1: jane exact/1']);
    expect(matched([call('jane', 10)], [shell(1, 9.5)])).toEqual(['1: jane exact/1']);
    expect(matched([call('jane', 10)], [shell(1, 15.1)])).toEqual([]);
    expect(matched([call('jane', 10)], [shell(1, 8.9)])).toEqual([]);
    expect(matched([call('jane', 10)], [shell(1, 12, 'sidecar')])).toEqual([]);
  });

  it('is sure of what is left when the others have theirs', () => {
    expect(matched([call('jane', 10), call('joe', 13)], [shell(1, 10.3), shell(2, 13.3)])).toEqual([
      '1: jane exact/1',
      '2: joe exact/1',
    ]);
  });

  it('says when several calls fit, or several processes, and names the nearest', () => {
    expect(matched([call('jane', 10), call('joe', 10.5)], [shell(1, 11)])).toEqual([
      '1: joe ambiguous/2',
    ]);
    expect(matched([call('jane', 10)], [shell(1, 11), shell(2, 12)])).toEqual([
      '1: jane ambiguous/1',
      '2: jane ambiguous/1',
    ]);
  });

  it('tells what the log covers and no call explains, and nothing beyond the log', () => {
    const logged = [call('a', 5), call('b', 50)].map(({ audit }) => audit);
    const { unaccounted } = authorsOf([], [shell(1, 4), shell(2, 20), shell(3, 51)], logged);
    expect([...unaccounted]).toEqual([2]);
    expect([...authorsOf([], [shell(1, 4)], []).unaccounted]).toEqual([]);
  });
});

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
});

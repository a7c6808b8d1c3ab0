import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProcessEvent } from '../../event/event.ts';
import { nanos } from '../../event/time.ts';
import type { Decoded, Origin } from '../format.ts';
import { compact } from './compact.ts';

function decode(line: string, origin?: Origin): Decoded | undefined {
  return compact.decoder().decodeText?.(line, origin);
}

function eventOf(line: string, origin?: Origin): ProcessEvent | undefined {
  const decoded = decode(line, origin);
  return decoded?.kind === 'events' ? decoded.events[0] : undefined;
}

describe('a line', () => {
  it('is an event of its pod, for it names no process', () => {
    expect(eventOf('🚀 process orchard/pear-0 /usr/bin/curl cilium.io')).toEqual({
      dialect: 'compact',
      kind: 'exec',
      label: 'compact:process',
      node: '',
      ancestors: [],
      subject: '/usr/bin/curl cilium.io',
      process: {
        rank: 1,
        id: 'compact:pod:orchard:pear-0:',
        traits: 0,
        pod: { namespace: 'orchard', name: 'pear-0' },
      },
    });
  });

  it('is an event of its node when it names no pod', () => {
    expect(eventOf('🚀 process quay-7 /sbin/init ')).toMatchObject({
      node: 'quay-7',
      subject: '/sbin/init',
      process: { rank: 1, id: 'compact:node:quay-7', traits: 0 },
    });
  });

  it('takes from around it what it does not say', () => {
    const origin = { path: 'a', time: nanos(5n), node: 'quay-7', cluster: 'harbour' };
    const silent = eventOf('🚀 process  /sbin/init ', origin);
    expect(silent).toMatchObject({ node: 'quay-7', time: 5n, cluster: 'harbour' });
    expect(silent?.process?.id).toBe('compact:node:quay-7');
    expect(eventOf('2026-04-02T10:00:00Z 🚀 process quay-8 /bin/a', origin)).toMatchObject({
      node: 'quay-8',
      time: 1775124000000000000n,
    });
    expect(eventOf('🚀 process  /sbin/init ')?.process).toBeUndefined();
    expect(eventOf('🚀 process quay-8 /bin/a')).not.toHaveProperty('time');
  });

  it('tells how a process ended only when it says so', () => {
    const exit = '💥 exit    orchard/pear-0 /bin/sleep';
    expect(eventOf(`${exit} 10 0`)).toMatchObject({ exit: { code: 0 }, subject: '/bin/sleep 10' });
    expect(eventOf(`${exit} 10 SIGTERM`)).toMatchObject({ exit: { signal: 'SIGTERM' } });
    expect(eventOf(`${exit} --for lo`)).toMatchObject({ exit: {}, subject: '/bin/sleep --for lo' });
  });

  it('has its bytes to the last digit', () => {
    const line = '🧮 socket  a/b /bin/c UDP 10.0.0.1:5 => [x]:53 tx 9007199254740993 B rx 0 B';
    expect(eventOf(line.replace('[x]', '10.0.0.2'))).toMatchObject({
      kind: 'flow',
      flow: { direction: 'unknown', bytesSent: 9007199254740993n, bytesReceived: 0n },
    });
  });

  it('tells addresses and types of an answer apart in either order', () => {
    const answers = ['[192.0.2.1] [A]', '[A] [192.0.2.1]'].map((lists) =>
      eventOf(`📖 dns     a/b /bin/c NOERROR [q.example.] ${lists}`),
    );
    for (const answer of answers) {
      expect(answer).toMatchObject({
        dns: { response: true, rcode: 0, names: ['q.example'], ips: ['192.0.2.1'], types: ['A'] },
      });
    }
  });
});

describe('sniffText', () => {
  it('says no to prompts, shells, prose and other logs', () => {
    const others = [
      '',
      ' ',
      'root@server:~# kubectl exec -it -n kube-system daemonsets/x -- hubble-enterprise getevents -o compact',
      '$ tetra getevents -o compact',
      '🚀 A Demo Application',
      '🚀 process related events (🚀 process & 💥 exit)',
      '🚀 process',
      '🚀 process a/b',
      '🚀process a/b /bin/sh',
      'network related events (e.g. 🔌 connect, 💡 accept & 🧹 close)',
      '❓ syscall',
      '❓ what_is_this thing /really',
      '🐧 OS level Process Visibility',
      '{"process_exec":{}}',
      'Kernel: 6.1',
      'User: root',
      '   0x12',
      '2026-04-02T10:00:00Z hello',
      'üöÄ A Demo Application',
    ];
    for (const line of others) {
      expect([line, compact.sniffText?.(line)]).toEqual([line, false]);
      expect(decode(line)).toMatchObject({ kind: 'rejected', reason: 'no_event' });
    }
  });
});

describe('any line', () => {
  const parts = fc.constantFrom(
    '🚀',
    '💥 exit   ',
    '📖 dns    ',
    '🔌 connect',
    '❓ syscall',
    '📝 write  ',
    '🧬 throttle',
    ' process',
    ' a/b',
    ' quay-7',
    ' /bin/sh',
    ' "x y"',
    ' "',
    '\\',
    '[',
    ']',
    ' [a. b.]',
    ' TCP 1.1.1.1:1 => 2.2.2.2:2',
    ' tx 1 B rx 2 B',
    ' 0',
    '\u001b[31m',
    '\uf8ff',
    'üöÄ',
    ' '.repeat(50),
    '🛑 CAP_SYS_ADMIN',
    '2026-04-02T10:00:00Z ',
  );
  const line = fc
    .array(fc.oneof({ weight: 4, arbitrary: parts }, fc.string({ unit: 'binary', maxLength: 5 })))
    .map((given) => given.join(''));

  it('has an answer, and is read only if it is claimed', () => {
    fc.assert(
      fc.property(line, (text) => {
        const decoded = decode(text);
        expect(decoded?.kind !== 'rejected').toBe(compact.sniffText?.(text));
        const events = decoded?.kind === 'events' ? decoded.events : [];
        expect(events.filter(({ subject }) => subject?.includes('\n') !== false)).toEqual([]);
      }),
      { numRuns: 5000 },
    );
  });

  it('is read in a time that grows with its length alone', () => {
    const long = 50_000;
    const head = '🚀 process a/b /bin/sh ';
    for (const part of [' ', '"', '\\"', '[', '1', ':1', 'a ', '\u001b[', '🛑 CAP', 'tx 1 B ']) {
      const text = part.repeat(long);
      for (const start of [
        head,
        '🔌 connect a/b /bin/sh TCP ',
        '📖 dns     a/b /bin/sh [',
        '   ',
      ]) {
        decode(`${start}${text}`);
        decode(`${start}"${text}x`);
      }
    }
    expect(decode(`${head}${' '.repeat(long)}x`)?.kind).toBe('events');
  }, 20_000);
});

import { describe, expect, it } from 'vitest';
import type { ProcessEvent } from '../../event/event.ts';
import { readSpelledId } from '../../event/spelledIds.ts';
import { nanos } from '../../event/time.ts';
import type { Origin } from '../format.ts';
import { sysdig } from './sysdig.ts';

const exec =
  '310161 07:55:39.213391058 0 nano (7) < execve res=0 exe=nano args=test.txt. tid=7(nano) pid=7(nano) ptid=6(bash) cwd=/srv fdlimit=1024';

function eventOf(line: string, origin?: Origin): ProcessEvent {
  const decoded = sysdig.decoder().decodeText?.(line, origin);
  const [event] = decoded?.kind === 'events' ? decoded.events : [];
  if (event === undefined) throw new Error(`no event: ${line}`);
  return event;
}

describe('a line of sysdig', () => {
  it('tells an exec with its parent by ptid', () => {
    const { kind, process, parent } = eventOf(exec);
    expect(kind).toBe('exec');
    expect(process).toMatchObject({ pid: 7, binary: 'nano', arguments: 'test.txt', cwd: '/srv' });
    expect(parent).toMatchObject({ pid: 6, binary: 'bash', rank: 2 });
    expect(process?.parentId).toBe(parent?.id);
  });

  it('has no time, for it tells no day, and says the time of day before its subject', () => {
    const { time, subject, process } = eventOf('1 07:55:39.213391058 0 nano (7) > brk addr=0');
    expect(time).toBeUndefined();
    expect(process?.startTime).toBeUndefined();
    expect(subject).toBe('07:55:39.213391058 > brk addr=0');
  });

  it('takes time and node from around it', () => {
    const { time, node, process } = eventOf(exec, { path: '', node: 'quay-7', time: nanos(5n) });
    expect([time, node, process?.startTime]).toEqual([5n, 'quay-7', 5n]);
    expect(readSpelledId(process?.id ?? '')).toMatchObject({
      form: 'exec',
      node: 'quay-7',
      pid: 7,
    });
  });

  it('names the process of a thread where it prints both', () => {
    const { process } = eventOf('1 07:55:39.213391058 0 Socket Thread (7.9) > futex');
    expect(process).toMatchObject({ pid: 7, binary: 'Socket Thread' });
  });

  it('tells of a failed exec as of any call', () => {
    expect(eventOf(exec.replace('res=0', 'res=-2(ENOENT)')).kind).toBe('other');
  });

  it('tells of an exec that was cut off before its parent without one', () => {
    const { kind, process, parent } = eventOf(exec.slice(0, exec.indexOf('pid=7')));
    expect([kind, process?.pid, parent]).toEqual(['exec', 7, undefined]);
  });
});

describe('what is no line of sysdig', () => {
  it('is left to others: prose, prompts, and the second halves of wrapped lines', () => {
    const others = [
      '',
      '67',
      'PID\tCPU\tUSER',
      'vm_swap=0',
      'o) ptid=1173599(bash) cwd= fdlimit=1024 pgft_maj=1',
      'root@host:~# sysdig proc.name=nano',
      '52 07:50:42 1 <NA> (0) > switch',
      '2023-01-01 07:50:42.829676193 1 a (0) > switch',
      '52 07:50:42.829676193 1 a > switch',
      '{"evt.type":"read"}',
    ];
    for (const other of others) {
      expect(sysdig.sniffText?.(other)).toBe(false);
      expect(sysdig.decoder().decodeText?.(other)?.kind).toBe('rejected');
    }
  });

  it('is an object of another writer', () => {
    const others: readonly unknown[] = [
      { 'evt.type': 'read' },
      { 'evt.type': 'read', 'evt.dir': 'x', 'evt.num': 1 },
      { rule: 'r', priority: 'Error', output_fields: { 'evt.type': 'read', 'evt.dir': '<' } },
    ];
    for (const other of others) expect(sysdig.sniff(other)).toBe(false);
  });
});

describe('an object of sysdig with fields that somebody asked for', () => {
  const fields = {
    'evt.type': 'execve',
    'evt.dir': '<',
    'evt.num': 1,
    'evt.res': 'SUCCESS',
    'evt.outputtime': '1772359200100000001',
    'proc.pid': 7,
    'proc.pid.ts': '1772359200099000001',
    'proc.exepath': '/bin/sh',
    'proc.cmdline': 'sh -c date',
    'proc.ppid': 6,
    'proc.ppid.ts': '1772359000000000001',
    'proc.pname': 'press',
  };

  function decoded(record: object): ProcessEvent | undefined {
    const answer = sysdig.decoder().decode(record);
    return answer.kind === 'events' ? answer.events[0] : undefined;
  }

  it('tells an exec with its parent, each life by the time of its fork', () => {
    const { kind, process, parent } = decoded(fields) ?? {};
    expect(kind).toBe('exec');
    expect(process).toMatchObject({ pid: 7, binary: '/bin/sh', arguments: '-c date', rank: 4 });
    expect(process?.startTime).toBe(1_772_359_200_100_000_001n);
    expect(parent).toMatchObject({ pid: 6, binary: 'press' });
    expect(parent?.startTime).toBe(1_772_359_000_000_000_001n);
    expect(process?.parentId).toBe(parent?.id);
    const marks = [process, parent].map((one) => readSpelledId(one?.id ?? ''));
    expect(marks).toMatchObject([
      { form: 'exec', mark: '1772359200099000001' },
      { form: 'at', mark: '1772359000000000001' },
    ]);
  });

  it('tells of an exec that failed as of any call', () => {
    expect(decoded({ ...fields, 'evt.res': 'ENOENT' })?.kind).toBe('other');
  });

  it('asks for the digits of a fork time that a number lost', () => {
    const record = { ...fields, 'proc.pid.ts': Number(fields['proc.pid.ts']) };
    expect(sysdig.decoder().decode(record)).toEqual({ kind: 'imprecise' });
  });
});

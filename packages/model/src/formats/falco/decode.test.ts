import { describe, expect, it } from 'vitest';
import type { Decoded } from '../format.ts';
import { alert, decode, event, eventOf, exec } from './testing/alert.ts';

describe('rules', () => {
  const seed = {
    rule: 'Log Execve Syscalls for Elasticsearch',
    priority: 'Debug',
    tags: ['elasticsearch', 'execve', 'system_call'],
    output: '18:54:19.341081180: Debug "root 0 0 7 6 sh sh /bin/sh"\n',
  };
  const fields = { 'proc.pid': 7, 'proc.ppid': 6, 'proc.name': 'sh', 'proc.aname[1]': 'bash' };

  it('that write down every exec are execs and no alerts', () => {
    expect(event(fields, seed)).toMatchObject({ kind: 'exec', parent: { pid: 6, binary: 'bash' } });
    expect(event(fields, seed).alert).toBeUndefined();
  });

  it('are known by tag, by name, or by an output made for a machine', () => {
    const mild = { priority: 'Informational', output: 'x', tags: [] };
    for (const rest of [
      { ...mild, rule: 'Anything', tags: ['execve'] },
      { ...mild, rule: 'Log execs' },
      { ...mild, rule: 'Execve capture' },
      { ...mild, rule: 'execve_syscalls' },
      { ...mild, rule: 'log_exec' },
      { ...mild, rule: 'Anything', output: seed.output },
    ]) {
      expect(event(fields, rest)).toMatchObject({ kind: 'exec' });
      expect(event(fields, rest).alert).toBeUndefined();
    }
    const typed = { ...fields, 'evt.type': 'execve' };
    expect(event(typed, { ...mild, rule: 'All processes started' }).alert).toBeUndefined();
  });

  it('that detect something are alerts, and execs when their event is one', () => {
    for (const rest of [
      { priority: 'Notice' },
      { priority: 'Debug', tags: ['execve', 'mitre_execution'] },
      { priority: 'Debug', tags: ['execve', 'T1059.004'] },
      { priority: 'Informational', tags: ['maturity_sandbox', 'execve'] },
      { priority: 'Debug', tags: [] },
    ]) {
      expect(event(exec, rest)).toMatchObject({ kind: 'exec', alert: { rule: 'A rule' } });
    }
    const old = event(fields, { rule: 'Terminal shell in container', priority: 'Notice' });
    expect(old).toMatchObject({ kind: 'exec', alert: { severity: 'Notice' } });
    expect(event(fields).kind).toBe('alert');
  });

  it('of other events are never execs, whatever their name', () => {
    const opened = { ...fields, 'evt.type': 'openat', 'fd.name': '/x' };
    expect(event(opened, seed)).toMatchObject({ kind: 'file', alert: { severity: 'Debug' } });
    const written = { ...fields, 'fd.name': '/usr/bin/x' };
    expect(
      event(written, { ...seed, tags: [], rule: 'Log executables that are written' }).kind,
    ).toBe('file');
    expect(event(opened, { ...seed, rule: 'Terminal shell in container' }).kind).toBe('file');
  });

  it('carry priority, tags and output text', () => {
    const { alert: told } = event(
      {},
      { priority: 'CRITICAL', tags: ['a', 'b\nc'], output: 'x\ny' },
    );
    expect(told).toEqual({
      rule: 'A rule',
      severity: 'Critical',
      severityWord: 'CRITICAL',
      tags: ['a', 'b␊c'],
      output: 'x\ny',
      action: '',
      enforcer: '',
      result: '',
      blocked: false,
    });
  });

  it('leave out the half of an execve that still shows the old image', () => {
    expect(decode(alert({ ...exec, 'evt.dir': '>' }))).toEqual({
      kind: 'skipped',
      reason: 'enter_event',
    });
    expect(event({ ...exec, 'evt.dir': '<' }).kind).toBe('exec');
    // A rule that looks at the enter half of another call has no other event.
    expect(event({ 'evt.type': 'ptrace', 'evt.dir': '>', 'proc.pid': 7 }).kind).toBe('alert');
  });

  it('tell no exec that failed', () => {
    for (const failed of [{ 'evt.res': 'ENOENT' }, { 'evt.rawres': -2 }, { 'evt.failed': true }]) {
      expect(decode(alert({ ...fields, ...failed }, seed))).toEqual({
        kind: 'skipped',
        reason: 'failed_exec',
      });
      const detected = event({ ...exec, ...failed });
      expect(detected).toMatchObject({ kind: 'alert', process: { rank: 3 } });
    }
  });
});

describe('connections and files', () => {
  it('connect the client’s end with the server’s, with the name of the server', () => {
    const fd = {
      'evt.type': 'connect',
      'fd.name': '10.0.0.1:5->192.0.2.9:443',
      'fd.l4proto': 'tcp',
    };
    expect(event({ ...fd, 'fd.sip.name': 'Drop.Example.' })).toMatchObject({
      kind: 'connect',
      alert: { rule: 'A rule' },
      socket: {
        protocol: 'TCP',
        sourceIp: '10.0.0.1',
        sourcePort: 5,
        destinationIp: '192.0.2.9',
        destinationPort: 443,
        names: ['drop.example'],
        nameEvidence: 'destination_names',
      },
    });
  });

  it.each([
    ['accept4', 'accept'],
    ['sendto', 'send'],
    ['close', 'close'],
    ['connect', 'connect'],
  ])('%s is %s', (type, kind) => {
    expect(
      event({ 'evt.type': type, 'fd.name': '[2001:db8::1]:5->[2001:db8::2]:6' }),
    ).toMatchObject({
      kind,
      socket: { sourceIp: '2001:db8::1', destinationIp: '2001:db8::2', destinationPort: 6 },
    });
  });

  it('listen at their own end', () => {
    for (const fd of [{ 'fd.name': ':::8080' }, { 'fd.lip': '::', 'fd.lport': 8080 }]) {
      const listens = event({ 'evt.type': 'listen', ...fd });
      expect(listens).toMatchObject({
        kind: 'listen',
        socket: { sourceIp: '::', sourcePort: 8080 },
      });
    }
  });

  it('without a call are outbound, unless the server’s end is the process’s own', () => {
    const fd = { 'fd.name': '192.0.2.9:5->10.0.0.1:80' };
    expect(event(fd).kind).toBe('connect');
    expect(event({ ...fd, 'fd.lip': '10.0.0.1', 'fd.lport': 80 }).kind).toBe('accept');
    expect(event({ ...fd, 'fd.is_server': true }).kind).toBe('accept');
  });

  it('are files by path, with the verb of the call', () => {
    expect(event({ 'fd.name': '/etc/shadow' })).toMatchObject({
      kind: 'file',
      subject: 'access /etc/shadow',
    });
    expect(event({ 'evt.type': 'openat', 'fd.name': '/etc/shadow' }).subject).toBe(
      'open /etc/shadow',
    );
    expect(event({ 'evt.type': 'open', 'fd.nameraw': '../../x' }).subject).toBe('open ../../x');
    expect(event({ 'evt.type': 'unlinkat', 'evt.arg.name': '/x' }).subject).toBe('delete /x');
    expect(
      event({ 'evt.type': 'renameat', 'fs.path.source': '/a', 'fs.path.target': '/b' }).subject,
    ).toBe('rename /a → /b');
  });

  it('are neither for a local socket', () => {
    const fd = { 'fd.name': '/run/docker.sock', 'fd.type': 'unix', 'evt.type': 'connect' };
    expect(event(fd)).toMatchObject({ kind: 'alert', subject: 'connect /run/docker.sock' });
    expect(event({ ...fd, 'evt.type': undefined }).kind).toBe('alert');
  });
});

describe('what Falco says of itself', () => {
  const internal = (rule: string, fields: Record<string, unknown>, output = 'x'): Decoded =>
    decode(alert(fields, { rule: `Falco internal: ${rule}`, source: 'internal', output }));

  it('is a gap when it lost events', () => {
    const counts: readonly (readonly [Record<string, unknown>, string, number | undefined])[] = [
      [{ n_drops: '815508' }, '', 815_508],
      [{ n_drops: 17 }, '', 17],
      [{}, 'x. 4711 system calls dropped in last second.', 4711],
      [{}, 'x', undefined],
    ];
    for (const [fields, output, count] of counts) {
      const lost = eventOf(internal('syscall event drop', fields, output));
      const told = count === undefined ? {} : { count };
      expect(lost).toMatchObject({ kind: 'lost', gap: { gap: 'lost_events', ...told } });
    }
  });

  it('counts in a snapshot what was lost since the one before', () => {
    const lost = eventOf(
      internal('metrics snapshot', { 'scap.n_drops': 12, 'scap.n_drops_prev': 10 }),
    );
    expect(lost).toMatchObject({ gap: { count: 2 } });
    const same = internal('metrics snapshot', { 'scap.n_drops': 12, 'scap.n_drops_prev': 12 });
    expect(same).toEqual({ kind: 'skipped', reason: 'metrics' });
  });

  it('is skipped otherwise', () => {
    expect(internal('timeouts notification', {})).toEqual({ kind: 'skipped', reason: 'internal' });
    expect(decode({ rule: 'Falco internal: metrics snapshot', output_fields: {} })).toEqual({
      kind: 'skipped',
      reason: 'metrics',
    });
  });
});

describe('records that are not as they should be', () => {
  it('are refused with what is missing', () => {
    for (const rest of [
      { rule: undefined },
      { rule: '' },
      { priority: undefined },
      { priority: 'Urgent' },
    ]) {
      expect(decode(alert({}, rest))).toMatchObject({ kind: 'rejected', reason: 'bad_field' });
    }
  });

  it('of others are refused without a guess', () => {
    for (const value of [null, 1, 'rule', [], {}, { rule: { id: 1 }, output_fields: {} }]) {
      expect(decode(value)).toMatchObject({ kind: 'rejected', reason: 'no_event' });
    }
  });

  it('of a test by Falcosidekick are skipped', () => {
    expect(decode(alert({ 'proc.name': 'falcosidekick' }, { rule: 'Test rule' }))).toEqual({
      kind: 'skipped',
      reason: 'sidekick_test',
    });
  });

  it('keep an alert whose fields were turned off', () => {
    expect(eventOf(decode(alert({}, { output_fields: undefined }))).alert?.output).toBe('said');
    expect(decode(alert({}, { output_fields: undefined, flow: 1 })).kind).toBe('rejected');
  });
});

import { describe, expect, it } from 'vitest';
import { nanos } from '../../event/time.ts';
import { hasTrait, Trait } from '../../event/traits.ts';
import type { Origin } from '../format.ts';
import { parseLossless } from '../losslessJson.ts';
import { alert, decode, event, eventOf, exec, ns, processOf } from './testing/alert.ts';

describe('the identity of a process', () => {
  it('is host, pid and the start that Falco gives, with all its digits', () => {
    const text = JSON.stringify(alert({ 'proc.pid': 7, 'proc.name': 'sh' })).replace(
      '"proc.pid":7',
      '"proc.pid":7,"proc.pid.ts":1715108059341081181,"proc.ppid":6,"proc.ppid.ts":1715108059341081183',
    );
    expect(decode(JSON.parse(text)).kind).toBe('imprecise');
    const { process, parent } = eventOf(decode(parseLossless(text)));
    expect(process?.id).toBe('falco:at:quay-7:7:1715108059341081181:1715108059:sh');
    expect(process?.startTime).toBe(1_715_108_059_341_081_181n);
    expect(parent?.id).toBe('falco:at:quay-7:6:1715108059341081183:1715108059:');
    expect(parent?.startTime).toBe(1_715_108_059_341_081_183n);
  });

  it('is the same when the digits come as text', () => {
    const { process } = event({ ...exec, 'proc.pid.ts': '1715108059341081181' });
    expect(process?.id).toBe('falco:exec:quay-7:7:1715108059341081181:1715108059341081180:sh');
  });

  it('of an exec holds its own time, which is when the image began', () => {
    const { process, kind } = event(exec);
    expect(kind).toBe('exec');
    expect(process?.id).toBe(`falco:exec:quay-7:7::${ns}:sh`);
    expect(process).toMatchObject({
      rank: 4,
      startTime: ns,
      parentId: 'falco:at:quay-7:6::1715108059:',
    });
    expect(hasTrait(process?.traits ?? 0, Trait.execSeen)).toBe(true);
  });

  it('has no start that nobody told, and one that a duration tells without a mark', () => {
    expect(processOf({ 'proc.pid': 7, 'proc.name': 'sh' })?.startTime).toBeUndefined();
    const told = processOf({ 'proc.pid': 7, 'proc.name': 'sh', 'proc.duration': 180 });
    expect(told).toMatchObject({ startTime: ns - 180n, id: 'falco:at:quay-7:7::1715108059:sh' });
  });

  it('does not ask for digits that nothing depends on', () => {
    expect(decode(alert({ 'evt.time': 2 ** 60, 'proc.name': 'sh' })).kind).toBe('events');
    expect(decode(alert({ 'container.id': 'host', 'container.start_ts': 2 ** 60 })).kind).toBe(
      'events',
    );
  });

  it('without a pid is one of a moment, apart from those of other containers', () => {
    const one = processOf({ 'proc.name': 'sh', 'container.id': 'a' });
    const other = processOf({ 'proc.name': 'sh', 'container.id': 'b' });
    expect(one?.id).not.toBe(other?.id);
    expect(one?.pid).toBeUndefined();
  });
});

describe('time', () => {
  it('is the record’s own, to the nanosecond, before the number in the fields', () => {
    expect(event({ 'evt.time': 1_715_108_059_341_081_000 }).time).toBe(ns);
  });

  it('is the number when there is no other, and asks for its digits', () => {
    const record = alert({ 'evt.time': 2 ** 60 }, { time: undefined });
    expect(decode(record).kind).toBe('imprecise');
    expect(eventOf(decode(alert({ 'evt.time': ns }, { time: undefined }))).time).toBe(ns);
    expect(eventOf(decode(alert({ 'evt.time.iso8601': String(ns) }, { time: '' }))).time).toBe(ns);
  });

  it('is what is known from around the record only where it is silent', () => {
    const origin: Origin = { path: '', time: nanos(5n), node: 'quay-8', cluster: 'harbour' };
    const silent = eventOf(decode(alert({}, { time: undefined, hostname: undefined }), origin));
    expect(silent).toMatchObject({ time: 5n, node: 'quay-8', cluster: 'harbour' });
    expect(eventOf(decode(alert({}), origin))).toMatchObject({ time: ns, node: 'quay-7' });
  });

  it('is left out when nobody tells it, and an event all the same', () => {
    expect(eventOf(decode(alert({}, { time: undefined }))).time).toBeUndefined();
  });

  it('that is none is refused rather than dropped', () => {
    for (const none of ['15:20:00', '2024-04-13T20:58:00Z+2', 7, '0001-01-01T00:00:00Z']) {
      expect(decode(alert({ 'evt.time': 1_618_347_519_000_000 }, { time: none }))).toMatchObject({
        kind: 'rejected',
        reason: 'bad_field',
      });
    }
  });
});

describe('the image and its arguments', () => {
  it('is the file as it was called: children and other agents name it so', () => {
    const busybox = { ...exec, 'proc.exepath': '/bin/busybox', 'proc.cmdline': 'sh -c ls' };
    expect(processOf(busybox)).toMatchObject({
      binary: 'sh',
      arguments: '-c ls',
      flags: 'exepath=/bin/busybox',
    });
    expect(processOf({ ...busybox, 'proc.exe': '/bin/sh' })?.binary).toBe('/bin/sh');
    expect(processOf({ ...exec, 'proc.exepath': '/usr/bin/sh' })?.binary).toBe('/usr/bin/sh');
    const script = {
      ...exec,
      'proc.name': 'docker-entrypoi',
      'proc.exepath': '/usr/bin/dash',
      'proc.args': '/srv/docker-entrypoint.sh serve',
    };
    expect(processOf(script)?.binary).toBe('/srv/docker-entrypoint.sh');
  });

  it('comes from the command line where nothing else tells', () => {
    expect(processOf({ 'proc.cmdline': 'touch /bin/hack' })).toMatchObject({
      binary: 'touch',
      arguments: '/bin/hack',
    });
  });

  it('takes the name off the command line, also one with spaces, and nothing else', () => {
    const line = (name: string, text: string): string | undefined =>
      processOf({ 'proc.pid': 7, 'proc.name': name, 'proc.cmdline': text })?.arguments;
    expect(line('sh', 'sh')).toBeUndefined();
    expect(line('tmux: server', 'tmux: server -u')).toBe('-u');
    expect(line('sh', '/bin/sh -c id')).toBe('-c id');
    expect(line('sh', 'shell -c id')).toBe('shell -c id');
  });
});

describe('ancestors', () => {
  const levels = (fields: Record<string, unknown>): readonly (string | undefined)[] => {
    const { parent, ancestors } = event({ 'proc.pid': 7, 'proc.name': 'sh', ...fields });
    return [parent, ...ancestors].map((one) => one?.binary ?? one?.pid?.toString());
  };

  it.each([
    ['proc.aname[2]', 'proc.apid[2]'],
    ['proc.aname_2', 'proc.apid_2'],
    ['proc.aname.2', 'proc.apid.2'],
  ])('are read from %s', (name, pid) => {
    const { parent, ancestors } = event({
      'proc.pid': 7,
      'proc.name': 'sh',
      'proc.pname': 'bash',
      'proc.ppid': 6,
      [name]: 'systemd',
      [pid]: 1,
    });
    expect(parent).toMatchObject({ rank: 2, pid: 6, binary: 'bash', parentId: ancestors[0]?.id });
    expect(ancestors).toMatchObject([
      { rank: 2, pid: 1, binary: 'systemd', id: 'falco:at:quay-7:1::1715108059:systemd' },
    ]);
  });

  it('without a pid stand by name above the process', () => {
    const { process, parent, ancestors } = event({
      ...exec,
      'proc.pname': 'bash',
      'proc.aname[2]': 'x',
    });
    expect(parent?.parentId).toBe(`falco:name:2:${process?.id}`);
    expect(ancestors).toMatchObject([{ rank: 1, binary: 'x' }]);
  });

  it('keep their levels where one is not told', () => {
    expect(levels({ 'proc.pname': 'a', 'proc.aname[3]': 'c' })).toEqual(['a', undefined, 'c']);
  });

  it('come from lists, unless names with spaces make them ambiguous', () => {
    expect(levels({ 'proc.aname': 'a b c' })).toEqual(['a', 'b', 'c']);
    expect(levels({ 'proc.pname': 'a', 'proc.aname': 'sh a b' })).toEqual(['a', 'b']);
    expect(levels({ 'proc.aname': ['a', 'b c'], 'proc.apid': [6, 1] })).toEqual(['a', 'b c']);
    expect(levels({ 'proc.pname': 'a b', 'proc.aname': 'a b c', 'proc.apid': '6 1' })).toEqual([
      'a b',
      '1',
    ]);
  });

  it('have arguments and paths of their own', () => {
    const { ancestors } = event({
      'proc.pid': 7,
      'proc.name': 'sh',
      'proc.apid[2]': 1,
      'proc.aexepath[2]': '/usr/lib/systemd/systemd',
      'proc.acmdline[2]': 'systemd --user',
    });
    expect(ancestors).toMatchObject([{ binary: '/usr/lib/systemd/systemd', arguments: '--user' }]);
  });

  it('end at what a chain of processes can be', () => {
    expect(levels({ 'proc.aname[99]': 'x', 'proc.aname[65]': 'y', 'proc.aname[0]': 'z' })).toEqual([
      undefined,
    ]);
  });
});

describe('where it happened', () => {
  it('is the pod of Falco’s fields, and absent where they say host, nothing or <NA>', () => {
    const pod = { 'k8s.ns.name': 'orchard', 'k8s.pod.name': 'pear-0', 'k8s.pod.uid': 'u' };
    expect(processOf({ ...exec, ...pod, 'k8s.pod.labels': 'b:2, a:1' })?.pod).toEqual({
      namespace: 'orchard',
      name: 'pear-0',
      uid: 'u',
      labels: ['a=1', 'b=2'],
    });
    for (const none of ['host', '', '<NA>', null]) {
      const found = processOf({ ...exec, 'container.id': none, 'k8s.pod.name': '<NA>' });
      expect(found?.container).toBeUndefined();
      expect(found?.pod).toBeUndefined();
    }
  });

  it('has the container’s start by time or by age', () => {
    const start = (fields: Record<string, unknown>) =>
      processOf({ ...exec, 'container.id': '3f9c1d2e4b5a', ...fields })?.container?.startTime;
    expect(start({ 'container.start_ts': '1715108000000000001' })).toBe(1_715_108_000_000_000_001n);
    expect(start({ 'container.duration': 180 })).toBe(ns - 180n);
    expect(start({})).toBeUndefined();
  });

  it('is the pod, the container or the node when no process is named', () => {
    const id = (fields: Record<string, unknown>): string | undefined => processOf(fields)?.id;
    const pod = { 'k8s.ns.name': 'orchard', 'k8s.pod.name': 'pear-0' };
    expect(id(pod)).toBe('falco:pod:orchard:pear-0:');
    expect(id({ ...pod, 'container.id': 'c', 'container.name': 'press' })).toBe(
      'falco:pod:orchard:pear-0:press',
    );
    expect(id({ 'container.id': 'c' })).toBe('falco:pod:::c');
    expect(id({})).toBe('falco:node:quay-7');
    expect(eventOf(decode(alert({}, { hostname: undefined }))).process).toBeUndefined();
  });

  it('of an audit rule is the pod of the call, wherever Falco runs', () => {
    const call = {
      'ka.target.resource': 'pods',
      'ka.target.namespace': 'orchard',
      'ka.target.name': 'pear-0',
    };
    const onPod = event({ ...call, 'ka.uri.param_command': 'sh' }, { source: 'k8s_audit' });
    expect(onPod).toMatchObject({ kind: 'alert', node: '', subject: 'pods orchard/pear-0: sh' });
    expect(onPod.process).toMatchObject({ rank: 1, id: 'falco:pod:orchard:pear-0:' });
    expect(event(call, { source: 'syscalls' }).process).toEqual(onPod.process);
    const other = event({ ...call, 'ka.target.resource': 'secrets' }, { source: 'k8s_audit' });
    expect(other).toMatchObject({ kind: 'alert', node: 'quay-7' });
    expect(other.process).toBeUndefined();
  });

  it('of another plugin is no process', () => {
    expect(event({ 'gcp.user': 'x' }, { source: 'gcp_auditlog' }).process).toBeUndefined();
  });

  it('takes a cluster off the host', () => {
    expect(event({}, { hostname: 'harbour/quay-7' })).toMatchObject({
      node: 'quay-7',
      cluster: 'harbour',
    });
  });
});

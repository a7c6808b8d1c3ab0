import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProcessEvent } from '../../event/event.ts';
import { type Nanos, nanos, parseTime } from '../../event/time.ts';
import { hasTrait, Trait } from '../../event/traits.ts';
import type { Decoded, Origin } from '../format.ts';
import { parseLossless } from '../losslessJson.ts';
import { kubearmor } from './kubearmor.ts';

const decoder = kubearmor.decoder();

function eventOf(record: unknown, origin?: Origin): ProcessEvent {
  const decoded = decoder.decode(record, origin);
  const [event] = decoded.kind === 'events' ? decoded.events : [];
  if (event === undefined) throw new Error(`no event: ${JSON.stringify(decoded)}`);
  return event;
}

const shell = {
  UpdatedTime: '2026-04-02T10:41:07.000005Z',
  ClusterName: 'harbour',
  HostName: 'quay-7',
  NamespaceName: 'orchard',
  PodName: 'pear-0',
  ContainerID: '5c1d7be0c3f1',
  ContainerName: 'press',
  HostPPID: 9303,
  HostPID: 9310,
  PPID: 9303,
  PID: 40,
  ParentProcessName: '/usr/bin/runc',
  ProcessName: '/bin/sh',
  Type: 'ContainerLog',
  Source: '/usr/bin/runc',
  Operation: 'Process',
  Resource: '/bin/sh -c id',
  Data: 'syscall=SYS_EXECVE',
  Result: 'Passed',
};

const network = { ...shell, Operation: 'Network', Source: '/bin/sh -c id' };
const time = (text: string): Nanos => parseTime(text) ?? nanos(0n);

describe('an exec', () => {
  it('is a process that starts then, below the host pid that is named as its parent', () => {
    const { kind, process, parent } = eventOf(shell);
    expect(kind).toBe('exec');
    expect(process).toMatchObject({
      rank: 4,
      pid: 9310,
      nsPid: 40,
      binary: '/bin/sh',
      arguments: '-c id',
      startTime: time('2026-04-02T10:41:07.000005Z'),
      parentId: parent?.id,
    });
    expect(parent).toMatchObject({ rank: 2, pid: 9303, binary: '/usr/bin/runc', traits: 0 });
    expect(parent?.pod).toBeUndefined();
  });

  it('takes the parent by name alone where a container record has no HostPPID, never by PPID', () => {
    const { process, parent } = eventOf({ ...shell, HostPPID: undefined });
    expect(parent).toMatchObject({ rank: 1, binary: '/usr/bin/runc' });
    expect(parent?.pid).toBeUndefined();
    expect(process?.parentId).toBe(parent?.id);
  });

  it('takes PPID where a host record has no HostPPID: there it is the same', () => {
    const host = { HostName: 'n', Type: 'HostLog', Operation: 'Process', HostPID: 7, PID: 7 };
    expect(eventOf({ ...host, PPID: 3 }).parent?.pid).toBe(3);
    expect(eventOf({ ...host, PID: 5, PPID: 3 }).parent).toBeUndefined();
    const early = eventOf({ ...host, HostPID: undefined, PPID: 3 });
    expect([early.process?.pid, early.parent?.pid]).toEqual([7, 3]);
  });

  it('keeps what follows the binary, also when its path has spaces', () => {
    const args = (ProcessName: string | undefined, Resource: string) =>
      eventOf({ ...shell, ProcessName, Resource }).process?.arguments;
    expect(args('/opt/my tool', '/opt/my tool -v')).toBe('-v');
    expect(args('/bin/sleep', '/usr/bin/sleep 10')).toBe('10');
    expect(args(undefined, '/bin/ls  -l ')).toBe(' -l ');
    expect(args('/bin/ls', '/bin/ls')).toBeUndefined();
  });

  it('that was refused is an image that never ran', () => {
    for (const Result of ['Permission denied', 'Operation not permitted']) {
      const alert = { Type: 'MatchedPolicy', PolicyName: 'p', Action: 'Block' };
      const event = eventOf({ ...shell, ...alert, Result });
      expect(event.kind).toBe('exec');
      expect(event.alert?.blocked).toBe(true);
      expect(hasTrait(event.process?.traits ?? 0, Trait.blocked)).toBe(true);
      const told = eventOf({ ...shell, Result });
      expect(told.alert).toBeUndefined();
      expect(hasTrait(told.process?.traits ?? 0, Trait.blocked)).toBe(true);
    }
  });

  it('that an alert only watched ran', () => {
    for (const Action of ['Audit', 'Allow', 'Audit (Block)']) {
      const event = eventOf({ ...shell, Type: 'MatchedPolicy', PolicyName: 'p', Action });
      expect(event.kind).toBe('exec');
      expect(event.alert).toMatchObject({ blocked: false, action: Action });
      expect(hasTrait(event.process?.traits ?? 0, Trait.blocked)).toBe(false);
    }
  });

  it('that failed is no exec: the process goes on with an image that is not told', () => {
    const event = eventOf({ ...shell, Result: 'No such file or directory' });
    expect(event.kind).toBe('other');
    expect(event.subject).toBe('exec /bin/sh -c id (No such file or directory)');
    expect(event.process?.pid).toBe(9310);
    expect(event.process?.binary).toBeUndefined();
  });
});

describe('an exec into the container', () => {
  const withId = (ExecID: unknown) => ({ ...shell, ExecEvent: { ExecID, ExecutableName: 'sh' } });

  it('marks the process and keeps its id for comparison', () => {
    const { process } = eventOf({ ...withId('9012345678901234567'), TTY: 'pts0' });
    expect(process?.flags).toBe('execEvent:9012345678901234567 tty:pts0');
    expect(hasTrait(process?.traits ?? 0, Trait.execIntoContainer)).toBe(true);
  });

  it('is none when the id is 0 or empty', () => {
    for (const id of ['0', '', 0, null, 'x']) {
      const { process } = eventOf(withId(id));
      expect(process?.flags).toBeUndefined();
      expect(hasTrait(process?.traits ?? 0, Trait.execIntoContainer)).toBe(false);
    }
  });

  it('keeps the digits of an id that is written as a number', () => {
    const line = JSON.stringify(withId('@')).replace('"@"', '9012345678901234567');
    expect(decoder.decode(JSON.parse(line))).toEqual({ kind: 'imprecise' });
    expect(eventOf(parseLossless(line)).process?.flags).toBe('execEvent:9012345678901234567');
  });

  it('cannot be claimed by the name of a terminal', () => {
    const { process } = eventOf({ ...withId('0'), TTY: 'pts0 execEvent:7' });
    expect(process?.flags).toBeUndefined();
  });
});

describe('the time', () => {
  const origin = { path: '', time: time('2026-01-01T00:00:00Z'), node: 'elsewhere' };
  const at = (times: object) => eventOf({ HostPID: 1, Operation: 'File', ...times }, origin).time;

  it('is UpdatedTime, else Timestamp, else that of the envelope, else none', () => {
    const UpdatedTime = '2026-04-02T10:00:00.5Z';
    expect(at({ UpdatedTime, Timestamp: 1_775_124_111 })).toBe(time(UpdatedTime));
    expect(at({ updatedTime: '2026-04-02T10:00:00.5' })).toBe(time(UpdatedTime));
    expect(at({ UpdatedTime: '', Timestamp: 1_775_124_111 })).toBe(time('2026-04-02T10:01:51Z'));
    expect(at({ Timestamp: 0 })).toBe(origin.time);
    expect(eventOf({ HostPID: 1, Operation: 'File' }).time).toBeUndefined();
  });

  it('tells the unit of a figure by its size', () => {
    const moment = time('2026-04-02T10:01:51Z');
    expect(at({ Timestamp: 1_775_124_111 })).toBe(moment);
    expect(at({ Timestamp: '1775124111000' })).toBe(moment);
    expect(at({ Timestamp: 1_775_124_111_000_000 })).toBe(moment);
    expect(at({ Timestamp: '1775124111000000000' })).toBe(moment);
    expect(at({ Timestamp: 99_999_999_999 })).toBe(99_999_999_999n * 1_000_000_000n);
    expect(at({ Timestamp: 100_000_000_000 })).toBe(100_000_000_000n * 1_000_000n);
    expect(at({ Timestamp: '9999999999999999999' })).toBe(origin.time);
  });
});

describe('the place', () => {
  it('is of the record, and of the envelope only where it is silent; the pod never', () => {
    const pod = { namespace: 'kubearmor', name: 'relay-0' };
    const origin = { path: '', node: 'quay-8', cluster: 'port', pod, container: { id: 'ff' } };
    expect(eventOf(shell, origin)).toMatchObject({ node: 'quay-7', cluster: 'harbour' });
    const silent = eventOf({ HostPID: 1, Operation: 'File', ClusterName: 'Default' }, origin);
    expect(silent).toMatchObject({ node: 'quay-8', cluster: 'port' });
    expect(silent.process?.pod).toBeUndefined();
    expect(silent.process?.container).toBeUndefined();
  });

  it('has no cluster called default, and no cluster in front of the node', () => {
    const event = eventOf({ ...shell, ClusterName: 'default', HostName: 'harbour/quay-7' });
    expect(event.cluster).toBeUndefined();
    expect(event.node).toBe('quay-7');
  });

  it('is the pod, or the node, where no process is known', () => {
    const { HostPID: _, ...podOnly } = shell;
    const alert = { Type: 'MatchedPolicy', PolicyName: 'p' };
    const event = eventOf({ ...podOnly, ...alert });
    expect(event.kind).toBe('alert');
    expect(event.process).toMatchObject({ rank: 1, id: 'kubearmor:pod:orchard:pear-0:press' });
    const firewall = { Type: 'MatchedNetworkPolicy', Operation: 'NetworkFirewall', HostName: 'n' };
    const dropped = eventOf({ ...firewall, Action: 'Block', Resource: 'INGRESS' });
    expect(dropped).toMatchObject({ kind: 'alert', alert: { blocked: true } });
    expect(dropped.process?.id).toBe('kubearmor:node:n');
  });
});

describe('numbers', () => {
  it('may be doubles and texts of doubles, as long as they are whole', () => {
    for (const HostPID of [1_252_488, 1_252_488.0, '1252488', '1.252488e+06', '1252488.0']) {
      expect(eventOf({ ...shell, HostPID }).process?.pid).toBe(1_252_488);
    }
    for (const HostPID of [1.5, '1.5', -1, '0x10', 2 ** 31, 1e99]) {
      expect(eventOf({ ...shell, HostPID }).process?.pid).toBeUndefined();
    }
  });

  it('of users have 32 bits, with or without a sign', () => {
    const uid = (UID: unknown) => eventOf({ ...shell, UID }).process?.uid;
    expect(uid(0)).toBe(0);
    expect(uid(-1)).toBe(4_294_967_295);
    expect(uid(2 ** 32)).toBeUndefined();
    expect(uid(-(2 ** 40))).toBeUndefined();
    expect(uid(undefined)).toBeUndefined();
  });
});

describe('the network', () => {
  it('reads the forms of an address, whatever their order', () => {
    const forms: readonly (readonly [string, string])[] = [
      ['remoteip=10.0.3.9 port=443 protocol=TCP', 'kprobe=tcp_connect domain=AF_INET'],
      ['protocol=TCP,port=443,remoteip=10.0.3.9', 'kprobe=tcp_connect,domain=AF_INET'],
      ['sin_port=443 sin_addr=10.0.3.9 sa_family=AF_INET', 'syscall=SYS_CONNECT fd=10'],
    ];
    for (const [Resource, Data] of forms) {
      const event = eventOf({ ...network, Resource, Data });
      expect(event.kind).toBe('connect');
      expect('socket' in event && event.socket).toMatchObject({
        destinationIp: '10.0.3.9',
        destinationPort: 443,
      });
    }
  });

  it('does not take the path of a unix socket for an address', () => {
    const Resource = 'sun_path=/x sin_addr=10.6.6.6 sin_port=1 sa_family=AF_INET';
    const event = eventOf({ ...network, Resource, Data: 'syscall=SYS_CONNECT fd=1' });
    expect(event.kind).toBe('other');
  });

  it('does not let a name that is asked for name the resolver', () => {
    const domain = 'a,daddr=203.0.113.9,qtype=TXT.seeds.example';
    const Data = `kfunc=UDP_SENDMSG,domain=${domain},daddr=10.96.0.10,qtype=A`;
    const event = eventOf({ ...network, Resource: 'sa_family=AF_INET sin_port=53', Data });
    expect('dns' in event && event.dns).toMatchObject({ resolverIp: '10.96.0.10', types: ['A'] });
  });

  it('shows a refused connection as a connection only where an alert says that it was blocked', () => {
    const Resource = 'remoteip=10.0.3.9 port=443 protocol=TCP';
    const refused = { ...network, Resource, Data: 'kprobe=tcp_connect domain=AF_INET' };
    const Result = 'Permission denied';
    expect(eventOf({ ...refused, Result })).toMatchObject({
      kind: 'other',
      subject: 'connect 10.0.3.9:443 (Permission denied)',
    });
    const alert = { Type: 'MatchedPolicy', PolicyName: 'p', Action: 'Block' };
    expect(eventOf({ ...refused, ...alert, Result })).toMatchObject({
      kind: 'connect',
      alert: { blocked: true, result: Result },
    });
  });
});

describe('records that are no events', () => {
  it('have their reasons', () => {
    const message = { Type: 'Message', Level: 'INFO', Message: 'm', UpdatedTime: 't' };
    expect(decoder.decode(message)).toEqual({ kind: 'skipped', reason: 'message' });
    expect(decoder.decode({ Type: 'ContainerLog' })).toMatchObject({ reason: 'no_event' });
    for (const other of [null, 7, 'x', [], {}, { HostPID: 1 }, { process_exec: {}, time: 'x' }]) {
      expect(kubearmor.sniff(other)).toBe(false);
      expect(decoder.decode(other)).toMatchObject({ kind: 'rejected', reason: 'no_event' });
    }
  });
});

const fields =
  'Type Operation HostName NamespaceName PodName ContainerID ContainerImage Labels ' +
  'ParentProcessName ProcessName HostPPID HostPID PPID PID UID Source Resource Data EventData ' +
  'Result Cwd TTY ExecEvent Owner PolicyName Severity Tags ATags Action UpdatedTime Timestamp ' +
  'MaxAlertsPerSec DroppingAlertsInterval __proto__ constructor toString';

const words =
  'ContainerLog|MatchedPolicy|SystemEvent|AlertThreshold|Process|File|Network|Syscall|' +
  'Permission denied|Passed|Block|0|99999999999999999999|syscall=SYS_EXECVE|syscall=SYS_CONNECT|' +
  'kfunc=UDP_SENDMSG,domain=,daddr=,qtype=|=|,| =|sin_addr=::|sun_path=|__proto__=1|domain=domain=';

const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(...words.split('|')),
  fc.double(),
  fc.maxSafeInteger(),
  fc.bigInt(-(2n ** 70n), 2n ** 70n),
  fc.constantFrom(null, true, [], [[]], {}, { __proto__: null }, { ExecID: 1e30, Ref: [] }),
  fc.dictionary(fc.string({ maxLength: 9 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 }),
);

const spelled = fc
  .tuple(fc.constantFrom(...fields.split(' ')), fc.boolean())
  .map(([name, camel]) => (camel ? `${name.slice(0, 1).toLowerCase()}${name.slice(1)}` : name));

it('whatever a record holds, the answer is one of four, and the same again', () => {
  const answers: readonly Decoded['kind'][] = ['events', 'skipped', 'rejected', 'imprecise'];
  fc.assert(
    fc.property(fc.dictionary(spelled, hostile, { maxKeys: 12 }), fc.boolean(), (changes, own) => {
      const record = own ? { ...shell, ...changes } : changes;
      const decoded = decoder.decode(record);
      expect(answers).toContain(decoded.kind);
      expect(kubearmor.decoder().decode(record)).toEqual(decoded);
      expect(kubearmor.sniff(record) || decoded.kind === 'rejected').toBe(true);
      for (const event of decoded.kind === 'events' ? decoded.events : []) {
        const { process, parent, label, dialect } = event;
        expect([dialect, label.startsWith('kubearmor:')]).toEqual(['kubearmor', true]);
        expect(process?.parentId).toBe(parent?.id);
      }
    }),
    { numRuns: 5_000 },
  );
});

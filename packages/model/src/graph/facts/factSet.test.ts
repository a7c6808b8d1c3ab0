import { describe, expect, it } from 'vitest';
import { EmittedSightings } from '../../event/emittedSightings.ts';
import { eventKinds, type ProcessEvent } from '../../event/event.ts';
import { FactBatchBuilder } from '../../event/factBatchBuilder.ts';
import { nanos } from '../../event/time.ts';
import { second, storyOf } from '../testing/told.ts';
import { batchOf } from '../testing/worlds.ts';
import { FactSet } from './factSet.ts';

const pod = { namespace: 'shop', name: 'web', uid: 'u1', labels: ['app=web'] };
const container = { id: 'containerd://abcdefabcdef0123', name: 'web', startTime: second(100) };
const process = {
  rank: 3 as const,
  id: 'x',
  traits: 0,
  pid: 5,
  startTime: second(110),
  ktime: 110_000_000_000n,
  pod,
  container,
};

const base = { dialect: 'tetragon' as const, node: 'n1', cluster: 'c1', ancestors: [] };
const exec: ProcessEvent = {
  ...base,
  kind: 'exec',
  label: 'process_exec',
  time: second(110),
  process: { ...process, rank: 4 },
};
const socket = {
  protocol: 'TCP',
  sourceIp: '10.0.0.5',
  sourcePort: 1,
  destinationIp: '10.0.0.6',
  destinationPort: 2,
  cookie: '9',
  names: ['a.example', 'b.example'],
  bytesSent: 7n,
};
const connect: ProcessEvent = {
  ...base,
  kind: 'connect',
  label: 'process_connect',
  time: second(120),
  process,
  socket,
};
const exit: ProcessEvent = {
  ...base,
  kind: 'exit',
  label: 'process_exit',
  time: second(130),
  process,
  exit: { code: 3 },
};
const gap: ProcessEvent = {
  ...base,
  kind: 'rate_limit',
  label: 'rate_limit_info',
  time: second(140),
  gap: { gap: 'rate_limit', count: 12 },
};

const others: readonly ProcessEvent[] = [
  {
    ...base,
    dialect: 'falco',
    label: 'falco:Read sensitive file',
    kind: 'file',
    subject: 'read /etc/shadow',
    time: second(60),
    process: { rank: 3, id: 'falco:at:n1:5::60:/bin/cat', traits: 0, pid: 5 },
    alert: {
      rule: 'Read sensitive file',
      severity: 'Warning',
      severityWord: 'Warning',
      tags: ['filesystem'],
      output: 'cat read /etc/shadow',
      action: '',
      enforcer: '',
      result: '',
      blocked: false,
    },
  },
  {
    ...base,
    dialect: 'hubble',
    label: 'hubble:l3_l4',
    kind: 'flow',
    time: second(61),
    process: { rank: 1, id: 'hubble:pod:shop:web:', traits: 0, pod },
    flow: {
      direction: 'inbound',
      protocol: 'TCP',
      sourceIp: '10.0.0.9',
      sourcePort: 4000,
      destinationIp: '10.0.0.5',
      destinationPort: 80,
      cookie: '',
      names: [],
      verdict: 'DROPPED',
      reason: 'POLICY_DENIED',
      end: nanos(5n),
    },
  },
  {
    ...base,
    dialect: 'audit',
    label: 'audit:create',
    kind: 'audit',
    time: second(62),
    audit: {
      auditId: 'a1',
      stage: 'ResponseComplete',
      verb: 'create',
      user: 'jane',
      groups: [],
      impersonating: '',
      sourceIps: ['10.1.1.1'],
      userAgent: 'kubectl',
      resource: 'pods',
      subresource: 'exec',
      apiGroup: '',
      namespace: 'shop',
      name: 'web',
      decision: 'allow',
      code: 101,
      container: 'web',
      command: ['sh', '-c', 'id'],
      callerNamespace: '',
      callerPod: '',
    },
  },
  {
    ...base,
    dialect: 'falco',
    label: 'falco:Falco internal: syscall event drop',
    kind: 'lost',
    time: second(63),
    gap: { gap: 'lost_events', count: 7, cgroup: 'ring buffer' },
  },
];

function factsOf(...batches: readonly (readonly ProcessEvent[])[]) {
  const set = new FactSet();
  for (const events of batches) set.add(batchOf(events));
  return set.facts();
}

describe('a set of facts', () => {
  it('holds what batches say: processes, pods, containers, sockets, exits, gaps', () => {
    const facts = factsOf([exec, connect, exit, gap]);
    expect(facts.pods).toMatchObject([
      { cluster: 'c1', name: 'web', uid: 'u1', labels: ['app=web'] },
    ]);
    expect(facts.containers).toMatchObject([
      { cluster: 'c1', id: container.id, name: 'web', pod: 'c1/shop/web/u1' },
    ]);
    expect(facts.sockets).toMatchObject([
      { kind: 'connect', names: socket.names, bytesSent: 7n, time: second(120) },
    ]);
    expect(facts.exits).toMatchObject([{ code: 3, time: second(130) }]);
    expect(facts.gaps).toEqual([
      { cluster: 'c1', node: 'n1', kind: 'rate_limit', time: second(140), count: 12 },
    ]);
  });

  it('knows when a process was active, by its own events', () => {
    const card = storyOf(factsOf([exec, connect, exit])).card('x');
    expect(card).toMatchObject({ firstSeen: second(110), lastSeen: second(130) });
  });

  it('does not take an appearance as a parent for activity', () => {
    const child: ProcessEvent = {
      ...exec,
      time: second(500),
      process: { ...process, id: 'y', pid: 6, rank: 4 },
      parent: { ...process, rank: 2 },
    };
    expect(storyOf(factsOf([exec, child])).card('x').lastSeen).toBe(second(110));
  });

  it('knows what each node reported, when, and when it booted', () => {
    const [node] = factsOf([exec, connect, exit]).nodes;
    expect(node).toMatchObject({
      cluster: 'c1',
      node: 'n1',
      firstTime: second(110),
      lastTime: second(130),
    });
    expect(node?.bootSeconds).toEqual([1_700_000_000]);
    expect([...(node?.kinds ?? [])]).toEqual([
      ['process_connect', 1],
      ['process_exec', 1],
      ['process_exit', 1],
    ]);
  });

  it('counts events by class, and one that says the same in other bytes once (D17)', () => {
    const again: ProcessEvent = {
      ...connect,
      process: { ...process, pod: { ...pod, labels: ['app=web', 'x=y'] } },
    };
    const facts = factsOf([exec, connect, exit], [again, connect]);
    expect(facts.counts).toMatchObject([{ exec: 2, network: 1, dns: 0 }]);
    expect(facts.sockets).toHaveLength(1);
    expect(facts.pods[0]?.labels).toEqual(['app=web', 'x=y']);
    expect(storyOf(facts).card('x').counts).toMatchObject({ exec: 2, network: 1 });
  });

  it('is the same in whatever batches and order its events come', () => {
    const whole = factsOf([exec, connect, exit, gap]);
    expect(factsOf([gap, exit], [connect], [exec])).toEqual(whole);
    expect(factsOf([exec, connect, exit, gap], [exec, connect, exit, gap])).toEqual(whole);
  });

  it('is the same when the decoder leaves out sightings that it has emitted before', () => {
    const emitted = new EmittedSightings();
    const set = new FactSet();
    for (const [line, event] of [exec, connect, exit, gap].entries()) {
      const builder = new FactBatchBuilder('', emitted);
      const record = { bytes: new Uint8Array(), offset: 0, line, member: 0, hash: BigInt(line) };
      builder.addDecoded(record, [event]);
      set.add(builder.finish());
    }
    expect(storyOf(set.facts()).card('x')).toEqual(
      storyOf(factsOf([exec, connect, exit, gap])).card('x'),
    );
  });

  it('holds flows, alerts, calls to the API and losses, each once', () => {
    const facts = factsOf(others, others.toReversed());
    expect(facts.flows).toMatchObject([{ label: 'hubble:l3_l4', verdict: 'DROPPED', end: 5n }]);
    expect(facts.alerts).toMatchObject([
      { label: 'falco:Read sensitive file', kind: 'file', subject: 'read /etc/shadow' },
    ]);
    expect(facts.audits).toMatchObject([{ auditId: 'a1', command: ['sh', '-c', 'id'] }]);
    expect(facts.gaps).toMatchObject([{ kind: 'lost_events', count: 7, detail: 'ring buffer' }]);
    expect(facts).toEqual(factsOf(...others.toReversed().map((event) => [event])));
  });

  it('counts an alert as what happened, and knows that the process has alerts', () => {
    const { counts } = factsOf(others);
    const alerted = counts.find(({ process: key }) => key.startsWith('falco\0'));
    expect(alerted).toMatchObject({ file: 1, other: 0 });
    expect(alerted?.kinds).toBe(
      (1 << eventKinds.indexOf('file')) | (1 << eventKinds.indexOf('alert')),
    );
    const flowing = counts.find(({ process: key }) => key.startsWith('hubble\0'));
    expect(flowing).toMatchObject({ network: 1, kinds: 1 << eventKinds.indexOf('flow') });
  });

  it('knows the dialect of a process by its id', () => {
    const { processes } = factsOf(others, [exec]);
    expect(new Set(processes.map(({ dialect, id }) => `${dialect} ${id}`))).toEqual(
      new Set(['tetragon x', 'falco falco:at:n1:5::60:/bin/cat', 'hubble hubble:pod:shop:web:']),
    );
  });

  it('takes a loss that only the reader saw', () => {
    const set = new FactSet();
    const cut = { cluster: 'c1', node: 'n1', kind: 'stream_cut' as const };
    set.addGap(cut);
    set.addGap(cut);
    expect(set.facts().gaps).toEqual([cut]);
  });
});

import { describe, expect, it } from 'vitest';
import type { FlowDetail, ProcessEvent, SocketDetail } from '../../event/event.ts';
import { addressIdOf, podIdOf } from '../../event/spelledIds.ts';
import { type Nanos, nanos } from '../../event/time.ts';
import type { Leaf } from '../derived.ts';
import { eventFacts, eventStory } from '../testing/eventStory.ts';
import { storyOf } from '../testing/told.ts';

const web = { namespace: 'shop', name: 'web-1' };
const db = { namespace: 'shop', name: 'db-1' };

function at(seconds: number): Nanos {
  return nanos(1_700_000_000_000_000_000n + BigInt(Math.round(seconds * 1000)) * 1_000_000n);
}

const ends = {
  protocol: 'TCP',
  sourceIp: '10.0.0.5',
  sourcePort: 40_000,
  destinationIp: '10.0.0.9',
  destinationPort: 5432,
};

/** A process of the pod `web-1` that connects. */
function connect(seconds: number, detail: Partial<SocketDetail> = {}, pid = 7): ProcessEvent {
  const socket = { ...ends, cookie: '', names: [], ...detail };
  const process = {
    rank: 3,
    id: `P${pid}`,
    traits: 0,
    pid,
    binary: '/app',
    pod: web,
    startTime: at(1),
  } as const;
  const place = { dialect: 'tetragon', node: 'n1', cluster: 'c1' } as const;
  return {
    ...place,
    kind: 'connect',
    label: 'process_connect',
    time: at(seconds),
    process,
    ancestors: [],
    socket,
  };
}

function flow(seconds: number, detail: Partial<FlowDetail> = {}, pod = web): ProcessEvent {
  const process = {
    rank: 1,
    id: podIdOf('hubble', pod.namespace, pod.name, ''),
    traits: 0,
    pod,
  } as const;
  return {
    dialect: 'hubble',
    node: 'n1',
    kind: 'flow',
    label: 'hubble:flow',
    time: at(seconds),
    process,
    ancestors: [],
    flow: {
      ...ends,
      direction: 'outbound',
      cookie: '',
      names: ['db.example'],
      verdict: 'FORWARDED',
      reason: '',
      sourcePod: web,
      destinationPod: db,
      ...detail,
    },
  };
}

function zeek(seconds: number, detail: Partial<FlowDetail> = {}): ProcessEvent {
  const from = detail.sourceIp ?? ends.sourceIp;
  const process = { rank: 1, id: addressIdOf('zeek', from), traits: 0 } as const;
  const event = flow(seconds, {
    direction: 'unknown',
    names: [],
    verdict: '',
    bytesSent: 10n,
    bytesReceived: 20n,
    end: at(seconds + 3),
    ...detail,
  });
  const {
    sourcePod: _source,
    destinationPod: _destination,
    ...seen
  } = event.kind === 'flow' ? event.flow : flowless();
  return {
    ...event,
    dialect: 'zeek',
    kind: 'flow',
    node: '',
    label: 'zeek:conn',
    process,
    flow: seen,
  };
}

function flowless(): never {
  throw new Error('no flow');
}

function text({
  direction,
  name,
  ip,
  port,
  verdict,
  bytesSent,
  bytesReceived,
  count,
}: Leaf): string {
  return `${direction} ${name ?? ip}:${port} ${verdict} ${bytesSent ?? '-'}/${bytesReceived ?? '-'} x${count}`;
}

function told(events: readonly ProcessEvent[]) {
  const { derived } = eventStory(events);
  return {
    own: derived.processes.flatMap(({ connections }) => connections.map(text)),
    loose: derived.loose.map(({ pod, address, connections }) => [
      derived.pods[pod ?? -1]?.fact.name ?? address,
      ...connections.map(text),
    ]),
  };
}

describe('a flow', () => {
  it('gives the connection of a process its verdict and name, and is no connection more', () => {
    expect(
      told([flow(10.2), connect(10), flow(10.4, { verdict: 'DROPPED', reason: 'POLICY_DENIED' })]),
    ).toEqual({
      own: ['outbound db.example:5432 DROPPED -/- x1'],
      loose: [],
    });
  });

  it('finds its process through the address of a service, by the end of the caller', () => {
    const events = [connect(10, { destinationIp: '10.96.0.7', destinationPort: 80 }), flow(10.2)];
    expect(told(events).own).toEqual(['outbound db.example:80 FORWARDED -/- x1']);
    expect(told(events).loose).toEqual([]);
  });

  it('stays on its pod when no process had such a connection then', () => {
    const others = [connect(10, { sourcePort: 40_001 }), connect(500)];
    for (const other of others) {
      expect(told([other, flow(10)]).loose).toEqual([
        ['web-1', 'outbound db.example:5432 FORWARDED -/- x1'],
      ]);
    }
  });

  it("goes to the only process that may have made it when nobody knows that one's own port", () => {
    const blind = { sourceIp: '', sourcePort: 0 };
    expect(told([connect(10, blind), flow(10.5)]).loose).toEqual([]);
    expect(told([connect(10, blind), connect(10, blind, 8), flow(10.5)]).loose).toHaveLength(1);
  });

  it('of the wire goes to the pod that has the address, and brings bytes where none are known', () => {
    expect(told([connect(10), zeek(10)])).toEqual({
      own: ['outbound 10.0.0.9:5432  10/20 x1'],
      loose: [],
    });
    expect(told([connect(10, { sourcePort: 9 }), zeek(10)]).loose).toEqual([
      ['web-1', 'outbound 10.0.0.9:5432  10/20 x1'],
    ]);
    const known = connect(10, { bytesSent: 1n, bytesReceived: 2n });
    expect(told([known, zeek(10)]).own).toEqual(['outbound 10.0.0.9:5432  1/2 x1']);
  });

  it('of an address that nobody knows stays on the address', () => {
    expect(told([zeek(10, { sourceIp: '192.0.2.7' })]).loose).toEqual([
      ['192.0.2.7', 'outbound 10.0.0.9:5432  10/20 x1'],
    ]);
  });
});

describe('a call that an agent prevented', () => {
  const alert = {
    rule: 'no-database',
    severity: 'Error',
    severityWord: '8',
    tags: [],
    output: '',
    action: 'Block',
    enforcer: 'BPFLSM',
    result: 'Permission denied',
    blocked: true,
  } as const;

  it('has the verdict of the alert that came with it', () => {
    expect(told([{ ...connect(10), alert }]).own).toEqual([
      'outbound 10.0.0.9:5432 BLOCKED -/- x1',
    ]);
  });

  it('is not another one that the process made at the same moment', () => {
    const { process, time, node, cluster } = connect(10);
    const file: ProcessEvent = {
      dialect: 'tetragon',
      kind: 'file',
      label: 'process_kprobe',
      node,
      ancestors: [],
      subject: 'read /etc/shadow',
      alert,
      ...(cluster === undefined ? {} : { cluster }),
      ...(process === undefined ? {} : { process }),
      ...(time === undefined ? {} : { time }),
    };
    expect(told([connect(10), file]).own).toEqual(['outbound 10.0.0.9:5432  -/- x1']);
  });

  it('has one reason when several rules prevented it, whichever is told first', () => {
    const rules = ['another', 'no-database'];
    const facts = eventFacts(rules.map((rule) => ({ ...connect(10), alert: { ...alert, rule } })));
    const reasons = [facts.alerts, facts.alerts.toReversed()].map((alerts) => {
      const { processes } = storyOf({ ...facts, alerts }).derived;
      return processes.flatMap(({ connections }) => connections.map((leaf) => leaf.verdictReason));
    });
    expect(reasons[0]).toEqual(reasons[1]);
    expect(reasons[0]).toEqual(['no-database: Permission denied']);
  });
});

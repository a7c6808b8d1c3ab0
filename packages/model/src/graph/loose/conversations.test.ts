import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlowDetail, ProcessEvent, SocketDetail } from '../../event/event.ts';
import { addressIdOf, podIdOf, seenIdOf } from '../../event/spelledIds.ts';
import { type Nanos, nanos } from '../../event/time.ts';
import { canonicalText } from '../canonicalText.ts';
import type { Conversation, ConversationEnd } from '../conversation.ts';
import { eventStory } from '../testing/eventStory.ts';

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

/** A process of `web-1` connects, or one of `db-1` accepts. */
function socket(
  kind: 'connect' | 'accept',
  seconds: number,
  detail: Partial<SocketDetail> = {},
): ProcessEvent {
  const pod = kind === 'connect' ? web : db;
  return {
    dialect: 'tetragon',
    node: 'n1',
    cluster: 'c1',
    kind,
    label: `process_${kind}`,
    time: at(seconds),
    process: {
      rank: 3,
      id: pod.name,
      traits: 0,
      pid: 7,
      binary: `/${pod.name}`,
      pod,
      startTime: at(1),
    },
    ancestors: [],
    socket: { ...ends, cookie: '', names: [], ...detail },
  };
}

function flow(seconds: number, detail: Partial<FlowDetail> = {}): ProcessEvent {
  const pod = detail.direction === 'inbound' ? db : web;
  return {
    dialect: 'hubble',
    node: 'n1',
    cluster: 'c1',
    kind: 'flow',
    label: 'hubble:flow',
    time: at(seconds),
    process: { rank: 1, id: podIdOf('hubble', pod.namespace, pod.name, ''), traits: 0, pod },
    ancestors: [],
    flow: {
      ...ends,
      direction: 'outbound',
      cookie: '',
      names: [],
      verdict: 'FORWARDED',
      reason: '',
      sourcePod: web,
      destinationPod: db,
      ...detail,
    },
  };
}

function wire(seconds: number, detail: Partial<FlowDetail> = {}): ProcessEvent {
  const from = detail.sourceIp ?? ends.sourceIp;
  return {
    dialect: 'zeek',
    node: '',
    kind: 'flow',
    label: 'zeek:conn',
    time: at(seconds),
    process: { rank: 1, id: addressIdOf('zeek', from), traits: 0 },
    ancestors: [],
    flow: {
      ...ends,
      direction: 'unknown',
      cookie: '',
      names: [],
      verdict: '',
      reason: '',
      bytesSent: 10n,
      bytesReceived: 20n,
      end: at(seconds + 3),
      ...detail,
    },
  };
}

function told(events: readonly ProcessEvent[]): readonly Conversation[] {
  return eventStory(events).derived.conversations ?? [];
}

function texts(events: readonly ProcessEvent[]): string[] {
  const { derived } = eventStory(events);
  const end = ({ process, pod, ip, port }: ConversationEnd): string =>
    `${derived.processes[process ?? -1]?.binary ?? ''}@${pod?.name ?? ''} ${ip}:${port}`;
  return (derived.conversations ?? []).map(
    ({ client, server, verdict, tellers }) =>
      `${end(client)} > ${end(server)} ${verdict || 'unjudged'} by ${tellers.join('+')}`,
  );
}

describe('a conversation that flows tell of', () => {
  it("is the process's own, judged by who watched, and both told it", () => {
    const dropped = flow(10.2, { verdict: 'DROPPED', reason: 'POLICY_DENIED' });
    expect(texts([socket('connect', 10), dropped])).toEqual([
      '/web-1@web-1 10.0.0.5:40000 > @db-1 10.0.0.9:5432 DROPPED by tetragon+hubble',
    ]);
  });

  it('has pods and no process where no agent sees processes', () => {
    expect(texts([flow(10, { verdict: 'DROPPED' }), flow(10.1, { direction: 'inbound' })])).toEqual(
      ['@web-1 10.0.0.5:40000 > @db-1 10.0.0.9:5432 DROPPED by hubble'],
    );
  });

  it('has the process at one end and the pod at the other', () => {
    expect(texts([socket('accept', 10), flow(10.2)])).toEqual([
      '@web-1 10.0.0.5:40000 > /db-1@db-1 10.0.0.9:5432 FORWARDED by tetragon+hubble',
    ]);
  });

  it('is of addresses where nobody knows the pods', () => {
    const [conversation] = told([wire(10, { sourceIp: '192.0.2.7' })]);
    expect(conversation).toMatchObject({
      client: { process: undefined, pod: undefined, ip: '192.0.2.7', port: 40_000 },
      server: { process: undefined, pod: undefined, ip: '10.0.0.9', port: 5432 },
      bytesSent: 10n,
      bytesReceived: 20n,
      closed: at(13),
      until: at(13),
      tellers: ['zeek'],
    });
  });

  it('is over when it was last seen: nobody holds it of whom more is known', () => {
    expect(told([flow(10)])[0]).toMatchObject({ closed: undefined, until: at(10) });
  });
});

/** As KubeArmor tells a connect or accept: without the process's own end, a moment later. */
function half(kind: 'connect' | 'accept', seconds: number, detail: Partial<SocketDetail> = {}) {
  const far =
    kind === 'connect'
      ? { destinationIp: ends.destinationIp, destinationPort: ends.destinationPort }
      : { destinationIp: ends.sourceIp, destinationPort: ends.sourcePort };
  const event = socket(kind, seconds, { sourceIp: '', sourcePort: 0, ...far, ...detail });
  const { binary = '', pid = 0, pod = web } = event.process ?? {};
  const id = seenIdOf({
    dialect: 'kubearmor',
    node: 'n1',
    pid,
    mark: '',
    binary,
    time: at(seconds),
  });
  return {
    ...event,
    dialect: 'kubearmor',
    label: 'kubearmor:Network',
    process: { rank: 3, id, traits: 0, pid, binary, pod },
  } as const;
}

describe('a connection that one agent tells in full and another without its own end', () => {
  it('is one, told by both', () => {
    expect(texts([socket('connect', 10), half('connect', 10.001)])).toEqual([
      '/web-1@web-1 10.0.0.5:40000 > @ 10.0.0.9:5432 unjudged by tetragon+kubearmor',
    ]);
  });

  it('is two when they lie far apart, or when there are two', () => {
    expect(texts([socket('connect', 10), half('connect', 15)])).toHaveLength(2);
    const again = half('connect', 10.3);
    expect(texts([socket('connect', 10), half('connect', 10.001), again])).toHaveLength(2);
  });
});

const anyEvent: fc.Arbitrary<ProcessEvent> = fc
  .record({
    what: fc.constantFrom('connect', 'accept', 'half', 'flow', 'wire'),
    seconds: fc.integer({ min: 0, max: 8 }).map((step) => 10 + step * 0.7),
    sourcePort: fc.constantFrom(0, 40_000, 40_001),
    destinationIp: fc.constantFrom('10.0.0.9', '10.96.0.7'),
    direction: fc.constantFrom('outbound', 'inbound', 'unknown'),
    verdict: fc.constantFrom('', 'FORWARDED', 'DROPPED'),
    cookie: fc.constantFrom('', 'a'),
  })
  .map(({ what, seconds, direction, verdict, ...detail }) => {
    switch (what) {
      case 'connect':
      case 'accept':
        return socket(what, seconds, detail);
      case 'half':
        return half(direction === 'inbound' ? 'accept' : 'connect', seconds);
      case 'flow':
        return flow(seconds, { ...detail, direction, verdict });
      case 'wire':
        return wire(seconds, detail);
    }
  });

describe('conversations', () => {
  it('are the same for any order and any repetition of what is told', () => {
    const order = fc.array(fc.nat(1e6), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 12 }), order, (events, keys) => {
        const retold = [...events, ...events.slice(0, 4)]
          .map((event, index) => ({ event, key: keys[index] ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ event }) => event);
        expect(canonicalText(eventStory(retold).derived)).toBe(
          canonicalText(eventStory(events).derived),
        );
      }),
      { numRuns: 500 },
    );
  });
});

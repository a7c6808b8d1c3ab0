import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DnsDetail, ProcessEvent, SocketDetail } from '../../event/event.ts';
import { podIdOf } from '../../event/spelledIds.ts';
import { type Nanos, nanos } from '../../event/time.ts';
import { canonicalText } from '../canonicalText.ts';
import type { Lookup } from '../derived.ts';
import { eventStory } from '../testing/eventStory.ts';

const web = { namespace: 'shop', name: 'web-1' };
const resolver = '10.96.0.10';

function at(seconds: number): Nanos {
  return nanos(1_700_000_000_000_000_000n + BigInt(Math.round(seconds * 1000)) * 1_000_000n);
}

/** Something that a process of the pod does, as its agent tells it. */
function ofProcess(pid: number, seconds: number) {
  return {
    dialect: 'tetragon',
    node: 'n1',
    cluster: 'c1',
    time: at(seconds),
    ancestors: [],
    process: {
      rank: 3,
      id: `P${pid}`,
      traits: 0,
      pid,
      binary: `/app${pid}`,
      pod: web,
      startTime: at(1),
    },
  } as const;
}

/** The process opens a socket to the resolver. */
function socket(
  pid: number,
  seconds: number,
  port: number,
  detail: Partial<SocketDetail> = {},
): ProcessEvent {
  return {
    ...ofProcess(pid, seconds),
    kind: 'connect',
    label: 'process_connect',
    socket: {
      protocol: 'UDP',
      sourceIp: '10.0.0.5',
      sourcePort: port,
      destinationIp: resolver,
      destinationPort: 53,
      cookie: '',
      names: [],
      ...detail,
    },
  };
}

function dnsOf(name: string, ips: readonly string[]): DnsDetail {
  return {
    response: ips.length > 0,
    rcode: 0,
    names: [name],
    ips,
    types: ['A'],
    resolverIp: resolver,
    resolverPort: 53,
  };
}

/** The process's own agent says that it asked. */
function asked(pid: number, seconds: number, name: string): ProcessEvent {
  return {
    ...ofProcess(pid, seconds),
    kind: 'dns',
    label: 'process_dns',
    dns: { ...dnsOf(name, []), resolverIp: '', resolverPort: 0 },
  };
}

/** A question, or with addresses an answer, that somebody saw on the wire of the pod. */
function seen(
  seconds: number,
  port: number,
  name: string,
  ips: readonly string[] = [],
): ProcessEvent {
  return {
    dialect: 'hubble',
    node: 'n1',
    kind: 'dns',
    label: 'hubble:dns',
    time: at(seconds),
    ancestors: [],
    process: { rank: 1, id: podIdOf('hubble', web.namespace, web.name, ''), traits: 0, pod: web },
    dns: dnsOf(name, ips),
    flow: {
      direction: 'outbound',
      protocol: 'UDP',
      sourceIp: '10.0.0.5',
      sourcePort: port,
      destinationIp: resolver,
      destinationPort: 53,
      cookie: '',
      names: [],
      verdict: 'FORWARDED',
      reason: '',
      sourcePod: web,
    },
  };
}

function text({ name, count, addresses }: Lookup): string {
  return `${name} x${count} ${addresses.join()}`.trim();
}

function lookups(events: readonly ProcessEvent[]) {
  const { derived } = eventStory(events);
  return {
    own: derived.processes
      .filter((process) => process.lookups.length > 0)
      .map((process) => [process.binary, ...process.lookups.map(text)]),
    loose: derived.loose.flatMap((place) => place.lookups.map(text)),
  };
}

describe('a lookup that was seen from outside', () => {
  it('is of the process whose socket carried it, whoever else asks at that moment', () => {
    const events = [
      socket(7, 10, 40_007),
      socket(8, 10, 40_008),
      seen(10.1, 40_008, 'evil.example'),
      seen(10.2, 40_008, 'evil.example', ['203.0.113.9']),
    ];
    expect(lookups(events)).toEqual({
      own: [['/app8', 'evil.example x1 203.0.113.9']],
      loose: [],
    });
  });

  it('gives the connection to the address its name', () => {
    const call = socket(8, 11, 50_000, {
      protocol: 'TCP',
      destinationIp: '203.0.113.9',
      destinationPort: 443,
    });
    const events = [
      socket(8, 10, 40_008),
      seen(10.2, 40_008, 'evil.example', ['203.0.113.9']),
      call,
    ];
    const { derived } = eventStory(events);
    expect(
      derived.processes.flatMap(({ connections }) => connections.map(({ name }) => name)),
    ).toContain('evil.example');
  });

  it('is one with what the own agent tells of it', () => {
    const events = [
      asked(7, 10, 'db.example'),
      seen(10.001, 40_001, 'db.example'),
      seen(10.002, 40_001, 'db.example', ['10.0.0.9']),
    ];
    expect(lookups(events)).toEqual({ own: [['/app7', 'db.example x1 10.0.0.9']], loose: [] });
  });

  it('is of the one that asked nearest in time, where no socket tells', () => {
    const events = [
      asked(7, 10, 'db.example'),
      asked(8, 11, 'db.example'),
      seen(11.1, 40_001, 'db.example', ['10.0.0.9']),
    ];
    expect(lookups(events).own).toEqual([
      ['/app7', 'db.example x1'],
      ['/app8', 'db.example x1 10.0.0.9'],
    ]);
  });

  it.each([
    ['nobody of the pod asked', [socket(7, 10, 40_007)]],
    ['two asked at one moment', [asked(7, 10, 'db.example'), asked(8, 10, 'db.example')]],
    ['the question is long ago', [asked(7, 5, 'db.example')]],
  ])('stays on its pod when %s', (_when, events) => {
    const answer = seen(10, 40_001, 'db.example', ['10.0.0.9']);
    expect(lookups([...events, answer]).loose).toEqual(['db.example x1 10.0.0.9']);
  });
});

const anyEvent: fc.Arbitrary<ProcessEvent> = fc
  .record({
    what: fc.constantFrom('socket', 'asked', 'seen', 'answered'),
    pid: fc.constantFrom(7, 8),
    seconds: fc.integer({ min: 0, max: 8 }).map((step) => 10 + step * 0.7),
    port: fc.constantFrom(0, 40_000, 40_001),
    name: fc.constantFrom('a.example', 'b.example'),
  })
  .map(({ what, pid, seconds, port, name }) => {
    switch (what) {
      case 'socket':
        return socket(pid, seconds, port);
      case 'asked':
        return asked(pid, seconds, name);
      case 'seen':
        return seen(seconds, port, name);
      case 'answered':
        return seen(seconds, port, name, ['203.0.113.9']);
    }
  });

it('lookups are the same for any order and any repetition of what is told', () => {
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
    { numRuns: 300 },
  );
});

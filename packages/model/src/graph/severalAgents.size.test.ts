import { describe, expect, it } from 'vitest';
import type { ProcessEvent } from '../event/event.ts';
import type { Facts } from '../event/facts.ts';
import { podIdOf } from '../event/spelledIds.ts';
import { type AgentRecord, agentFacts } from './testing/agentTold.ts';
import { eventFacts } from './testing/eventStory.ts';
import { growthOf } from './testing/growth.ts';
import { factsOf, second, type Telling } from './testing/told.ts';

/** Four times as many may cost so many times four times as much; squared work would be 4 here. */
const slack = 2.5;

function told(tellings: readonly Telling[], records: readonly AgentRecord[]): Facts {
  const own = factsOf(tellings);
  const { processes, pods, containers } = agentFacts(records);
  return {
    ...own,
    processes: [...own.processes, ...processes],
    pods: [...own.pods, ...pods],
    containers: [...own.containers, ...containers],
  };
}

function times<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** One process that acts every second, for days. */
function oneLongLife(count: number): Facts {
  const acts = times(
    count,
    (i): AgentRecord => ({ does: 'acts', at: 20 + i, pid: 7, binary: '/bin/sh', ppid: 1 }),
  );
  return told([], acts);
}

/** One pid that lives again and again. */
function onePid(count: number): Facts {
  const lives = times(
    count,
    (i): AgentRecord => ({ does: 'exec', at: 20 + i * 100, pid: 7, binary: `/bin/${i % 5}` }),
  );
  return told([], lives);
}

/** Every exec told by three agents, of which one gives ids. */
function threeAgents(count: number): Facts {
  const execs = times(count, (i) => ({
    at: 20 + i / 100,
    pid: 1000 + (i % 30_000),
    binary: '/bin/sh',
  }));
  const records = execs.flatMap((exec): AgentRecord[] => [
    { does: 'exec', dialect: 'falco', mark: `${exec.at}`, ...exec },
    { does: 'exec', dialect: 'kubearmor', ...exec, at: exec.at + 0.001 },
  ]);
  return told(
    execs.map((exec, i) => ({ id: `p${i}`, ...exec })),
    records,
  );
}

/** As `threeAgents`, at one moment: nothing but the pid tells them apart. */
function atOnce(count: number): Facts {
  const execs = times(count, () => ({ at: 20, pid: 7, binary: '/bin/sh' }));
  const records = execs.map(
    (exec, i): AgentRecord => ({ does: 'exec', dialect: 'falco', mark: `${i}`, ...exec }),
  );
  return told(
    execs.map((exec, i) => ({ id: `p${i}`, ...exec })),
    records,
  );
}

const pod = { namespace: 'shop', name: 'web-1' };
const ends = {
  protocol: 'TCP',
  sourceIp: '10.0.0.5',
  destinationIp: '10.0.0.9',
  destinationPort: 53,
  cookie: '',
  names: [],
};
const place = { node: 'n1', cluster: 'c1', ancestors: [] };

/** A process that connects, from a port of its own or from none that is told. */
function connectOf(pid: number, at: number, sourcePort: number): ProcessEvent {
  return {
    ...place,
    dialect: 'tetragon',
    kind: 'connect',
    label: 'process_connect',
    time: second(at),
    process: { rank: 3, id: `P${pid}`, traits: 0, pid, binary: '/app', pod, startTime: second(1) },
    socket: { ...ends, sourcePort },
  };
}

/** The same, as somebody saw it who sees no processes: with a lookup. */
function seenOf(at: number, sourcePort: number, name: string): ProcessEvent {
  const { namespace } = pod;
  return {
    ...place,
    dialect: 'hubble',
    kind: 'dns',
    label: 'hubble:dns',
    time: second(at),
    process: { rank: 1, id: podIdOf('hubble', namespace, pod.name, ''), traits: 0, pod },
    dns: {
      response: false,
      rcode: 0,
      names: [name],
      ips: [],
      types: ['A'],
      resolverIp: ends.destinationIp,
      resolverPort: 53,
    },
    flow: { ...ends, direction: 'outbound', sourcePort, verdict: 'FORWARDED', reason: '' },
  };
}

/** Connections and what was seen of them; `port` tells from which. */
function talks(count: number, port: (index: number) => number): Facts {
  return eventFacts(
    times(count, (i) => i).flatMap((i) => [
      connectOf(i % 20, 20 + i / 10, port(i)),
      seenOf(20.01 + i / 10, port(i), `n${i % 1000}.example`),
    ]),
  );
}

describe('what several agents tell', { timeout: 600_000 }, () => {
  it.each([
    ['one life seen 80,000 times', oneLongLife, 80_000],
    ['40,000 lives of one pid', onePid, 40_000],
    ['40,000 execs told by three agents', threeAgents, 40_000],
    ['20,000 execs at one moment, by two agents', atOnce, 20_000],
    [
      '20,000 connections, each from its port',
      (count: number) => talks(count, (i) => 1024 + i),
      20_000,
    ],
    ['20,000 connections, all from one port', (count: number) => talks(count, () => 4000), 20_000],
    ['20,000 connections of unknown ports', (count: number) => talks(count, () => 0), 20_000],
  ])('costs at most 2.5 times as much each among four times as many: %s', (title, shape, count) => {
    const { derived, growth } = growthOf(title, shape, count);
    expect(derived.processes.length).toBeGreaterThan(0);
    expect(growth).toBeLessThan(slack);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlowDetail, ProcessEvent } from '../../event/event.ts';
import { parseTime } from '../../event/time.ts';
import type { Origin } from '../format.ts';
import { parseLossless } from '../losslessJson.ts';
import { hubble } from './hubble.ts';

const pear = { ID: 812, namespace: 'orchard', pod_name: 'pear-0', labels: ['k8s:app=pear'] };
const plum = { namespace: 'orchard', pod_name: 'plum-1' };
const ask = {
  verdict: 'FORWARDED',
  IP: { source: '10.44.1.17', destination: '10.44.2.9' },
  l4: { TCP: { source_port: 41830, destination_port: 8080 } },
  source: pear,
  destination: plum,
  traffic_direction: 'EGRESS',
  is_reply: false,
};
const answer = {
  ...ask,
  IP: { source: '10.44.2.9', destination: '10.44.1.17' },
  l4: { TCP: { source_port: 8080, destination_port: 41830 } },
  source: plum,
  destination: pear,
  is_reply: true,
};

function decode(value: unknown, origin?: Origin) {
  return hubble.decoder().decode(value, origin);
}

function eventsOf(value: unknown, origin?: Origin): readonly ProcessEvent[] {
  const decoded = decode(value, origin);
  return decoded.kind === 'events' ? decoded.events : [];
}

function flowOf(flow: object): FlowDetail | undefined {
  return eventsOf({ flow, node_name: 'harbour/quay-7' })
    .map((event) => ('flow' in event ? event.flow : undefined))
    .find((detail) => detail !== undefined);
}

describe('a flow', () => {
  it('has the same ends whether the packet asks or answers', () => {
    expect(flowOf(answer)).toEqual(flowOf(ask));
    expect(flowOf(ask)).toMatchObject({ direction: 'outbound', sourcePort: 41830 });
  });

  it('is of the pod where it was observed', () => {
    const ids = ['EGRESS', 'INGRESS'].flatMap((traffic_direction) =>
      eventsOf({ flow: { ...ask, traffic_direction }, node_name: 'n' }),
    );
    expect(ids.map((event) => event.process?.id)).toEqual([
      'hubble:pod:orchard:pear-0:',
      'hubble:pod:orchard:plum-1:',
    ]);
  });

  it('is of the pod whose answer was dropped, although the agent calls that EGRESS', () => {
    const { is_reply: _, ...dropped } = { ...answer, verdict: 'DROPPED' };
    const flags = { SYN: true, ACK: true };
    const l4 = { TCP: { source_port: 8080, destination_port: 41830, flags } };
    const [event] = eventsOf({ flow: { ...dropped, l4 }, node_name: 'n' });
    expect(event?.process?.id).toBe('hubble:pod:orchard:plum-1:');
    expect(event).toMatchObject({ flow: { direction: 'inbound', destinationPort: 8080 } });
  });

  it('takes its names from the end that was called', () => {
    const names = { source_names: ['pear.example'], destination_names: ['plum.example.'] };
    expect(flowOf({ ...ask, ...names })?.names).toEqual(['plum.example']);
    const turned = { source_names: ['plum.example.'], destination_names: ['pear.example'] };
    expect(flowOf({ ...answer, ...turned })?.names).toEqual(['plum.example']);
  });

  it('says what became of it, and why', () => {
    const dropped = {
      ...ask,
      verdict: 'DROPPED',
      drop_reason_desc: 'POLICY_DENIED',
      egress_denied_by: [{ name: 'no-mail', namespace: 'orchard' }],
    };
    expect(flowOf(dropped)).toMatchObject({
      verdict: 'DROPPED',
      reason: 'POLICY_DENIED by orchard/no-mail',
    });
  });

  it('keeps every digit of a cookie, and asks again for one that lost some', () => {
    const text = JSON.stringify({ flow: ask, node_name: 'n' }).replace(
      '"verdict"',
      '"socket_cookie":18446744069414584321,"verdict"',
    );
    expect(decode(JSON.parse(text))).toEqual({ kind: 'imprecise' });
    const [event] = eventsOf(parseLossless(text));
    expect(event).toMatchObject({ flow: { cookie: '18446744069414584321' } });
  });

  it('is taken bare and in its envelope, with the same meaning', () => {
    const bare = { ...ask, time: '2026-03-01T09:00:00Z', node_name: 'harbour/quay-7' };
    expect(eventsOf(bare)).toEqual(eventsOf({ flow: bare, node_name: 'other', time: 'x' }));
  });

  it('asks its file only for what it does not say', () => {
    const time = parseTime('2026-03-01T09:00:00Z');
    if (time === undefined) throw new Error('no time');
    const origin: Origin = { path: 'events.log', time, node: 'quay-9', cluster: 'file' };
    expect(eventsOf({ flow: ask }, origin)[0]).toMatchObject({
      time,
      node: 'quay-9',
      cluster: 'file',
    });
    const named = { flow: ask, node_name: 'harbour/quay-7', time: '2026-03-02T09:00:00Z' };
    expect(eventsOf(named, origin)[0]).toMatchObject({ node: 'quay-7', cluster: 'harbour' });
  });

  it('keeps of a lookup who asked from which port, and whether it was refused', () => {
    const l7 = { type: 'REQUEST', dns: { query: 'tunnel.example.', qtypes: ['TXT'] } };
    for (const verdict of ['FORWARDED', 'DROPPED']) {
      const events = eventsOf({ flow: { ...ask, verdict, l7 }, node_name: 'n' });
      expect(events).toMatchObject([
        { kind: 'dns', flow: { direction: 'outbound', destinationPort: 8080, verdict } },
      ]);
    }
  });

  it('tells nobody the password of a URL', () => {
    const l7 = {
      type: 'REQUEST',
      http: { method: 'GET', url: 'http://clerk:hunter2@shop.example/' },
    };
    const events = eventsOf({ flow: { ...ask, l7 }, node_name: 'n' });
    expect(events[0]?.subject).toBe('GET http://*****@shop.example/');
    expect(flowOf({ ...ask, l7 })?.names).toEqual(['shop.example']);
  });
});

describe('what is not a flow', () => {
  it('is a loss with its number and place', () => {
    const lost = { source: 'HUBBLE_RING_BUFFER', num_events_lost: '12', cpu: 1 };
    expect(eventsOf({ lost_events: lost, node_name: 'harbour/quay-7' })[0]).toMatchObject({
      kind: 'lost',
      node: 'quay-7',
      gap: { gap: 'lost_events', count: 12, cgroup: 'HUBBLE_RING_BUFFER, CPU 1' },
    });
  });

  it('is noise with its name, or not ours', () => {
    const status = { node_status: { state_change: 'NODE_CONNECTED' }, node_name: 'n' };
    expect(decode(status)).toEqual({ kind: 'skipped', reason: 'node_status' });
    const others: readonly unknown[] = [
      { flow: { pkts_toserver: 3, state: 'new' }, event_type: 'flow', timestamp: 'x' },
      { flow: {}, time: '2026-03-01T09:00:00Z' },
      { flow: 'checkout', node_name: 'n' },
      { verdict: 'guilty', source: 'press' },
      { verdict: { action: 'pass' }, source: {} },
      { lost_events: {}, node_name: 'n' },
      { agent_event: {} },
    ];
    for (const value of others) {
      expect(hubble.sniff(value)).toBe(false);
      expect(decode(value).kind).toBe('rejected');
    }
  });
});

describe('any record', () => {
  const anything = fc.jsonValue({ maxDepth: 3 });
  const endpoint = fc.record(
    { ID: anything, identity: anything, namespace: anything, pod_name: anything, labels: anything },
    { requiredKeys: [] },
  );
  const ends = fc.record({ source: anything, destination: anything }, { requiredKeys: [] });
  const flow = fc.record(
    {
      time: anything,
      verdict: fc.oneof(anything, fc.constantFrom('DROPPED', 'FORWARDED', 2)),
      IP: fc.oneof(anything, ends),
      l4: fc.oneof(anything, fc.record({ TCP: anything }), fc.record({ UDP: anything })),
      l7: fc.oneof(
        anything,
        fc.record({ type: anything, dns: fc.record({ query: anything, ips: anything }) }),
        fc.record({ type: anything, http: fc.record({ url: anything, headers: anything }) }),
        fc.record({ kafka: anything }),
      ),
      source: fc.oneof(anything, endpoint),
      destination: fc.oneof(anything, endpoint),
      traffic_direction: fc.oneof(anything, fc.constantFrom('EGRESS', 'INGRESS')),
      is_reply: fc.oneof(anything, fc.boolean()),
      socket_cookie: anything,
      drop_reason_desc: anything,
      egress_denied_by: anything,
      destination_names: anything,
    },
    { requiredKeys: [] },
  );
  const record = fc.oneof(
    flow,
    anything,
    fc.record(
      {
        flow: fc.oneof(flow, anything),
        lost_events: fc.oneof(anything, fc.record({ num_events_lost: anything, source: anything })),
        agent_event: anything,
        node_name: anything,
        time: anything,
      },
      { requiredKeys: [] },
    ),
  );

  it('gets one of the four answers, the same one twice, and none that sniffing denies', () => {
    fc.assert(
      fc.property(record, (value) => {
        const decoded = decode(value);
        expect(decode(value)).toEqual(decoded);
        const answers = hubble.sniff(value)
          ? ['events', 'skipped', 'rejected', 'imprecise']
          : ['rejected'];
        expect(answers).toContain(decoded.kind);
        expect(decoded.kind === 'events' && decoded.events.length === 0).toBe(false);
      }),
      { numRuns: 2000 },
    );
  });
});

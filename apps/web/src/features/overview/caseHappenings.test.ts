import { describe, expect, it } from 'vitest';
import type { CallItem, ConversationItem, DestinationItem, HopItem } from '../../api/answers.ts';
import { destinations, pods } from '../../testing/fakeData.ts';
import { happeningsOf } from './caseHappenings.ts';

const nothing = { pods: [], calls: [], destinations: [], hops: [], conversations: [] };

function call(mark: CallItem['mark'], auditId: string): CallItem {
  return {
    mark,
    auditId,
    time: null,
    ended: null,
    user: 'ci@shop.example',
    impersonating: '',
    sourceIps: [],
    userAgent: '',
    verb: 'get',
    resource: 'secrets',
    subresource: '',
    namespace: 'shop',
    name: 'keys',
    decision: 'allow',
    code: 200,
    container: '',
    command: [],
    target: null,
    caller: null,
    callerBy: null,
    madeBy: null,
    makers: 0,
    process: null,
  };
}

const end = (binary: string, lateNew: boolean): HopItem['from'] => ({
  ref: binary,
  namespace: 'shop',
  pod: binary,
  binary,
  pid: 1,
  lateNew,
  outOfPlace: [],
  lateByMs: null,
});

const hop = (from: HopItem['from'], to: HopItem['from']): HopItem => ({
  from,
  to,
  port: 9200,
  protocol: 'TCP',
  firstSeen: null,
  lastSeen: null,
  bytesSent: '1',
  bytesReceived: '2',
  evidence: '',
  confidence: 'likely',
});

const talker = (ip: string, lateNew: boolean): ConversationItem['client'] => ({
  ref: ip,
  cluster: null,
  node: null,
  namespace: 'shop',
  pod: ip,
  binary: ip,
  pid: 1,
  lateNew,
  outOfPlace: [],
  ip,
  port: 1,
  name: null,
  nameEvidence: '',
  scope: null,
});

const talk = (client: ConversationItem['client'], verdict: string): ConversationItem => ({
  client,
  server: talker('198.51.100.66', false),
  accepted: null,
  protocol: 'TCP',
  directionKnown: true,
  bytesSent: null,
  bytesReceived: null,
  verdict,
  verdictReason: '',
  firstSeen: null,
  lastSeen: null,
  opened: null,
  closed: null,
  open: false,
  evidence: '',
  confidence: null,
  agents: [],
});

describe('what happened in a case', () => {
  it('is nothing where nothing is told', () => {
    expect(happeningsOf(nothing)).toEqual({
      calls: [],
      reaches: [],
      leavings: [],
      refusals: [],
      running: [],
    });
  });

  it('names who came in before what was read and changed, and leaves out that pods were created', () => {
    const calls = [
      call('pod_created', 'a'),
      call('rbac_changed', 'b'),
      call('secret_read', 'c'),
      call('exec', 'd'),
    ];
    expect(happeningsOf({ ...nothing, calls }).calls.map(({ auditId }) => auditId)).toEqual([
      'd',
      'c',
      'b',
    ]);
  });

  it('tells of ways between pods that a process which stands out went, each once', () => {
    const loud = end('curl', true);
    const java = end('java', false);
    const hops = [hop(end('node', false), java), hop(loud, java), hop(loud, java)];
    expect(happeningsOf({ ...nothing, hops }).reaches).toMatchObject([
      { hop: { from: { binary: 'curl' } }, count: 2 },
    ]);
  });

  it('counts bytes that left by processes that stand out, and by nobody else', () => {
    const [one] = destinations;
    const caller = one?.processes[0];
    if (one === undefined || caller === undefined) throw new Error('no destination');
    const by = (ref: string, lateNew: boolean, bytesSent: string | null) => ({
      ...caller,
      ref,
      lateNew,
      outOfPlace: [],
      bytesSent,
    });
    const to = (external: boolean, processes: DestinationItem['processes']): DestinationItem => ({
      ...one,
      external,
      processes,
    });
    const { leavings } = happeningsOf({
      ...nothing,
      destinations: [
        to(true, [by('quiet', false, '900'), by('a', true, '10'), by('b', true, '30')]),
        to(true, [by('c', true, null)]),
        to(false, [by('d', true, '5000')]),
        to(true, [{ ...by('', false, '7'), ref: null }]),
      ],
    });
    expect(leavings.map(({ caller: { ref }, bytes, senders }) => [ref, bytes, senders])).toEqual([
      ['b', 40, 2],
      [null, 7, 1],
    ]);
  });

  it('tells what did not come about, of whom stands out first', () => {
    const { refusals } = happeningsOf({
      ...nothing,
      conversations: [
        talk(talker('10.0.0.1', false), 'DROPPED'),
        talk(talker('10.0.0.1', false), 'DROPPED'),
        talk(talker('10.0.0.2', true), 'BLOCKED'),
        talk(talker('10.0.0.3', true), 'FORWARDED'),
      ],
    });
    expect(refusals.map(({ conversation, count }) => [conversation.client.ip, count])).toEqual([
      ['10.0.0.2', 1],
      ['10.0.0.1', 2],
    ]);
  });

  it('names pods in which something still ran', () => {
    const [one, other] = pods;
    if (one === undefined || other === undefined) throw new Error('no pods');
    const first = { ref: 'x', binary: '/tmp/.x', arguments: '', pid: 1 };
    const { running } = happeningsOf({
      ...nothing,
      pods: [
        { ...one, stillRuns: { processes: 1, first } },
        { ...other, stillRuns: null },
      ],
    });
    expect(running.map(({ pod }) => pod)).toEqual([one.pod]);
  });
});

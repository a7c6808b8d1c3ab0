import { describe, expect, it } from 'vitest';
import type { AlertFact, FlowFact } from '../event/facts.ts';
import { eventSummary } from './eventSummary.ts';
import type { EventView } from './eventView.ts';

const connect: EventView = {
  id: '1',
  kind: 'connect',
  label: 'process_kprobe',
  time: undefined,
  node: 'n1',
  process: '',
  subject: 'policy watch-egress, action POST',
  source: 's1',
  sameAs: false,
  lookup: undefined,
  exit: undefined,
  socket: {
    process: '',
    cluster: '',
    node: 'n1',
    cookie: '',
    kind: 'connect',
    protocol: 'TCP',
    sourceIp: '10.0.0.5',
    sourcePort: 4000,
    destinationIp: '192.0.2.9',
    destinationPort: 443,
    names: ['shop.example'],
  },
};

describe('the line of a loss', () => {
  const bare: EventView = { ...connect, subject: '', socket: undefined };

  it('is a sentence, though nothing else is known of it', () => {
    expect(eventSummary({ ...bare, kind: 'rate_limit' }, undefined)).toContain('dropped events');
    expect(eventSummary({ ...bare, kind: 'throttle' }, undefined)).toContain(
      'a cgroup: throttling',
    );
  });

  it('names the cgroup', () => {
    const throttle: EventView = { ...bare, kind: 'throttle', subject: 'session-1.scope' };
    expect(eventSummary(throttle, undefined)).toContain('cgroup session-1.scope: throttling');
  });
});

describe('the line of a connection', () => {
  it('names the policy that reported it', () => {
    expect(eventSummary(connect, undefined)).toBe(
      'TCP 10.0.0.5:4000 → 192.0.2.9:443 shop.example · policy watch-egress, action POST',
    );
  });

  it('says what was carried before the names, of which a narrow list cuts the end', () => {
    const { socket } = connect;
    if (socket === undefined) throw new Error('a connection has a socket');
    const close: EventView = {
      ...connect,
      kind: 'close',
      subject: '',
      socket: { ...socket, bytesSent: 110n, bytesReceived: 126n },
    };
    expect(eventSummary(close, undefined)).toBe(
      'TCP 10.0.0.5:4000 → 192.0.2.9:443 110 B sent, 126 B received shop.example',
    );
  });

  it('says a server name once', () => {
    const tls: EventView = { ...connect, kind: 'tls', subject: 'shop.example' };
    expect(eventSummary(tls, undefined)).toBe('TCP 10.0.0.5:4000 → 192.0.2.9:443 shop.example');
  });
});

describe('the line of a command', () => {
  it('keeps what stands unseen at the end of the last argument', () => {
    const exec: EventView = { ...connect, kind: 'exec', socket: undefined };
    const image = { binary: '/bin/cat', arguments: 'notes.txt\uFEFF' };
    expect(eventSummary(exec, { process: image, image: undefined })).toBe(
      '/bin/cat notes.txt\uFEFF',
    );
  });
});

describe('the line of a flow', () => {
  const flow: FlowFact = {
    process: '',
    cluster: '',
    node: 'n1',
    label: 'hubble:flow',
    direction: 'outbound',
    protocol: 'TCP',
    sourceIp: '10.0.0.5',
    sourcePort: 40_000,
    destinationIp: '192.0.2.9',
    destinationPort: 443,
    cookie: '',
    names: ['shop.example'],
    verdict: 'DROPPED',
    reason: 'POLICY_DENIED',
    sourcePod: { namespace: 'shop', name: 'web-1' },
  };
  const bare: EventView = { ...connect, kind: 'flow', subject: '', socket: undefined };

  it('says who, whom, by which name, and what became of it', () => {
    expect(eventSummary({ ...bare, flow }, undefined)).toBe(
      'TCP 10.0.0.5:40000 shop/web-1 → 192.0.2.9:443 shop.example DROPPED (POLICY_DENIED)',
    );
    const seen = { ...flow, verdict: '', reason: '', names: [], bytesSent: 7n };
    expect(eventSummary({ ...bare, flow: seen, subject: 'GET /' }, undefined)).toBe(
      'TCP 10.0.0.5:40000 shop/web-1 → 192.0.2.9:443 7 B sent, 0 B received · GET /',
    );
    const unplaced = { ...seen, sourcePod: { namespace: '', name: 'web-1' } };
    expect(eventSummary({ ...bare, flow: unplaced }, undefined)).toContain(':40000 web-1 →');
  });
});

describe('the line of an alert', () => {
  const alert: AlertFact = {
    process: '',
    cluster: '',
    node: 'n1',
    label: 'falco:Read sensitive file',
    kind: 'file',
    subject: '',
    rule: 'Read sensitive file',
    severity: 'Warning',
    severityWord: 'Warning',
    tags: [],
    output: 'somebody read it\nand more',
    action: '',
    enforcer: '',
    result: '',
    blocked: false,
  };
  const file: EventView = { ...connect, kind: 'file', subject: 'read /x', socket: undefined };

  it('is what happened and the rule that spoke; of a mere alert its text', () => {
    expect(eventSummary({ ...file, alert }, undefined)).toBe(
      'read /x · Warning Read sensitive file',
    );
    expect(eventSummary({ ...file, alert: { ...alert, blocked: true } }, undefined)).toBe(
      'read /x · BLOCKED Warning Read sensitive file',
    );
    expect(eventSummary({ ...file, kind: 'alert', alert }, undefined)).toBe(
      'Warning Read sensitive file: somebody read it',
    );
  });
});

it('an exit and a lookup of nobody known begin with the binary that their record names', () => {
  const bare: EventView = { ...connect, subject: '/usr/bin/curl', socket: undefined };
  const exit = { process: '', cluster: '', node: 'n1', code: 1 };
  expect(eventSummary({ ...bare, kind: 'exit', exit }, undefined)).toBe('/usr/bin/curl: code 1');
  const curl = { process: { binary: '/usr/bin/curl', arguments: '' }, image: undefined };
  expect(eventSummary({ ...bare, kind: 'exit', exit }, curl)).toBe('code 1');
  const lookup = {
    process: '',
    cluster: '',
    node: 'n1',
    response: false,
    rcode: 0,
    names: ['shop.example'],
    ips: [],
    types: ['A'],
    resolverIp: '',
    resolverPort: 0,
  };
  expect(eventSummary({ ...bare, kind: 'dns', lookup }, undefined)).toBe(
    '/usr/bin/curl: A shop.example',
  );
  const named = { ...bare, subject: 'shop.example' };
  expect(eventSummary({ ...named, kind: 'dns', lookup }, undefined)).toBe('A shop.example');
});

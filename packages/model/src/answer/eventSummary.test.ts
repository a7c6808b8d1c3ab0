import { describe, expect, it } from 'vitest';
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

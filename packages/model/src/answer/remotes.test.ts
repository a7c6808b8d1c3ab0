import { expect, it } from 'vitest';
import { remotesOf } from './remotes.ts';

const socket = {
  sourceIp: '10.0.0.1',
  sourcePort: 40_000,
  destinationIp: '203.0.113.9',
  destinationPort: 443,
};
const near = { ip: '10.0.0.1', port: 40_000 };
const far = { ip: '203.0.113.9', port: 443 };

it('names the far end, or both where a record cannot tell them apart', () => {
  for (const kind of ['connect', 'send', 'tls', 'http'] as const) {
    expect(remotesOf(kind, socket), kind).toEqual([far]);
  }
  for (const kind of ['accept', 'close', 'sock_stats'] as const) {
    expect(remotesOf(kind, socket), kind).toEqual([far, near]);
  }
});

it('names of a listener where it listens, on whichever side that was printed', () => {
  expect(remotesOf('listen', socket)).toEqual([near]);
  expect(remotesOf('listen', { ...socket, sourcePort: 0 })).toEqual([far]);
});

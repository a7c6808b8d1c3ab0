import { expect, it } from 'vitest';
import type { ProcessEvent } from './event.ts';
import { columnBuffersOf } from './factBatch.ts';
import { FactBatchBuilder } from './factBatchBuilder.ts';
import { processKey } from './facts.ts';
import {
  containerFactsOf,
  exitFactsOf,
  gapFactsOf,
  lookupFactsOf,
  podFactsOf,
  recordsOf,
  socketFactsOf,
} from './readFactBatch.ts';
import { sightingsOf } from './readSightings.ts';
import { nanos } from './time.ts';

const base = {
  dialect: 'tetragon',
  label: 'process_x',
  node: 'n',
  time: nanos(7n),
  ancestors: [],
  process: {
    rank: 3,
    id: 'p',
    traits: 5,
    pid: 9,
    startTime: nanos(-1n),
    pod: { namespace: 'a', name: 'b', uid: 'u', labels: ['k=v', 'x=y'] },
    container: { id: 'c', startTime: nanos(3n), privileged: false },
  },
} as const;

const socket = {
  protocol: 'TCP',
  sourceIp: '10.0.0.1',
  sourcePort: 1,
  destinationIp: '10.0.0.2',
  destinationPort: 65535,
  cookie: '18446744073709551615',
  bytesSent: 2n ** 64n - 1n,
  bytesReceived: 0n,
  names: ['a', 'b'],
  nameEvidence: 'sni',
  peerPod: { namespace: 'x', name: 'y' },
} as const;

const events: readonly ProcessEvent[] = [
  { ...base, kind: 'connect', socket },
  {
    ...base,
    kind: 'dns',
    dns: {
      response: true,
      rcode: 3,
      names: ['q'],
      ips: [],
      types: ['A'],
      resolverIp: '1.1.1.1',
      resolverPort: 53,
    },
  },
  { ...base, kind: 'exit', exit: { signal: 'SIGKILL' } },
  { ...base, kind: 'rate_limit', gap: { gap: 'rate_limit', count: 12 } },
];

function built() {
  const builder = new FactBatchBuilder('here');
  const bytes = new TextEncoder().encode('one');
  builder.addDecoded({ bytes, offset: 10, line: 2, member: 1, hash: 2n ** 64n - 1n }, events);
  builder.addBlank();
  builder.addRejected({ bytes, offset: 14, line: 3, member: 1, hash: 5n }, 'skipped', 'comment');
  return builder.finish();
}

it('reads back what was built, records with their bytes', () => {
  const batch = built();
  expect([...recordsOf(batch)]).toEqual([
    {
      offset: 10,
      line: 2,
      member: 1,
      hash: 2n ** 64n - 1n,
      outcome: 'decoded',
      reason: '',
      bytes: new TextEncoder().encode('one'),
    },
    {
      offset: 14,
      line: 3,
      member: 1,
      hash: 5n,
      outcome: 'skipped',
      reason: 'comment',
      bytes: new TextEncoder().encode('one'),
    },
  ]);
  expect(batch.blank).toBe(1);
  const [first] = sightingsOf(batch);
  expect(first).toEqual({ record: 0, cluster: 'here', node: 'n', sighting: base.process });
});

it('reads back facts, absent as absent, the largest counter cut to what fits', () => {
  const batch = built();
  const process = processKey({ dialect: 'tetragon', cluster: 'here', id: 'p' });
  const place = { process, cluster: 'here', node: 'n', time: 7n };
  expect([...socketFactsOf(batch)]).toEqual([
    { ...place, kind: 'connect', ...socket, bytesSent: 2n ** 63n - 1n },
  ]);
  expect([...lookupFactsOf(batch)]).toMatchObject([{ ...place, rcode: 3, names: ['q'], ips: [] }]);
  expect([...exitFactsOf(batch)]).toEqual([{ ...place, signal: 'SIGKILL' }]);
  expect([...gapFactsOf(batch)]).toEqual([
    { cluster: 'here', node: 'n', time: 7n, kind: 'rate_limit', count: 12 },
  ]);
  expect(podFactsOf(batch)).toMatchObject([{ cluster: 'here', name: 'b', labels: ['k=v', 'x=y'] }]);
  expect(containerFactsOf(batch)).toEqual([
    { cluster: 'here', id: 'c', pod: 'here/a/b/u', name: '', startTime: 3n, privileged: false },
  ]);
});

it('crosses a thread by transfer and reads the same on the other side', () => {
  const batch = built();
  const before = [...sightingsOf(batch)];
  const transfer = columnBuffersOf(batch).filter((buffer) => buffer instanceof ArrayBuffer);
  const moved = structuredClone(batch, { transfer });
  expect([...sightingsOf(moved)]).toEqual(before);
  expect([...recordsOf(moved)]).toHaveLength(2);
  expect(batch.events.time.length).toBe(0);
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProcessEvent, SocketDetail } from '@forebear/model/event/event';
import { nanos } from '@forebear/model/event/time';
import { afterAll, describe, expect, it } from 'vitest';
import { newSource, progress } from '../../testing/intoStore.ts';
import { batchOfEvents } from '../../testing/otherEvents.ts';
import { CaseWriter } from '../write/caseWriter.ts';
import { AddressHolders } from './addressHolders.ts';
import { CaseDb } from './caseDb.ts';
import { ConversationLoader } from './conversationLoader.ts';

const dir = mkdtempSync(join(tmpdir(), 'forebear-conversations-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const firstPort = 20_000;
const noSocket: SocketDetail = {
  protocol: 'TCP',
  sourceIp: '',
  sourcePort: 0,
  destinationIp: '',
  destinationPort: 0,
  cookie: '',
  names: [],
};

function socketEvent(
  kind: 'connect' | 'listen',
  name: string,
  socket: Partial<SocketDetail>,
): ProcessEvent {
  const pod = { namespace: 'shop', name };
  return {
    dialect: 'tetragon',
    node: 'n1',
    cluster: 'c1',
    ancestors: [],
    kind,
    label: `process_${kind}`,
    time: nanos(1_790_000_000_000_000_000n),
    process: { rank: 3, id: `id-${name}`, traits: 0, pid: 7, binary: '/app', pod },
    socket: { ...noSocket, ...socket },
  };
}

function ownAddress(index: number): string {
  return `10.1.${index >> 8}.${index & 255}`;
}

/** A pod that listens on so many ports and calls from so many addresses of its own, and who calls one of each, and who none. */
function crowded(count: number): readonly ProcessEvent[] {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const called = { sourceIp: '10.2.0.1', destinationIp: ownAddress(count - 1) };
  return [
    ...numbers.map((i) =>
      socketEvent('listen', 'web', { sourceIp: '0.0.0.0', sourcePort: firstPort + i }),
    ),
    ...numbers.map((i) =>
      socketEvent('connect', 'web', {
        sourceIp: ownAddress(i),
        destinationIp: '10.3.0.1',
        destinationPort: 443,
      }),
    ),
    socketEvent('connect', 'caller', { ...called, destinationPort: firstPort }),
    socketEvent('connect', 'caller', { ...called, destinationPort: firstPort - 1 }),
    socketEvent('connect', 'caller', {
      ...called,
      destinationIp: '10.4.0.1',
      destinationPort: firstPort,
    }),
  ];
}

describe('the other ends of a pod', () => {
  it.each([
    ['a few', 3, 'open'],
    ['a few', 3, 'sealed'],
    ['4,100', 4_100, 'open'],
    ['4,100', 4_100, 'sealed'],
  ] as const)('of %s ports and addresses are its callers: %i each, %s', (_words, count, state) => {
    const path = join(dir, `${count}-${state}.db`);
    const writer = new CaseWriter(path, { records: 1_000_000, atEnd: 1 });
    writer.begin(newSource('s1'));
    const events = crowded(count);
    writer.append('s1', batchOfEvents(events), progress);
    if (state === 'sealed') writer.tidy();
    const db = new CaseDb(path);
    const found = db.snapshot(() => {
      expect(db.partitions.some(({ isSealed }) => isSealed)).toBe(state === 'sealed');
      const loader = new ConversationLoader(db, new AddressHolders());
      const [web] = loader.bySeq([1]).values();
      return loader.otherEnds(loader.ofProcesses([web?.process ?? -1]));
    });
    const callers = [...found.keys()].filter((seq) => seq > count * 2);
    expect(callers).toEqual([count * 2 + 1]);
    db.close();
    writer.close();
  });
});

import { describe, expect, it } from 'vitest';
import type { HopItem } from '../wire/network.ts';
import { foldHops, loudFirst } from './hopRows.ts';

describe('the order of hops', () => {
  it('puts a caller that stands out first, then such a callee, whenever they called', () => {
    const quiet = hop(1);
    const callee = hop(2, { to: { ...server, outOfPlace: ['left_container'] } });
    const caller = hop(3, { from: { ...client(3), lateNew: true } });
    expect(loudFirst([quiet, callee, caller])).toEqual([caller, callee, quiet]);
  });

  it('keeps the order given among equals', () => {
    const equals = [hop(2), hop(1), hop(3)];
    expect(loudFirst(equals)).toEqual(equals);
  });
});

describe('a row of hops', () => {
  it('is all that are alike, with first, last and exact sums', () => {
    const [row, ...others] = foldHops([hop(1), hop(3), hop(2)], true);
    expect(others).toEqual([]);
    expect(row?.all).toHaveLength(3);
    expect(row).toMatchObject({
      hop: { from: { pid: 1 } },
      firstSeen: '2026-03-14T09:00:01.000000000Z',
      lastSeen: '2026-03-14T09:01:03.000000000Z',
      bytesSent: '27021597764222979',
      bytesReceived: null,
    });
  });

  it('is one hop when it stands out, is known in another way, or folding is off', () => {
    const loud = { from: { ...client(1), lateNew: true } };
    expect(foldHops([hop(1, loud), hop(2, loud)], true)).toHaveLength(2);
    const left = { from: { ...client(1), outOfPlace: ['left_container'] } };
    expect(foldHops([hop(1, left), hop(2)], true)).toHaveLength(2);
    expect(foldHops([hop(1), hop(2, { confidence: 'inferred' })], true)).toHaveLength(2);
    expect(foldHops([hop(1), hop(2)], false)).toHaveLength(2);
  });

  it('stands where its first hop stood', () => {
    const other = hop(2, { port: 443 });
    expect(foldHops([hop(1), other, hop(3)], true).map((row) => row.hop.port)).toEqual([9200, 443]);
  });
});

const server: HopItem['to'] = {
  ref: 'server',
  namespace: 'search',
  pod: 'master-0',
  binary: '/usr/bin/java',
  pid: 3_120,
  lateNew: false,
  outOfPlace: [],
  lateByMs: 60,
};

function client(second: number): HopItem['from'] {
  const binary = '/usr/bin/gunicorn';
  return {
    ...server,
    ref: `client${second}`,
    namespace: 'jobs',
    pod: 'api-0',
    binary,
    pid: second,
  };
}

/** Our server called in that second of a minute. */
function hop(second: number, over: Partial<HopItem> = {}): HopItem {
  return {
    from: client(second),
    to: server,
    port: 9200,
    protocol: 'TCP',
    firstSeen: `2026-03-14T09:00:0${second}.000000000Z`,
    lastSeen: `2026-03-14T09:01:0${second}.000000000Z`,
    bytesSent: '9007199254740993',
    bytesReceived: null,
    evidence: 'connect and accept with the same addresses and ports',
    confidence: 'certain',
    ...over,
  };
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, decodeExecId, encodeExecId } from './execId.ts';

describe('decodeExecId', () => {
  it('reads node, ktime and pid', () => {
    expect(decodeExecId('cXVheS03OjE1MDMyMDExODIyMTo1MjAx')).toEqual({
      node: 'quay-7',
      ktime: 150320118221n,
      pid: 5201,
    });
  });

  it('keeps every digit of a ktime above 2^53', () => {
    const id = encodeExecId({ node: 'n', ktime: 27574172250932433n, pid: 1 });
    expect(decodeExecId(id)?.ktime).toBe(27574172250932433n);
  });

  it('reads from the right, because a node may be empty or hold colons', () => {
    for (const node of ['', 'rack:2:host', '\0\0\0\0\0\0\0', 'ñandú', ':']) {
      const parts = { node, ktime: 5n, pid: 7 };
      expect(decodeExecId(encodeExecId(parts))).toEqual(parts);
    }
  });

  it('does without padding', () => {
    fc.assert(
      fc.property(fc.string(), fc.bigInt(0n, 2n ** 64n - 1n), fc.nat(), (text, ktime, pid) => {
        const node = text.toWellFormed();
        const id = encodeExecId({ node, ktime, pid });
        expect(decodeExecId(id)).toEqual({ node, ktime, pid });
        expect(decodeExecId(id.replaceAll('=', ''))).toEqual({ node, ktime, pid });
      }),
    );
  });

  it('takes what is no such id as an opaque name', () => {
    for (const id of [
      '',
      'not base64!',
      'bm9jb2xvbg==',
      'a',
      'OjE6',
      'YTotMToy',
      'é',
      '=',
      'YTox',
    ]) {
      expect(decodeExecId(id)).toBeUndefined();
    }
    expect(decodeExecId('A'.repeat(1_000_000))).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (id) => {
        decodeExecId(id);
      }),
    );
  });
});

describe('decodeBase64', () => {
  it('reads what the platform writes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(decodeBase64(Buffer.from(bytes).toString('base64'))).toEqual(bytes);
      }),
    );
  });
});

import { zstdCompressSync } from 'node:zlib';
import type { RecordColumns } from '@forebear/model/event/factBatch';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packPlaces, unpackPlaces } from './rawBlocks.ts';

const record = fc.record({
  offset: fc.nat({ max: 2 ** 50 }),
  length: fc.nat({ max: 2 ** 31 }),
  line: fc.nat({ max: 2 ** 50 }),
  member: fc.nat(),
  outcome: fc.nat({ max: 3 }),
  hash: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
});
type Record = typeof record extends fc.Arbitrary<infer T> ? T : never;

function columnsOf(records: readonly Record[]): RecordColumns {
  return {
    count: records.length,
    offset: Float64Array.from(records, ({ offset }) => offset),
    length: Uint32Array.from(records, ({ length }) => length),
    line: Float64Array.from(records, ({ line }) => line),
    outcome: Uint8Array.from(records, ({ outcome }) => outcome),
    reason: new Uint32Array(records.length),
    member: Uint32Array.from(records, ({ member }) => member),
    hash: BigUint64Array.from(records, ({ hash }) => hash),
  };
}

describe('the places of a block', () => {
  it('are those of the rows that were taken, wherever they stood', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(record, fc.boolean())), (all) => {
        const records = all.map(([each]) => each);
        const rows = all.flatMap(([, isTaken], row) => (isTaken ? [row] : []));
        const { places, hashes } = unpackPlaces(packPlaces(columnsOf(records), rows));
        const taken = all.flatMap(([each, isTaken]) => (isTaken ? [each] : []));
        expect(places).toEqual(taken.map(({ hash: _hash, ...place }) => place));
        expect([...hashes]).toEqual(taken.map(({ hash }) => hash));
      }),
    );
  });

  it('are read as earlier layouts wrote them', () => {
    const fields = new Float64Array([9, 5, 2, 1, 3, 0]);
    new BigUint64Array(fields.buffer)[5] = 77n;
    const { places, hashes } = unpackPlaces(zstdCompressSync(new Uint8Array(fields.buffer)));
    expect(places).toEqual([{ offset: 9, length: 5, line: 2, member: 1, outcome: 3 }]);
    expect([...hashes]).toEqual([77n]);
  });
});

it('places with any bit changed are refused, or what they were', () => {
  const one = { offset: 9, length: 5, line: 2, member: 1, outcome: 3, hash: 77n };
  const places = packPlaces(columnsOf([one, { ...one, hash: 2n ** 63n }]), [0, 1]);
  const before = unpackPlaces(places);
  let refused = 0;
  for (let bit = 0; bit < places.length * 8; bit += 1) {
    const changed = new Uint8Array(places);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    try {
      expect(unpackPlaces(changed), `bit ${bit}`).toEqual(before);
    } catch (error) {
      if (!(error instanceof Error) || error.name === 'AssertionError') throw error;
      refused += 1;
    }
  }
  expect(refused).toBeGreaterThan((places.length - 8) * 8);
});

import { noTime } from '@forebear/model/event/factBatch';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answerRows,
  emptyRows,
  eventRows,
  exitRows,
  lookupRows,
  markRows,
  type OpenRows,
  packRows,
  refRows,
  senseRows,
  socketRows,
  unpackRows,
} from './openRows.ts';

type Column = Uint8Array | Uint32Array | Float64Array | BigInt64Array | BigUint64Array;

interface Filled {
  count: number;
  readonly columns: Readonly<Record<string, Column>>;
}

/** Fills a table's columns with numbers that each can hold. */
function filled<Table extends Filled>(table: Table, count: number, seed: number): Table {
  table.count = count;
  for (const [index, column] of Object.values(table.columns).entries()) {
    for (let row = 0; row < column.length; row += 1) {
      const value = (seed * 31 + index * 7 + row * 13) % 200;
      if (column instanceof BigInt64Array)
        column[row] = row % 3 === 0 ? noTime : BigInt(value) << 50n;
      else if (column instanceof BigUint64Array) column[row] = BigInt(value) << 56n;
      else if (column instanceof Float64Array)
        column[row] = row % 5 === 4 ? Number.NaN : value * 2 ** 40;
      else if (column instanceof Uint32Array) column[row] = value * 20_000_000;
      else column[row] = value;
    }
  }
  return table;
}

/** The values that count, as text: columns of other lengths than their count are alike. */
function said({ source, firstSeq, cookies, ...tables }: OpenRows): unknown {
  const columns = Object.entries(tables).map(([name, table]) => [name, valuesOf(table)]);
  return { source, firstSeq, cookies, columns };
}

function valuesOf({ count, columns }: Filled): unknown {
  return Object.entries(columns).map(([name, column]) => [
    name,
    [...column].slice(0, count).map(String),
  ]);
}

describe('the rows of a batch as bytes', () => {
  it('come back as they were, however many of each there are and however much room there was', () => {
    const counts = fc.array(fc.nat(9), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(counts, fc.nat(5), fc.array(fc.string()), (counted, spare, cookies) => {
        const at = (index: number): number => counted[index] ?? 0;
        const room = (index: number): number => at(index) + spare;
        const rows: OpenRows = {
          source: 3,
          firstSeq: 2 ** 40 + 1,
          cookies,
          events: filled(eventRows(room(0)), at(0), 1),
          sockets: filled(socketRows(room(1)), at(1), 2),
          lookups: filled(lookupRows(room(2)), at(2), 3),
          exits: filled(exitRows(room(3)), at(3), 4),
          answers: filled(answerRows(room(4)), at(4), 5),
          refs: filled(refRows(room(5)), at(5), 6),
          marks: filled(markRows(room(6)), at(6), 7),
          senses: filled(senseRows(room(7)), at(7), 8),
        };
        // Behind something else in memory, as the database hands blobs out.
        const packed = packRows(rows);
        const moved = new Uint8Array(packed.length + 3);
        moved.set(packed, 3);
        expect(said(unpackRows(moved.subarray(3)))).toEqual(said(rows));
      }),
    );
  });

  it('are nothing when nothing was added', () => {
    expect(said(unpackRows(packRows(emptyRows(5))))).toEqual(said(emptyRows(5)));
  });
});

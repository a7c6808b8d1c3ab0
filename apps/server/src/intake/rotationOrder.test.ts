import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { continuesRotation, rotationOrder } from './rotationOrder.ts';

/** The order that both a sorted and a reversed list come out in; `undefined` when they differ. */
function ordered(names: readonly string[]): readonly string[] | undefined {
  const [one, other] = [rotationOrder(names), rotationOrder(names.toReversed())];
  return one.join('\n') === other.join('\n') ? one : undefined;
}

describe('rotationOrder', () => {
  it('puts backups of lumberjack by their time and the current file last', () => {
    expect(
      ordered([
        'tetragon-2026-11-19T23-59-59.999.log.gz',
        'tetragon-2026-11-20T18-30-00.000.log',
        'tetragon-2026-11-20T18-30-00.001.log.gz',
        'tetragon.log',
      ]),
    ).toEqual([
      'tetragon-2026-11-19T23-59-59.999.log.gz',
      'tetragon-2026-11-20T18-30-00.000.log',
      'tetragon-2026-11-20T18-30-00.001.log.gz',
      'tetragon.log',
    ]);
  });

  it('puts the highest number of logrotate first', () => {
    expect(
      ordered(['fgs.log.11.gz', 'fgs.log.10.gz', 'fgs.log.2.gz', 'fgs.log.1', 'fgs.log']),
    ).toEqual(['fgs.log.11.gz', 'fgs.log.10.gz', 'fgs.log.2.gz', 'fgs.log.1', 'fgs.log']);
    expect(ordered(['fgs.2.log', 'fgs.1.log', 'fgs.log'])).toEqual([
      'fgs.2.log',
      'fgs.1.log',
      'fgs.log',
    ]);
  });

  it('puts files dated by logrotate and the kubelet by their date', () => {
    expect(ordered(['a.log-20261118.gz', 'a.log-20261119', 'a.log'])).toEqual([
      'a.log-20261118.gz',
      'a.log-20261119',
      'a.log',
    ]);
    expect(ordered(['a-20261118.log', 'a-20261119.log', 'a.log'])).toEqual([
      'a-20261118.log',
      'a-20261119.log',
      'a.log',
    ]);
    expect(ordered(['0.log.20261118-101500.gz', '0.log.20261119-091500', '0.log'])).toEqual([
      '0.log.20261118-101500.gz',
      '0.log.20261119-091500',
      '0.log',
    ]);
  });

  it('keeps the files of one log together and logs in the order of their names', () => {
    expect(
      ordered([
        'node-a/fgs.log.1',
        'node-a/fgs.log',
        'node-a/tetragon-2026-11-20T18-30-00.000.log',
        'node-a/tetragon.log',
        'node-b/fgs.log.1',
        'node-b/fgs.log',
      ]),
    ).toEqual([
      'node-a/fgs.log.1',
      'node-a/fgs.log',
      'node-a/tetragon-2026-11-20T18-30-00.000.log',
      'node-a/tetragon.log',
      'node-b/fgs.log.1',
      'node-b/fgs.log',
    ]);
  });

  it('takes dates before numbers before the current file', () => {
    expect(ordered(['a.log-20261118', 'a.log.2', 'a.log.1', 'a.log'])).toEqual([
      'a.log-20261118',
      'a.log.2',
      'a.log.1',
      'a.log',
    ]);
  });

  it('does not take a whole name for a mark of rotation', () => {
    expect(ordered(['0.log', '1.log', '10.log', '2.log'])).toEqual([
      '0.log',
      '1.log',
      '10.log',
      '2.log',
    ]);
  });

  it('compares a date and a number with and without compression alike', () => {
    expect(ordered(['a.log.3.zst', 'a.log.2.gz', 'a.log.1', 'a.log.gz'])).toEqual([
      'a.log.3.zst',
      'a.log.2.gz',
      'a.log.1',
      'a.log.gz',
    ]);
  });

  it('keeps equal names in the order they came in', () => {
    const names = ['a.log.gz', 'a.log', 'a.log.zst'];
    expect(rotationOrder(names)).toEqual(names);
  });

  it('gives every name back, in an order that does not depend on the order they came in', () => {
    const name = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'a.log',
        'a.log.1',
        'a.log.02',
        'a-20261118.log',
        'b.log',
        '',
        '.1',
        '/.2',
        '-20260101',
      ),
    );
    fc.assert(
      fc.property(fc.uniqueArray(name), (names) => {
        const distinct = names.filter((one) => !/\.(?:gz|gzip|zst|zstd)$/i.test(one));
        const sorted = rotationOrder(distinct);
        expect(sorted.toSorted()).toEqual(distinct.toSorted());
        expect(rotationOrder(sorted)).toEqual(sorted);
      }),
    );
  });

  it('takes hostile names of a megabyte in its stride', () => {
    const names = [
      `${'-2026-11-20T18-30-00.'.repeat(50_000)}log`,
      `${'.1'.repeat(500_000)}x`,
      '../../etc/passwd',
    ];
    expect(rotationOrder(names).length).toBe(3);
  });
});

describe('continuesRotation', () => {
  it('says yes to neighbours of one log', () => {
    const neighbours = [
      ['a-2026-11-19T18-30-00.000.log', 'a-2026-11-20T18-30-00.000.log.gz'],
      ['a-2026-11-20T18-30-00.000.log', 'a.log'],
      ['a.log.3.gz', 'a.log.2'],
      ['a.log.1', 'a.log'],
      ['a.log.0', 'a.log'],
    ] as const;
    for (const [earlier, later] of neighbours) {
      expect(continuesRotation(earlier, later)).toBe(true);
      expect(continuesRotation(later, earlier)).toBe(false);
    }
  });

  it('says no across a hole, another log, another scheme, and to the same file twice', () => {
    const apart = [
      ['a.log.3', 'a.log.1'],
      ['a.log.2', 'a.log'],
      ['a.log.1', 'b.log'],
      ['x/a.log.1', 'y/a.log'],
      ['a.log-20261119', 'a.log.1'],
      ['a.log.1', 'a.log.1.gz'],
      ['a.log', 'a.log'],
    ] as const;
    for (const [earlier, later] of apart) expect(continuesRotation(earlier, later)).toBe(false);
  });
});

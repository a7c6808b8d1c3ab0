import { describe, expect, test } from 'vitest';
import { digitsOf } from '../testing/readFiles.ts';
import { asFields, type Fields, inner, instantOf, number, text } from '../testing/readLines.ts';
import { bulkOf, type FloodDialect, floodDialects } from './bulkOf.ts';

const EVENTS = 600;

/** What a reader recognises a record by, how long a line is, and when it happened; undefined: not in order. */
const DIALECTS: readonly {
  readonly dialect: FloodDialect;
  readonly isOne: (record: Fields) => boolean;
  readonly bytes: readonly [least: number, most: number];
  readonly timeOf?: (line: string, record: Fields) => bigint;
}[] = [
  {
    dialect: 'tetragon',
    isOne: (record) => Object.keys(record)[0]?.startsWith('process_') ?? false,
    bytes: [1_200, 2_400],
  },
  {
    dialect: 'falco',
    isOne: (record) => text(record, 'rule') !== '' && 'proc.pid' in inner(record, 'output_fields'),
    bytes: [1_500, 2_400],
    timeOf: (_, record) => instantOf(text(record, 'time')),
  },
  {
    dialect: 'kubearmor',
    isOne: (record) => number(record, 'HostPID') > 0 && text(record, 'Operation') !== '',
    bytes: [700, 1_200],
    timeOf: (_, record) => instantOf(text(record, 'UpdatedTime')),
  },
  {
    dialect: 'hubble',
    isOne: (record) => text(inner(record, 'flow'), 'verdict') !== '',
    bytes: [800, 1_400],
  },
  {
    dialect: 'zeek',
    isOne: (record) => ['conn', 'dns', 'ssl'].includes(text(record, '_path')),
    bytes: [300, 600],
  },
  {
    dialect: 'audit',
    isOne: (record) => text(record, 'auditID') !== '' && text(record, 'stage') !== '',
    bytes: [700, 1_400],
  },
  {
    dialect: 'ecs',
    isOne: (record) => text(inner(record, 'process'), 'entity_id') !== '',
    bytes: [1_500, 2_800],
    timeOf: (_, record) => instantOf(text(record, '@timestamp')),
  },
  {
    dialect: 'tracee',
    isOne: (record) => number(record, 'processEntityId') > 0 && text(record, 'eventName') !== '',
    bytes: [1_200, 2_000],
    timeOf: (line) => digitsOf(line, 'timestamp'),
  },
  {
    dialect: 'sysdig',
    isOne: (record) => number(record, 'proc.pid') > 0 && text(record, 'evt.type') !== '',
    bytes: [450, 900],
    timeOf: (line) => digitsOf(line, 'evt.rawtime'),
  },
];

test('every dialect that has a bulk is among them', () => {
  expect(DIALECTS.map(({ dialect }) => dialect).sort()).toEqual([...floodDialects].sort());
});

describe.each(DIALECTS)('the bulk of $dialect', ({ dialect, isOne, bytes, timeOf }) => {
  const lines = [...bulkOf(dialect, { seed: 3, events: EVENTS })];
  const records = lines.map((line) => asFields(JSON.parse(line)));

  test('is exactly as many lines as asked for, the same for the same seed', () => {
    expect(lines).toHaveLength(EVENTS);
    expect([...bulkOf(dialect, { seed: 3, events: EVENTS })]).toEqual(lines);
    expect([...bulkOf(dialect, { seed: 4, events: 20 })]).not.toEqual(lines.slice(0, 20));
  });

  test('begins with every shorter one', () => {
    for (const events of [0, 1, 7, 100]) {
      expect([...bulkOf(dialect, { seed: 3, events })]).toEqual(lines.slice(0, events));
    }
  });

  test('is of its dialect, and as long as real lines are', () => {
    expect(records.filter((record) => !isOne(record))).toEqual([]);
    const mean = lines.reduce((sum, line) => sum + line.length, 0) / lines.length;
    expect(mean).toBeGreaterThan(bytes[0]);
    expect(mean).toBeLessThan(bytes[1]);
  });

  test.runIf(timeOf !== undefined)('is in the order of time, but for five milliseconds', () => {
    let last = 0n;
    for (const [index, line] of lines.entries()) {
      const time = timeOf?.(line, records[index] ?? {}) ?? 0n;
      expect(time + 5_000_000n).toBeGreaterThan(last);
      last = time;
    }
  });
});

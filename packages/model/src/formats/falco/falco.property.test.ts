import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FactBatchBuilder } from '../../event/factBatchBuilder.ts';
import { readSpelledId } from '../../event/spelledIds.ts';
import { isObject } from '../read.ts';
import { FalcoDecoder } from './decode.ts';

const RUNS = 1000;
const folder = fileURLToPath(new URL('./fixtures/', import.meta.url));
const records: readonly Record<string, unknown>[] = readdirSync(folder)
  .filter((name) => name.endsWith('.ndjson'))
  .flatMap((name) => readFileSync(folder + name, 'utf8').split('\n'))
  .filter((line) => line !== '')
  .map((line): unknown => JSON.parse(line))
  .filter(isObject)
  .map((record) => ({ ...record }));

const keys = [
  ...new Set(records.flatMap((record) => Object.keys({ ...record, ...fieldsOf(record) }))),
  '__proto__',
  'proc.aname[63]',
  'proc.apid',
  'proc.aexepath_2',
];
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    '<NA>',
    '>',
    -1,
    2 ** 60,
    9_223_372_036_854_775_808n,
    '9223372036854775808',
    '1.2.3.4:5->',
    '->',
    ':::',
    'a'.repeat(70_000),
    ['a', null, {}],
    {},
    true,
    Number.NaN,
    '\u0000\ud800',
  ),
  fc.string({ unit: 'binary' }),
  fc.integer(),
  fc.double(),
  fc.bigInt({ min: 0n, max: 2n ** 64n }),
  fc.jsonValue(),
);
const change = fc.record({
  key: fc.oneof(fc.constantFrom(...keys), fc.string()),
  inFields: fc.boolean(),
  value: hostile,
});

function fieldsOf(record: Record<string, unknown>): Record<string, unknown> {
  return isObject(record.output_fields) ? { ...record.output_fields } : {};
}

describe('for any record', () => {
  it('there is one answer of four kinds, the same each time, with ids that can be read', () => {
    const index = fc.nat({ max: records.length - 1 });
    fc.assert(
      fc.property(index, fc.array(change, { maxLength: 6 }), (which, changes) => {
        const record = { ...records[which] };
        const fields = fieldsOf(record);
        for (const { key, inFields, value } of changes) {
          Object.defineProperty(inFields ? fields : record, key, {
            value,
            enumerable: true,
            configurable: true,
            writable: true,
          });
        }
        const whole = changes.some(({ key }) => key === 'output_fields')
          ? record
          : { ...record, output_fields: fields };
        const decoded = new FalcoDecoder().decode(whole);
        expect(new FalcoDecoder().decode(whole)).toEqual(decoded);
        expect(['events', 'skipped', 'rejected', 'imprecise']).toContain(decoded.kind);
        if (decoded.kind !== 'events') return;
        const builder = new FactBatchBuilder('');
        const bytes = new Uint8Array(0);
        builder.addDecoded({ bytes, offset: 0, line: 1, member: 0, hash: 0n }, decoded.events);
        builder.finish();
        for (const { process, parent, ancestors, label } of decoded.events) {
          expect(label.startsWith('falco:')).toBe(true);
          expect(process?.parentId).toBe(parent?.id);
          const chain = [process, parent, ...ancestors].filter((one) => one !== undefined);
          expect(chain.length).toBeLessThanOrEqual(65);
          for (const { id } of chain) expect(readSpelledId(id)?.dialect).toBe('falco');
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('anything at all is no reason to throw', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        expect(new FalcoDecoder().decode(value).kind).toBe('rejected');
      }),
    );
  });
});

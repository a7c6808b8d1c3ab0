import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EmittedSightings } from '../../event/emittedSightings.ts';
import { FactBatchBuilder } from '../../event/factBatchBuilder.ts';
import { dumpDecoded } from '../testing/dump.ts';
import { mergedFacts } from '../testing/mergedFacts.ts';
import { TetragonDecoder } from './decode.ts';

const folder = fileURLToPath(new URL('./fixtures/', import.meta.url));
const records: readonly unknown[] = readdirSync(folder)
  .filter((name) => name.endsWith('.ndjson'))
  .flatMap((name) => readFileSync(folder + name, 'utf8').split('\n'))
  .filter((line) => line !== '')
  .map((line): unknown => JSON.parse(line));

/** A place in a JSON value, as numbers that choose a child at each step, and what to put there. */
const change = fc.record({
  steps: fc.array(fc.nat(), { maxLength: 6 }),
  value: fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom('', '__proto__', '\u0000', 1e300, -1, 2 ** 60, {}, [], null),
  ),
});

function changed(value: unknown, steps: readonly number[], put: unknown): unknown {
  const copy: unknown = structuredClone(value);
  let at = copy;
  for (const [depth, step] of steps.entries()) {
    if (typeof at !== 'object' || at === null) return copy;
    const keys = Object.keys(at);
    const key = keys[step % Math.max(keys.length, 1)];
    if (key === undefined) return copy;
    const next: unknown = Reflect.get(at, key);
    const isLast = depth === steps.length - 1 || typeof next !== 'object' || next === null;
    if (isLast) {
      Reflect.set(at, key, put);
      return copy;
    }
    at = next;
  }
  return copy;
}

const mutated = fc
  .tuple(fc.constantFrom(...records), change)
  .map(([record, { steps, value }]) => changed(record, steps, value));

describe('TetragonDecoder', () => {
  it('never throws, whatever JSON it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        new TetragonDecoder().decode(value);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never throws on damaged records, and packs whatever it says', () => {
    const decoder = new TetragonDecoder();
    fc.assert(
      fc.property(mutated, (value) => {
        const decoded = decoder.decode(value);
        if (decoded.kind !== 'events') return;
        const builder = new FactBatchBuilder('');
        const record = { bytes: new Uint8Array(0), offset: 0, line: 1, member: 0, hash: 0n };
        builder.addDecoded(record, decoded.events);
        mergedFacts([builder.finish()]);
      }),
      { numRuns: 5_000 },
    );
  });

  it('says of a record the same, whatever it has read before', () => {
    fc.assert(
      fc.property(fc.array(mutated, { minLength: 1, maxLength: 12 }), (values) => {
        const old = new TetragonDecoder();
        for (const value of [...records, ...values]) old.decode(value);
        for (const value of values) {
          expect(dumpDecoded(old.decode(value))).toBe(
            dumpDecoded(new TetragonDecoder().decode(value)),
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  it('leaves out sightings already emitted without changing what is merged', () => {
    fc.assert(
      fc.property(fc.array(mutated, { maxLength: 12 }), fc.boolean(), (values, backwards) => {
        const decoder = new TetragonDecoder();
        const emitted = new EmittedSightings();
        const lavish = new FactBatchBuilder('');
        const all = backwards ? [...records, ...values].toReversed() : [...values, ...records];
        const builders = [new FactBatchBuilder('', emitted), new FactBatchBuilder('', emitted)];
        for (const [index, value] of all.entries()) {
          const decoded = decoder.decode(value);
          if (decoded.kind !== 'events') continue;
          const record = { bytes: new Uint8Array(0), offset: 0, line: 1, member: 0, hash: 0n };
          builders[index * 2 < all.length ? 0 : 1]?.addDecoded(record, decoded.events);
          lavish.addDecoded(record, decoded.events);
        }
        const batches = builders.map((builder) => builder.finish());
        const whole = lavish.finish();
        const rows = batches.reduce((sum, batch) => sum + batch.sightings.count, 0);
        expect(rows).toBeLessThan(whole.sightings.count);
        expect(mergedFacts(batches)).toEqual(mergedFacts([whole]));
      }),
      { numRuns: 60 },
    );
  });

  it('refuses an event key without an object, and a record with hundreds of events', () => {
    const decoder = new TetragonDecoder();
    expect(decoder.decode({ process_exec: 'x', time: 't' })).toMatchObject({ reason: 'bad_event' });
    const many = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [`process_x${index}`, {}]),
    );
    expect(decoder.decode({ ...many, time: 't' })).toMatchObject({ reason: 'bad_event' });
    expect(decoder.decode([])).toMatchObject({ reason: 'no_event' });
    expect(decoder.decode({ time: 't' })).toMatchObject({ reason: 'no_event' });
  });

  it('tells both events of a record that holds two', () => {
    const decoded = new TetragonDecoder().decode({
      process_exec: { process: { exec_id: 'a' } },
      process_exit: { process: { exec_id: 'a' } },
      time: '2026-01-01T00:00:00Z',
    });
    expect(decoded).toMatchObject({ events: [{ kind: 'exec' }, { kind: 'exit' }] });
  });

  it('reads a chain of ten thousand ancestors', () => {
    const ancestors = Array.from({ length: 10_000 }, (_, index) => ({
      exec_id: `a${index}`,
      parent_exec_id: `a${index + 1}`,
    }));
    const decoded = new TetragonDecoder().decode({
      process_exec: { process: { exec_id: 'p', parent_exec_id: 'a0' }, ancestors },
      node_name: 'n',
    });
    expect(decoded.kind === 'events' && decoded.events[0]?.ancestors).toHaveLength(10_001);
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { ProcessEvent } from '../../event/event.ts';
import { nanos } from '../../event/time.ts';
import { hasTrait, Trait } from '../../event/traits.ts';
import { isObject, listOf, objectOf } from '../read.ts';
import { kubearmor } from './kubearmor.ts';

/** Real lines, as data, where the environment names them. */
const samples = process.env['FOREBEAR_SAMPLES'] ?? '';

function linesOf(folder: string): readonly unknown[] {
  const path = `${samples}/${folder}`;
  if (samples === '' || !existsSync(path)) return [];
  return readdirSync(path)
    .flatMap((name) => readFileSync(`${path}/${name}`, 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

const documented = linesOf('kubearmor');
const exported = linesOf('otlp');
if (documented.length === 0) {
  process.stderr.write('conformance skipped: set FOREBEAR_SAMPLES to a folder of samples\n');
}

function eventsOf(value: unknown, origin?: { readonly path: string }): readonly ProcessEvent[] {
  const decoded = kubearmor.decoder().decode(value, origin);
  expect(decoded.kind).toBe('events');
  return decoded.kind === 'events' ? decoded.events : [];
}

/** The records within an OTLP export, as their envelope's reader hands them on. */
function recordsIn(request: unknown): readonly { readonly time: bigint; readonly body: unknown }[] {
  return listOf(objectOf(request)?.resourceLogs)
    .flatMap((one) => listOf(objectOf(one)?.scopeLogs))
    .flatMap((one) => listOf(objectOf(one)?.logRecords))
    .map((one) => {
      const record = objectOf(one);
      const list = objectOf(objectOf(record?.body)?.kvlistValue)?.values;
      const pairs = listOf(list).flatMap((pair): readonly (readonly [string, unknown])[] => {
        const { key, value } = objectOf(pair) ?? {};
        return isObject(value) ? [[String(key), Object.values(value)[0]]] : [];
      });
      return { time: BigInt(String(record?.timeUnixNano)), body: Object.fromEntries(pairs) };
    });
}

describe.runIf(documented.length > 0)('documented records', () => {
  it('are all events with a place, and a parent', () => {
    for (const value of documented) {
      expect(kubearmor.sniff(value)).toBe(true);
      const [event] = eventsOf(value);
      expect(event?.node).not.toBe('');
      expect(event?.process?.pid).toBeGreaterThan(0);
      expect(event?.process?.parentId).toBe(event?.parent?.id);
      expect(event?.parent).toBeDefined();
      expect(event?.time === undefined).toBe(objectOf(value)?.UpdatedTime === undefined);
    }
  });

  it('that were blocked are shown as blocked, and no others', () => {
    for (const value of documented) {
      const blocked = objectOf(value)?.Action === 'Block';
      const [event] = eventsOf(value);
      expect(event?.alert?.blocked ?? false).toBe(blocked);
      const never = hasTrait(event?.process?.traits ?? 0, Trait.blocked);
      expect(never).toBe(blocked && event?.kind === 'exec');
    }
  });

  it('ask for names and call addresses', () => {
    const kinds = documented.flatMap((value) => eventsOf(value)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'dns').length).toBe(9);
    expect(kinds.filter((kind) => kind === 'connect').length).toBe(1);
    expect(kinds.filter((kind) => kind === 'exec').length).toBe(14);
  });
});

describe.runIf(exported.length > 0)('records of the OTel adapter', () => {
  it('are events of host processes whose own time goes before that of the envelope', () => {
    const records = exported.flatMap(recordsIn);
    expect(records.length).toBeGreaterThan(exported.length);
    for (const { time, body } of records) {
      const origin = { path: '', time: nanos(time * 1_000_000n) };
      const [event] = eventsOf(body, origin);
      expect(event?.process?.pid).toBeGreaterThan(0);
      expect(event?.process?.pod).toBeUndefined();
      expect(event?.parent?.pid).toBeGreaterThan(0);
      expect(event?.time).toBeGreaterThan(origin.time);
      const { UpdatedTime: _, ...timeless } = objectOf(body) ?? {};
      expect(eventsOf(timeless, origin)[0]?.time).toBe(origin.time);
    }
  });
});

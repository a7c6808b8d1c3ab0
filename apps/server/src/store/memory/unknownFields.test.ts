import type { Dialect } from '@forebear/model/event/dialects';
import { nanos } from '@forebear/model/event/time';
import { formats } from '@forebear/model/formats/registry';
import { matchAll } from '@forebear/model/query/filter';
import { bulkOf, type FloodDialect } from '@forebear/model/scenario/flood/bulkOf';
import { describe, expect, it } from 'vitest';
import { openCase, takeLog } from '../testing/intoStore.ts';
import { openMemoryCases } from './memoryStore.ts';

const dialects: readonly FloodDialect[] = [
  'audit',
  'ecs',
  'falco',
  'hubble',
  'kubearmor',
  'sysdig',
  'tetragon',
  'tracee',
  'zeek',
];

/** What a later version of the agent may add: at the top, with odd spacing, and beyond what a number can be. */
const added =
  '"x_later": {"é\\u0000":[ 1e999,null , 123456789012345678901234567890 ]},"__proto__":{"a":1} ,';

describe('a record with fields that nobody knows', () => {
  it.each(dialects)('of %s is stored, and its bytes come back whole', async (dialect) => {
    const [line = ''] = bulkOf(dialect, { seed: 3, events: 1 });
    const log = `{${added}${line.slice(1)}`;
    const store = await openCase(openMemoryCases({ now: () => nanos(0n) }), 'a');
    const { ledger } = await takeLog(store, 's1', `${log}\n`);
    expect(ledger).toMatchObject({ in: 1, stored: 1, quarantined: 0 });
    const raws: string[] = [];
    const query = { filter: matchAll, lateLimitMs: 60_000, limit: 10 };
    for await (const { bytes } of store.evidence.records(query)) {
      raws.push(new TextDecoder().decode(bytes));
    }
    expect(raws).toEqual([log]);
  });

  it('is asked of every format of JSON', () => {
    const ids = new Set<string>(dialects satisfies readonly Dialect[]);
    expect(formats.filter(({ id }) => !ids.has(id)).map(({ id }) => id)).toEqual(['compact']);
  });
});

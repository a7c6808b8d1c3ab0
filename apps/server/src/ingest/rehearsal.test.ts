import { tmpdir } from 'node:os';
import { nanos } from '@forebear/model/event/time';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import { describe, expect, it } from 'vitest';
import { openMemoryCases } from '../store/memory/memoryStore.ts';
import type { FactStore } from '../store/ports.ts';
import { openCase } from '../store/testing/intoStore.ts';
import { decodeHere } from './decoding.ts';
import { rehearse } from './rehearsal.ts';

const now = () => nanos(1_790_000_000_000_000_000n);
const { lines } = generateReverseShell(3);
const deps = { decoding: decodeHere, spoolDir: tmpdir(), now };

describe('a rehearsal', () => {
  it('takes each log in as an upload does, into what it is given', async () => {
    const stored: (number | undefined)[] = [];
    const scratch = async (work: (facts: FactStore) => Promise<void>) => {
      const cases = openMemoryCases({ now });
      const { facts, queries } = await openCase(cases, 'scratch');
      await work(facts);
      stored.push((await queries.sources())[0]?.ledger.stored);
      await cases.close();
    };
    await rehearse(deps, [lines, lines.slice(0, 5)], scratch, new AbortController().signal);
    expect(stored).toEqual([lines.length, 5]);
  });

  it('stops in the middle of a log when it is told to, and begins no other', async () => {
    const cases = openMemoryCases({ now });
    const store = await openCase(cases, 'scratch');
    const stop = new AbortController();
    const told = (function* () {
      for (let at = 0; at < 10_000; at += 1) {
        if (at === 5_000) stop.abort();
        yield '{}';
      }
    })();
    let begun = 0;
    const scratch = (work: (facts: FactStore) => Promise<void>) => {
      begun += 1;
      return work(store.facts);
    };
    await rehearse(deps, [told, lines], scratch, stop.signal);
    const [source] = await store.queries.sources();
    expect(source?.ledger.in).toBeLessThan(10_000);
    expect(begun).toBe(1);
    await cases.close();
  });
});

import { tmpdir } from 'node:os';
import { nanos } from '@forebear/model/event/time';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import { describe, expect, it } from 'vitest';
import { openMemoryCases } from '../store/memory/memoryStore.ts';
import { openCase } from '../store/testing/intoStore.ts';
import { decodeHere } from './decoding.ts';
import { rehearse } from './rehearsal.ts';

const now = () => nanos(1_790_000_000_000_000_000n);
const { lines } = generateReverseShell(3);
const deps = { decoding: decodeHere, spoolDir: tmpdir(), now };

describe('a rehearsal', () => {
  it('takes a log in as an upload does, into what it is given', async () => {
    const cases = openMemoryCases({ now });
    const store = await openCase(cases, 'scratch');
    await rehearse(deps, lines, (work) => work(store.facts), new AbortController().signal);
    const [source] = await store.queries.sources();
    expect(source?.ledger.stored).toBe(lines.length);
    await cases.close();
  });

  it('stops when it is told to, and does not begin when it was told before', async () => {
    const cases = openMemoryCases({ now });
    const store = await openCase(cases, 'scratch');
    const stop = new AbortController();
    const rehearsed = rehearse(deps, lines, (work) => work(store.facts), stop.signal);
    setImmediate(() => stop.abort());
    await rehearsed;
    const [source] = await store.queries.sources();
    expect(source?.ledger.stored).toBeLessThan(lines.length);
    let begun = false;
    await rehearse(
      deps,
      lines,
      async () => {
        begun = true;
      },
      stop.signal,
    );
    expect(begun).toBe(false);
    await cases.close();
  });
});

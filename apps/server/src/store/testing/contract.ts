import { formatTime, nanos, parseTime } from '@forebear/model/event/time';
import { generateBrokenLog } from '@forebear/model/scenario/brokenLog';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import type { Source } from '@forebear/model/wire/sources';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openMemoryCases } from '../memory/memoryStore.ts';
import { type CaseStore, type Cases, type Change, ForeignCursor } from '../ports.ts';
import { allEvents, everyAnswer } from './everyAnswer.ts';
import { batchesOf, newSource, openCase, progress, takeLog } from './intoStore.ts';
import { checkLists } from './listContract.ts';
import { checkOthers } from './otherContract.ts';
import { checkQuestions } from './questionContract.ts';
import { checkSources } from './sourceContract.ts';

const all = { kind: 'all' } as const;
const late = 60_000;
const lab = generateReverseShell(3);
const labText = lab.lines.join('\n');
const broken = generateBrokenLog(3);

/** What every store promises, whatever holds its bytes. `open` gives an empty shelf. */
export function checkStore(name: string, open: () => Promise<Cases>): void {
  describe(`store contract: ${name}`, () => {
    let cases: Cases;
    let store: CaseStore;
    let count = 0;

    beforeAll(async () => {
      cases = await open();
    });
    afterAll(async () => {
      await cases.close();
    });
    beforeEach(async () => {
      count += 1;
      store = await openCase(cases, `case-${count}`);
    });
    afterEach(async () => {
      for (const source of await store.queries.sources()) expectLedgerLaw(source);
      expect((await store.evidence.verify({ compare: true })).faults).toEqual([]);
    });

    describe('a shelf of cases', () => {
      it('always has the case `default`, also after it was deleted, which empties it', async () => {
        const first = await openCase(cases, 'default');
        await takeLog(first, 's1', labText);
        expect(await cases.remove('default')).toEqual({ ok: true, value: undefined });
        const again = await openCase(cases, 'default');
        expect(await again.queries.sources()).toEqual([]);
        expect((await again.queries.summary()).events).toBe(0);
      });

      it('makes a case once, lists it, and forgets it when it is deleted', async () => {
        expect(await cases.create('incident-7')).toMatchObject({ ok: true });
        expect(await cases.create('incident-7')).toMatchObject({
          ok: false,
          problem: { code: 'case_exists' },
        });
        expect((await cases.list()).map((item) => item.name)).toContain('incident-7');
        await cases.remove('incident-7');
        expect((await cases.list()).map((item) => item.name)).not.toContain('incident-7');
        expect(await cases.open('incident-7')).toMatchObject({ problem: { code: 'unknown_case' } });
        expect(await cases.remove('incident-7')).toMatchObject({
          problem: { code: 'unknown_case' },
        });
      });

      it('refuses a name that is no plain file name', async () => {
        for (const bad of ['../x', 'a/b', '', '.hidden', 'x'.repeat(65), 'a\0b']) {
          expect(await cases.open(bad, { create: true })).toMatchObject({ ok: false });
          expect(await cases.create(bad)).toMatchObject({ ok: false });
        }
      });

      it('keeps cases apart', async () => {
        const other = await openCase(cases, `other-${count}`);
        await takeLog(store, 's1', labText);
        expect((await other.queries.pods({ filter: all, lateLimitMs: late })).items).toEqual([]);
        expect((await takeLog(other, 's1', labText)).ledger.duplicate).toBe(0);
      });
    });

    checkSources(() => store);
    checkOthers(() => store);

    describe('duplicates', () => {
      it('counts a file sent again as duplicates and blanks alone, and changes no answer', async () => {
        await takeLog(store, 's1', broken.text);
        const before = await everyAnswer(store);
        const { ledger } = await takeLog(store, 's2', broken.text, { batchRecords: 5 });
        expect(ledger).toMatchObject({ stored: 0, quarantined: 0, skipped: 0, events: 0 });
        expect(ledger.duplicate).toBe(ledger.in - ledger.blank);
        const after = await everyAnswer(store);
        for (const key of ['sources', 'summary', 'completeness', 'source s1', 'source s2']) {
          before.delete(key);
          after.delete(key);
        }
        expect(after).toEqual(before);
      });

      it('counts exactly the half that it has', async () => {
        const half = lab.lines.slice(0, 1_000);
        await takeLog(store, 's1', half.join('\n'));
        const { ledger } = await takeLog(store, 's2', labText);
        expect(ledger).toMatchObject({ duplicate: 1_000, stored: lab.lines.length - 1_000 });
      });

      it('takes two sources in turns, and what both hold once', async () => {
        const one = batchesOf(lab.lines.slice(0, 1_500).join('\n'));
        const two = batchesOf(lab.lines.slice(500).join('\n'));
        await store.facts.beginSource(newSource('s1'));
        await store.facts.beginSource(newSource('s2'));
        for (let at = 0; at < Math.max(one.length, two.length); at += 1) {
          const [a, b] = [one[at], two[at]];
          if (a !== undefined) await store.facts.append('s1', a, progress);
          if (b !== undefined) await store.facts.append('s2', b, progress);
        }
        const sources = await store.queries.sources();
        const stored = sources.reduce((sum, { ledger }) => sum + ledger.stored, 0);
        const duplicate = sources.reduce((sum, { ledger }) => sum + ledger.duplicate, 0);
        expect({ stored, duplicate }).toEqual({ stored: lab.lines.length, duplicate: 1_000 });
      });

      it('keeps a record that says the same in other bytes, and counts what it says once', async () => {
        const line = lab.lines.find((each) => each.includes('"refcnt":')) ?? '';
        const other = line.replace(/"refcnt":\d+/, '"refcnt":77');
        await takeLog(store, 's1', [line, other].join('\n'));
        const events = await allEvents(store, { filter: all, limit: 10 });
        expect(events.map(({ sameAs }) => sameAs)).toEqual([false, true]);
        const [node] = (await store.queries.nodes()).items;
        expect(node?.events).toBe(1);
        const histogram = await store.queries.histogram({
          filter: all,
          buckets: 1,
          lateLimitMs: late,
        });
        expect([...histogram.exec, ...histogram.network, ...histogram.other]).toContain(1);
      });
    });

    describe('evidence', () => {
      it('gives every record back byte for byte, with where it stood', async () => {
        await takeLog(store, 's1', labText);
        const events = await allEvents(store, { filter: all, limit: 400 });
        const lines = new Set(lab.lines);
        for (const { id } of events.slice(0, 200)) {
          const raw = await store.evidence.raw(id);
          if (!raw.ok) throw new Error(raw.problem.message);
          const { bytes, line, source } = raw.value;
          expect(new TextDecoder().decode(bytes)).toBe(lab.lines[line - 1]);
          expect(source).toBe('s1');
        }
        expect(events.length).toBe(lines.size);
      });

      it('knows no event that is not its own', async () => {
        for (const id of ['e999999', 'x', '', 'e0', '-1', 'e1; DROP TABLE events']) {
          expect(await store.evidence.raw(id)).toMatchObject({
            problem: { code: 'unknown_event' },
          });
        }
      });

      it('lists what it did not understand, in pages, with the bytes as they were', async () => {
        await takeLog(store, 's1', broken.text);
        const { quarantined } = broken.truth.ledger;
        const items = [];
        let cursor: string | undefined;
        do {
          const page = await store.evidence.quarantine('s1', {
            limit: 2,
            ...(cursor === undefined ? {} : { cursor }),
          });
          if (!page.ok) throw new Error(page.problem.message);
          expect(page.value.total).toBe(quarantined);
          expect(page.value.items.length).toBeLessThanOrEqual(2);
          items.push(...page.value.items);
          cursor = page.value.nextCursor;
        } while (cursor !== undefined);
        expect(items.length).toBe(quarantined);
        const bytes = new TextEncoder().encode(broken.text);
        for (const { offset, length, sample, reason } of items) {
          const there = new TextDecoder().decode(bytes.subarray(offset, offset + length));
          expect(there.startsWith(sample.slice(0, 64))).toBe(true);
          expect(reason).not.toBe('');
        }
        expect(
          await store.evidence.quarantine('s1', { limit: 1, cursor: 'foreign' }),
        ).toMatchObject({ problem: { code: 'bad_request' } });
      });

      it('streams the original records of what a filter keeps, in time order', async () => {
        // Written backwards, so that the order of the log is not the order of time.
        await takeLog(store, 's1', [...lab.lines].reverse().join('\n'));
        const filter = { kind: 'text', text: 'curl' } as const;
        const events = await allEvents(store, { filter, limit: 100 });
        const times = events.map(({ time }) => parseTime(time ?? '') ?? 0n);
        expect(times).toEqual(times.toSorted((a, b) => (a < b ? -1 : 1)));
        expect(new Set(times).size).toBeGreaterThan(10);
        const texts: string[] = [];
        for await (const { bytes } of store.evidence.records({
          filter,
          limit: 10,
          lateLimitMs: late,
        }))
          texts.push(new TextDecoder().decode(bytes));
        const told: string[] = [];
        for (const { id } of events) {
          const raw = await store.evidence.raw(id);
          if (raw.ok) told.push(new TextDecoder().decode(raw.value.bytes));
        }
        expect(texts).toEqual(told);
        expect(texts.every((text) => lab.lines.includes(text))).toBe(true);
      });

      it('streams nothing from a place that is none, and says so', async () => {
        await takeLog(store, 's1', broken.text);
        for (const cursor of ['foreign', 'desc..1']) {
          const query = { filter: all, limit: 10, lateLimitMs: late, cursor };
          const first = store.evidence.records(query)[Symbol.asyncIterator]().next();
          await expect(first).rejects.toBeInstanceOf(ForeignCursor);
        }
      });

      it('gives equal digests for equal sets of facts, whatever the order and the batches', async () => {
        await takeLog(store, 's1', labText);
        const other = await openCase(cases, `shuffled-${count}`);
        await takeLog(other, 's9', [...lab.lines].reverse().join('\n'), { batchRecords: 1_001 });
        const one = await store.evidence.verify({ compare: false });
        const two = await other.evidence.verify({ compare: false });
        expect(two.digest).toBe(one.digest);
        expect(two).toMatchObject({ records: one.records, events: one.events });
      });
    });

    describe('what a log can make of names', () => {
      it('counts few labels apart and the rest together, the same in any order', async () => {
        const lines = Array.from({ length: 300 }, (_, at) => {
          const process = { exec_id: execIdOf(5), pid: 5, binary: '/bin/x' };
          return JSON.stringify({ [`process_x${1_000 + at}`]: { process }, node_name: 'n1' });
        });
        const other = await openCase(cases, `labels-${count}`);
        const one = await takeLog(store, 's1', lines.join('\n'));
        const two = await takeLog(other, 's1', lines.toReversed().join('\n'));
        expect(one.source.kinds).toEqual(two.source.kinds);
        expect(one.source.kinds).toMatchObject({ process_x1000: 1, process_x1255: 1, other: 44 });
        expect(Object.keys(one.source.kinds)).toHaveLength(257);
        const [node] = (await store.queries.nodes()).items;
        expect([node]).toEqual((await other.queries.nodes()).items);
      });

      it('tells the same boots apart as the reference, of more than are told apart, in any order', async () => {
        const lines = linesOfBoots(4_150);
        const reference = await openCase(openMemoryCases({ now: () => nanos(0n) }), 'r');
        await takeLog(store, 's1', lines.join('\n'), { batchRecords: 1_000 });
        await takeLog(reference, 's1', lines.toReversed().join('\n'), { batchRecords: 1_000 });
        const told = await store.queries.processesByExecId(execIdOf(7), late);
        expect(told).toEqual(await reference.queries.processesByExecId(execIdOf(7), late));
      });
    });

    describe('changes', () => {
      it('tells of each commit with its pods and newest time, until told to stop', async () => {
        const changes: Change[] = [];
        const stop = store.queries.watch((change) => changes.push(change));
        const version = store.queries.version();
        await takeLog(store, 's1', labText);
        const batches = batchesOf(labText).length;
        expect(changes.length).toBe(batches);
        expect(store.queries.version()).toBeGreaterThan(version);
        expect(changes.reduce((sum, { added }) => sum + added.stored, 0)).toBe(lab.lines.length);
        expect(changes.some(({ pods }) => pods?.some((pod) => pod.includes(lab.truth.pod)))).toBe(
          true,
        );
        expect(changes.at(-1)?.newestTime).toBeDefined();
        stop();
        await takeLog(store, 's2', broken.text);
        expect(changes.length).toBe(batches);
      });

      it('tells of a pod whose processes an earlier commit has told of', async () => {
        const isOwn = (line: string): boolean =>
          /"process":\{[^{}]*"pod":\{[^{}]*"name":"([^"]*)"/.exec(line)?.[1] === lab.truth.pod;
        const own = lab.lines.filter(isOwn);
        const changes: Change[] = [];
        const stop = store.queries.watch((change) => changes.push(change));
        await takeLog(store, 's1', own.slice(0, 40).join('\n'), { batchRecords: 1 });
        stop();
        expect(changes.length).toBe(40);
        for (const { pods } of changes) expect(pods?.join()).toContain(lab.truth.pod);
      });

      it('keeps the answer to a push for a day', async () => {
        const { ledger } = await takeLog(store, 's1', broken.text);
        const now = nanos(1_000_000_000_000_000n);
        await store.facts.rememberPush('key', 'hash', ledger, now);
        expect(await store.facts.recallPush('key', now)).toEqual({ bodyHash: 'hash', ledger });
        expect(await store.facts.recallPush('other', now)).toBeUndefined();
        const tomorrow = nanos(now + 86_400_000_000_001n);
        expect(await store.facts.recallPush('key', tomorrow)).toBeUndefined();
      });
    });

    checkQuestions(() => ({ cases, store, count }));
    checkLists(() => ({ cases, store, count }));
  });
}

/**
 * Boots of a node, a hundred seconds apart, each told by a process of one exec_id; and at the end two processes of another,
 * which are of one boot if what the first one says between them counts.
 */
function linesOfBoots(boots: number): string[] {
  const lines: string[] = [];
  for (let boot = 0; boot < boots; boot += 1) lines.push(execIn(boot * 100, 5));
  const last = boots * 100;
  return [...lines, execIn(last, 7), execIn(last + 50, 5), execIn(last + 100, 7)];
}

function execIn(boot: number, pid: number): string {
  const start = formatTime(nanos(BigInt(1_700_000_000 + boot + 10) * 1_000_000_000n));
  const process = { exec_id: execIdOf(pid), pid, binary: '/bin/x', start_time: start };
  return JSON.stringify({ process_exec: { process }, node_name: 'n1', time: start });
}

/** Ten seconds after a boot. */
function execIdOf(pid: number): string {
  return btoa(`n1:10000000000:${pid}`);
}

function expectLedgerLaw({ ledger }: Source): void {
  const { stored, duplicate, quarantined, skipped, blank } = ledger;
  expect(ledger.in).toBe(stored + duplicate + quarantined + skipped + blank);
}

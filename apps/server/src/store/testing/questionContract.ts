import { nanos } from '@forebear/model/event/time';
import { generateBrokenLog } from '@forebear/model/scenario/brokenLog';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import type { ConversationsAnswer } from '@forebear/model/wire/conversations';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openMemoryCases } from '../memory/memoryStore.ts';
import type { CaseStore, Cases, ConversationQuery } from '../ports.ts';
import { allEvents, everyAnswer, treeOfItem } from './everyAnswer.ts';
import { batchesOf, endOf, newSource, openCase, progress, takeLog } from './intoStore.ts';

const all = { kind: 'all' } as const;
const late = 60_000;
const lab = generateReverseShell(3);
const labText = lab.lines.join('\n');
const broken = generateBrokenLog(3);
/** Places that are spelled as ours and that no event can have. */
const beyond = [
  `asc.${2n ** 63n}.1`,
  'asc.9999999999999999999.1',
  `asc.-${2n ** 63n}.1`,
  'asc.1.9999999999999999',
];

/** The part of the contract that asks: `now` gives the shelf, an empty case of this test, and the test's number. */
export function checkQuestions(
  now: () => { readonly cases: Cases; readonly store: CaseStore; readonly count: number },
): void {
  describe('questions', () => {
    it('answers an empty case with empty lists', async () => {
      const { store } = now();
      const answers = await everyAnswer(store);
      expect(answers.get('sources')).toEqual([]);
      expect(
        await store.queries.tree({ of: { kind: 'node', node: 'n' }, lateLimitMs: late }),
      ).toMatchObject({
        problem: { code: 'unknown_node' },
      });
      const of = { kind: 'pod', namespace: 'n', pod: 'p' } as const;
      expect(await store.queries.tree({ of, lateLimitMs: late })).toMatchObject({
        problem: { code: 'unknown_pod' },
      });
      expect(await store.queries.process('A'.repeat(22), late)).toMatchObject({
        problem: { code: 'unknown_process' },
      });
      expect(await store.queries.processesByExecId('bm9wZQ==', late)).toEqual([]);
    });

    it('reads its own writes: an answer includes every append that resolved', async () => {
      const { store } = now();
      await store.facts.beginSource(newSource('s1', 'live'));
      let stored = 0;
      for (const batch of batchesOf(labText, { batchRecords: 500 })) {
        stored += (await store.facts.append('s1', batch, progress)).events;
        expect((await store.queries.summary()).events).toBe(stored);
        const nodes = (await store.queries.nodes()).items;
        expect(nodes.reduce((sum, node) => sum + node.events, 0)).toBe(stored);
      }
      await store.facts.endSource('s1', endOf('complete'));
    });

    it('shows the crawler first, with its late shell and the hop out of it', async () => {
      const { store } = now();
      await takeLog(store, 's1', labText);
      const { items } = await store.queries.pods({ filter: all, lateLimitMs: late });
      expect(items[0]?.pod).toBe(lab.truth.pod);
      const tree = await store.queries.tree({
        of: treeOfItem(items[0] ?? raise('no pod')),
        lateLimitMs: late,
      });
      expect(tree.ok && tree.value.nodes.loud.includes(1)).toBe(true);
      const hops = await store.queries.lateral({ pod: lab.truth.pod, lateLimitMs: late });
      expect(hops.items.map(({ to }) => to.pod)).toContain(lab.truth.hop.to.pod);
    });

    it('pages events without a gap or a repetition, at any page size, both ways', async () => {
      const { store } = now();
      await takeLog(store, 's1', [labText, broken.text].join('\n'));
      const forward = await allEvents(store, { filter: all, limit: 1_000 });
      for (const limit of [17, 333])
        expect(await allEvents(store, { filter: all, limit })).toEqual(forward);
      const timed = forward.filter(({ time }) => time !== null);
      const untimed = forward.filter(({ time }) => time === null);
      expect(untimed.length).toBeGreaterThan(0);
      expect(forward).toEqual([...timed, ...untimed]);
      const back = await allEvents(store, { filter: all, limit: 64, order: 'desc' });
      expect(back).toEqual([...timed.reverse(), ...untimed]);
    });

    it('counts over all the time that there is as over the log alone', async () => {
      const { store } = now();
      await takeLog(store, 's1', labText);
      const asked = { filter: all, lateLimitMs: late };
      const counted = async (question: object) => {
        const { exec, network, dns, file, other } = await store.queries.histogram({
          ...asked,
          buckets: 1,
          ...question,
        });
        return { exec, network, dns, file, other };
      };
      const whole = await counted({});
      const from = nanos(1n - 2n ** 63n);
      const to = nanos(2n ** 63n - 1n);
      expect(await counted({ from, to })).toEqual(whole);
      expect(await counted({ to })).toEqual(whole);
      expect(await counted({ from })).toEqual(whole);
      const page = await store.queries.events({ ...asked, from, to, limit: 1 });
      expect(page).toMatchObject({ ok: true, value: { items: [{}] } });
    });

    it('refuses a cursor of another list or of the other order', async () => {
      const { store } = now();
      await takeLog(store, 's1', labText);
      const page = await store.queries.events({ filter: all, limit: 2, lateLimitMs: late });
      const cursor = page.ok ? (page.value.nextCursor ?? '') : '';
      for (const foreign of ['x', '', 'd5', "asc.'--.1", 'asc.1.1e9', ...beyond]) {
        expect(
          await store.queries.events({
            filter: all,
            limit: 2,
            lateLimitMs: late,
            cursor: foreign,
          }),
        ).toMatchObject({ problem: { code: 'bad_request' } });
      }
      expect(
        await store.queries.events({
          filter: all,
          limit: 2,
          lateLimitMs: late,
          cursor,
          order: 'desc',
        }),
      ).toMatchObject({ problem: { code: 'bad_request' } });
      expect(
        await store.queries.destinations({ filter: all, limit: 2, lateLimitMs: late, cursor }),
      ).toMatchObject({ problem: { code: 'bad_request' } });
    });

    it('cuts events by kind and by time, from inclusive, to exclusive', async () => {
      const { store } = now();
      await takeLog(store, 's1', labText);
      const events = await allEvents(store, { filter: all, limit: 1_000 });
      const dns = await allEvents(store, {
        filter: all,
        limit: 1_000,
        kinds: ['dns', 'nonsense'],
      });
      expect(dns).toEqual(events.filter(({ kind }) => kind === 'dns'));
      const from = timeOf(events[100]?.time);
      const to = timeOf(events[200]?.time);
      const cut = await allEvents(store, { filter: all, limit: 1_000, from, to });
      expect(cut).toEqual(events.filter(({ time }) => timeOf(time) >= from && timeOf(time) < to));
    });

    it('pages conversations, and cuts them by the time they were open', async () => {
      const { store } = now();
      await takeLog(store, 's1', labText);
      const asked = { filter: all, lateLimitMs: late };
      const whole = await conversationsOf(store, { ...asked, limit: 1_000 });
      expect(whole.items.length).toBe(whole.total);
      const items = [];
      let cursor: string | null = 'c0';
      while (cursor !== null) {
        const page: ConversationsAnswer = await conversationsOf(store, {
          ...asked,
          limit: 17,
          cursor,
        });
        items.push(...page.items);
        cursor = page.nextCursor;
      }
      expect(items).toEqual(whole.items);
      const to = timeOf(whole.items[20]?.firstSeen);
      const before = await conversationsOf(store, { ...asked, limit: 1_000, to });
      expect(before.items.length).toBeGreaterThan(0);
      for (const { firstSeen, closed, open } of before.items) {
        expect(timeOf(firstSeen)).toBeLessThan(to);
        expect(closed === null || open === timeOf(closed) >= to).toBe(true);
      }
      expect(await store.queries.conversations({ ...asked, limit: 2, cursor: 'd5' })).toMatchObject(
        { problem: { code: 'bad_request' } },
      );
    });

    it('pages destinations', async () => {
      const { store } = now();
      await takeLog(store, 's1', labText);
      const whole = await store.queries.destinations({
        filter: all,
        limit: 100,
        lateLimitMs: late,
      });
      const items = [];
      let cursor: string | undefined;
      do {
        const page = await store.queries.destinations({
          filter: all,
          limit: 3,
          lateLimitMs: late,
          ...(cursor === undefined ? {} : { cursor }),
        });
        if (!page.ok) throw new Error(page.problem.message);
        items.push(...page.value.items);
        cursor = page.value.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(whole.ok && whole.value.items).toEqual(items);
    });
  });

  it('answers like the reference, on random histories', async () => {
    const { cases, count } = now();
    let run = 0;
    const history = fc.record({
      lines: fc.uniqueArray(
        fc.nat({ max: lab.lines.length + broken.text.split('\n').length - 1 }),
        {
          minLength: 1,
          maxLength: 120,
        },
      ),
      again: fc.array(fc.nat({ max: 119 }), { maxLength: 10 }),
      cut: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
      batchRecords: fc.integer({ min: 1, max: 60 }),
    });
    const pool = [...lab.lines, ...broken.text.split('\n')];
    await fc.assert(
      fc.asyncProperty(history, async ({ lines, again, cut, batchRecords }) => {
        run += 1;
        const texts = [...lines, ...again.map((at) => lines[at % lines.length] ?? 0)].map(
          (at) => pool[at] ?? '',
        );
        const middle = Math.floor(texts.length * cut);
        const reference = openMemoryCases({ now: () => nanos(0n) });
        const asked = [
          await openCase(cases, `random-${count}-${run}`),
          await openCase(reference, 'r'),
        ];
        const answers = [];
        for (const each of asked) {
          await takeLog(each, 's1', texts.slice(0, middle).join('\n'), { batchRecords });
          await takeLog(each, 's2', texts.slice(middle).join('\n'), { batchRecords });
          answers.push(await everyAnswer(each));
        }
        await cases.remove(`random-${count}-${run}`);
        expect(answers[0]).toEqual(answers[1]);
      }),
      { numRuns: 8, seed: 7 },
    );
  });
}

async function conversationsOf(
  { queries }: CaseStore,
  query: ConversationQuery,
): Promise<ConversationsAnswer> {
  const answer = await queries.conversations(query);
  if (!answer.ok) throw new Error(answer.problem.message);
  return answer.value;
}

function timeOf(text: string | null | undefined) {
  return nanos(
    BigInt(Date.parse(`${(text ?? '').slice(0, 19)}Z`)) * 1_000_000n +
      BigInt((text ?? '').slice(20, 29)),
  );
}

function raise(message: string): never {
  throw new Error(message);
}

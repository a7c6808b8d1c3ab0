import { nanos } from '@forebear/model/event/time';
import type { Clause, Filter } from '@forebear/model/query/filter';
import { generateBrokenLog } from '@forebear/model/scenario/brokenLog';
import { generateBulk } from '@forebear/model/scenario/bulk';
import { createRandom } from '@forebear/model/scenario/random';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import type { ConversationsAnswer } from '@forebear/model/wire/conversations';
import type { PodsAnswer } from '@forebear/model/wire/inventory';
import type { DestinationsAnswer, LateralAnswer } from '@forebear/model/wire/network';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openMemoryCases } from '../memory/memoryStore.ts';
import type { CaseStore, Cases, ConversationQuery, DestinationQuery, Patience } from '../ports.ts';
import { treeOfItem } from './everyAnswer.ts';
import { openCase, takeLog } from './intoStore.ts';

const all = { kind: 'all' } as const;
const late = 60_000;

/**
 * The part of the contract about lists of all of a case, which a large case is cut into parts for: whatever the parts, they
 * say what the whole says, and nothing that was gathered before a batch is answered after it.
 */
export function checkLists(
  now: () => { readonly cases: Cases; readonly store: CaseStore; readonly count: number },
): void {
  it('gathers the lists of a case as the reference derives them, again after more came in', async () => {
    const { cases, count } = now();
    const pool = poolOfLines();
    let run = 0;
    const history = fc.record({
      lines: fc.uniqueArray(fc.nat({ max: pool.length - 1 }), { minLength: 2, maxLength: 260 }),
      cut: fc.integer({ min: 20, max: 90 }).map((percent) => percent / 100),
    });
    await fc.assert(
      fc.asyncProperty(history, async ({ lines, cut }) => {
        run += 1;
        const texts = lines.map((at) => pool[at] ?? '');
        const middle = Math.floor(texts.length * cut);
        const name = `lists-${count}-${run}`;
        const asked = await openCase(cases, name);
        const reference = await openCase(openMemoryCases({ now: () => nanos(0n) }), 'r');
        for (const [at, part] of [texts.slice(0, middle), texts.slice(middle)].entries()) {
          for (const store of [asked, reference]) await takeLog(store, `s${at}`, part.join('\n'));
          expect(await listsOf(asked)).toEqual(await listsOf(reference));
        }
        await cases.remove(name);
      }),
      { numRuns: 6, seed: 11 },
    );
  });

  it('tells what there is so far to whoever will not wait, and in the end the whole', async () => {
    const { cases, count } = now();
    const store = await openCase(cases, `patience-${count}`);
    await takeLog(store, 's', poolOfLines().join('\n'));
    const { queries } = store;
    const destinations = async (query: DestinationQuery): Promise<DestinationsAnswer> => {
      const answer = await queries.destinations(query);
      if (!answer.ok) throw new Error(answer.problem.message);
      return answer.value;
    };
    const conversations = async (query: ConversationQuery): Promise<ConversationsAnswer> => {
      const answer = await queries.conversations(query);
      if (!answer.ok) throw new Error(answer.problem.message);
      return answer.value;
    };
    for (const filter of [all, { kind: 'text', text: 'curl' } as const]) {
      const query = { filter, lateLimitMs: late };
      const page = { ...query, limit: 1_000 };
      const questions: readonly ((patience: Patience) => Promise<Listed>)[] = [
        (patience) => queries.pods({ ...query, ...patience }),
        (patience) => destinations({ ...page, ...patience }),
        (patience) => conversations({ ...page, ...patience }),
        (patience) => queries.lateral({ lateLimitMs: late, ...patience }),
      ];
      for (const ask of questions) {
        const { told, whole } = await impatiently((patienceMs) => ask({ patienceMs }));
        expect(whole).toEqual(await ask({}));
        const parts = told.map(({ completeness }) => completeness.derived?.parts ?? 0);
        expect(parts).toEqual([...parts].sort((a, b) => a - b));
        for (const { items, completeness } of told) {
          expect(completeness.complete).toBe(false);
          expect(completeness.derived?.parts).toBeLessThan(completeness.derived?.of ?? 0);
          expect(items.length).toBeLessThanOrEqual(whole.items.length);
        }
      }
    }
    await cases.remove(`patience-${count}`);
  });
}

type Listed = Pick<
  PodsAnswer | ConversationsAnswer | DestinationsAnswer | LateralAnswer,
  'items' | 'completeness'
>;

/** Asks without patience until the answer is the whole one: what was told before it, and that. */
async function impatiently(
  ask: (patienceMs: number) => Promise<Listed>,
): Promise<{ readonly told: readonly Listed[]; readonly whole: Listed }> {
  const told: Listed[] = [];
  for (;;) {
    const answer = await ask(0);
    if (answer.completeness.derived === undefined) return { told, whole: answer };
    told.push(answer);
    if (told.length > 1_000) throw new Error('It never comes to an end.');
  }
}

const { truth } = generateReverseShell(3);
const inPod = [
  { field: 'k8s.ns.name', operator: '=', value: truth.namespace },
  { field: 'k8s.pod.name', operator: '=', value: truth.pod },
] as const;
const podClauses: readonly (readonly Clause[])[] = [
  inPod,
  [...inPod, { field: 'fd.sip.name', operator: 'contains', value: 'e' }],
  [{ field: 'k8s.pod.name', operator: 'contains', value: '-' }],
  [{ field: 'k8s.pod.name', operator: '=', value: 'nowhere' }],
  [{ field: 'evt.hostname', operator: '=', value: 'worker-1' }],
  [
    { field: 'evt.hostname', operator: 'contains', value: 'er-' },
    { field: 'evt.type', operator: '=', value: 'execve' },
  ],
];

/** Of a process alone, of names and numbers that connections have, of both, of nothing. */
const someFilters: readonly Filter[] = [
  ...['curl', 'svc', '8080', 'gunicorn 8080', 'SESSION v1', 'nowhere'].map((text) => ({
    kind: 'text' as const,
    text,
  })),
  { kind: 'clauses', clauses: [{ field: 'proc.name', operator: '=', value: 'curl' }] },
  // Of pods by name: one, several, none; of what is in one.
  ...podClauses.map((clauses) => ({ kind: 'clauses' as const, clauses })),
  {
    kind: 'clauses',
    clauses: [
      { field: 'proc.args', operator: 'contains', value: 'srv' },
      { field: 'evt.type', operator: '=', value: 'execve' },
    ],
  },
];

async function listsOf({ queries, evidence }: CaseStore): Promise<Map<string, unknown>> {
  const lists = new Map<string, unknown>();
  for (const lateLimitMs of [0, late]) {
    lists.set(`pods ${lateLimitMs}`, await queries.pods({ filter: all, lateLimitMs }));
    lists.set(`lateral ${lateLimitMs}`, await queries.lateral({ lateLimitMs }));
    const histogram = { filter: all, buckets: 5, lateLimitMs };
    lists.set(`histogram ${lateLimitMs}`, await queries.histogram(histogram));
  }
  for (const filter of someFilters) {
    const name = JSON.stringify(filter);
    lists.set(`pods ${name}`, await queries.pods({ filter, lateLimitMs: late }));
    const page = { filter, lateLimitMs: late, limit: 1_000 };
    lists.set(`destinations ${name}`, await queries.destinations(page));
    lists.set(`conversations ${name}`, await queries.conversations(page));
    lists.set(`events ${name}`, await queries.events(page));
    lists.set(`histogram ${name}`, await queries.histogram({ ...page, buckets: 3 }));
  }
  const { items } = await queries.pods({ filter: all, lateLimitMs: late });
  for (const item of [...items.slice(0, 1), ...items.slice(-1)]) {
    const tree = await queries.tree({ of: treeOfItem(item), lateLimitMs: late });
    // The first of a tree is often one that nobody described.
    for (const ref of tree.ok ? tree.value.nodes.ref.slice(0, 3) : [])
      lists.set(`process ${ref}`, await queries.process(ref, late));
  }
  const page = { filter: all, lateLimitMs: late, limit: 1_000 };
  lists.set('destinations', await queries.destinations(page));
  lists.set('conversations', await queries.conversations(page));
  lists.set('clusters', await queries.clusters());
  lists.set('namespaces', await queries.namespaces());
  const { digest, faults, processes } = await evidence.verify({ compare: false });
  lists.set('verify', { digest, faults, processes });
  return lists;
}

/** The lab with its hop and late shell, two more clusters, a broken log; some lines know less than they were told. */
function poolOfLines(): string[] {
  const random = createRandom(5);
  const other = { events: 900, pods: 10, nodes: 3, eventsPerSecond: 5 };
  const lines = [
    ...generateReverseShell(3).lines,
    ...generateBulk({ seed: 1, ...other }),
    ...[...generateBulk({ seed: 2, ...other })].map((line) => line.replaceAll('"bulk"', '"east"')),
  ];
  const told = lines.map((line) => {
    const dice = random.int(20);
    if (dice === 0) return line.replace(/"cluster_name":"[^"]*"/, '"cluster_name":""');
    if (dice === 1) return line.replace(/"uid":"[^"]*"/, '"uid":""');
    // Without its pod a process is known by its truncated container id, without that as one of the host.
    if (dice <= 4) return line.replaceAll('"pod":{', '"pods":{');
    if (dice <= 6) return line.replaceAll('"pod":{', '"pods":{').replaceAll('"docker":', '"dock":');
    return line;
  });
  return [...told, ...generateBrokenLog(3).text.split('\n')];
}

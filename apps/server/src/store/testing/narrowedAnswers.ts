import { nanos, parseTime } from '@forebear/model/event/time';
import { conversationSorts } from '@forebear/model/wire/conversations';
import type { PodItem } from '@forebear/model/wire/inventory';
import type { CaseStore, PodsQuery, TimeRange, TreeQuery } from '../ports.ts';

const all = { kind: 'all' } as const;
const late = 60_000;
/** Everything is late; the usual; nothing is. */
const limits = [0, late, 86_400_000];
const sorts: readonly NonNullable<PodsQuery['sort']>[] = [
  'name',
  'processes',
  'firstSeen',
  'lastSeen',
];
/** Trees are asked for in every way for this many pods, and for the host. */
const mostPods = 3;

/**
 * What is asked with a time range, a container, a cluster, a namespace, an order or another limit of lateness, by name.
 *
 * @param treeOf what a pod list item's tree is asked by
 */
export async function narrowedAnswers(
  store: CaseStore,
  items: readonly PodItem[],
  treeOf: (item: PodItem) => TreeQuery['of'],
): Promise<Map<string, unknown>> {
  const answers = new Map<string, unknown>();
  const { queries } = store;
  const ranges = await someRanges(store);
  for (const sort of sorts) {
    answers.set(`pods by ${sort}`, await queries.pods({ filter: all, lateLimitMs: late, sort }));
  }
  for (const lateLimitMs of limits) {
    answers.set(`pods late ${lateLimitMs}`, await queries.pods({ filter: all, lateLimitMs }));
    answers.set(`lateral late ${lateLimitMs}`, await queries.lateral({ lateLimitMs }));
    const counted = { filter: all, lateLimitMs };
    answers.set(
      `histogram late ${lateLimitMs}`,
      await queries.histogram({ ...counted, buckets: 7 }),
    );
    answers.set(
      `destinations late ${lateLimitMs}`,
      await queries.destinations({ ...counted, limit: 1_000 }),
    );
  }
  for (const range of ranges) {
    const name = nameOf(range);
    const asked = { filter: all, lateLimitMs: late, ...range };
    answers.set(`pods ${name}`, await queries.pods(asked));
    answers.set(`destinations ${name}`, await queries.destinations({ ...asked, limit: 1_000 }));
    for (const by of conversationSorts) {
      const sort = { by, descending: by !== 'firstSeen' };
      const page = { ...asked, sort, limit: 300, cursor: 'c7' };
      answers.set(`conversations by ${by} ${name}`, await queries.conversations(page));
    }
    answers.set(`histogram ${name}`, await queries.histogram({ ...asked, buckets: 7 }));
    for (const order of ['asc', 'desc'] as const) {
      const page = { ...asked, order, limit: 40, kinds: ['exec', 'exit', 'dns'] };
      answers.set(`events ${order} ${name}`, await queries.events(page));
    }
  }
  const hosts = items.filter(({ kind }) => kind === 'host').slice(0, 1);
  for (const item of [...items.slice(0, mostPods), ...hosts]) {
    const { cluster, namespace } = item;
    answers.set(
      `pods of ${cluster}/${namespace}`,
      await queries.pods({ filter: all, lateLimitMs: late, cluster, namespace }),
    );
    const { namespace: hop, pod } = item;
    answers.set(
      `lateral of ${hop}/${pod}`,
      await queries.lateral({ namespace: hop, pod, lateLimitMs: late }),
    );
    for (const [name, answer] of await narrowedTrees(store, treeOf(item), ranges)) {
      answers.set(name, answer);
    }
  }
  for (const { id } of await queries.sources()) {
    answers.set(`source ${id}`, await queries.source(id));
  }
  return answers;
}

async function narrowedTrees(
  { queries }: CaseStore,
  of: TreeQuery['of'],
  ranges: readonly TimeRange[],
): Promise<Map<string, unknown>> {
  const answers = new Map<string, unknown>();
  const name = JSON.stringify(of);
  const whole = await queries.tree({ of, lateLimitMs: late });
  const containers = whole.ok ? whole.value.containers : [];
  const asked: TreeQuery[] = [
    ...limits.map((lateLimitMs) => ({ of, lateLimitMs })),
    ...ranges.map((range) => ({ of, lateLimitMs: late, ...range })),
    ...[...containers.flatMap(({ id, name: called }) => [id, called]), 'nowhere'].map(
      (container) => ({ of, lateLimitMs: late, container }),
    ),
  ];
  for (const [at, query] of asked.entries()) {
    answers.set(`tree ${at} of ${name}`, await queries.tree(query));
    for (const fold of [true, false]) {
      answers.set(
        `objects ${at} of ${name} ${fold}`,
        await queries.treeObjects({ ...query, fold }),
      );
    }
  }
  const ref = whole.ok ? whole.value.nodes.ref.at(-1) : undefined;
  if (ref === undefined) return answers;
  for (const lateLimitMs of limits) {
    answers.set(`process ${ref} late ${lateLimitMs}`, await queries.process(ref, lateLimitMs));
  }
  return answers;
}

/** Ranges over the case's own time: the middle, everything from there and up to there, and nothing. */
async function someRanges({ queries }: CaseStore): Promise<readonly TimeRange[]> {
  const whole = await queries.histogram({ filter: all, buckets: 9, lateLimitMs: late });
  const begin = parseTime(whole.from ?? '') ?? 0n;
  const bucket = BigInt(Math.round(whole.widthMs * 1_000)) * 1_000n;
  const [from, to] = [nanos(begin + 3n * bucket), nanos(begin + 6n * bucket)];
  return [{ from, to }, { from }, { to }, { from: to, to: from }];
}

function nameOf({ from, to }: TimeRange): string {
  return `${from ?? ''}..${to ?? ''}`;
}

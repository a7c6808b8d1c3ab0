import type { Filter } from '@forebear/model/query/filter';
import type { EventItem } from '@forebear/model/wire/events';
import type { PodItem } from '@forebear/model/wire/inventory';
import type { CaseStore, EventQuery, TreeQuery } from '../ports.ts';
import { narrowedAnswers } from './narrowedAnswers.ts';

const late = 60_000;

/** Filters over every field, and free text. */
const someFilters: readonly Filter[] = [
  { kind: 'all' },
  { kind: 'text', text: 'curl' },
  { kind: 'text', text: 'example 443' },
  clause('proc.name', '=', 'sh'),
  clause('proc.exepath', 'contains', '/usr/bin'),
  clause('proc.args', 'contains', '-'),
  clause('user.uid', '=', '0'),
  clause('k8s.ns.name', '=', 'tenant-jobs'),
  clause('k8s.pod.name', 'contains', 'crawler'),
  clause('container.name', 'contains', 'e'),
  clause('fd.sip', '=', '10.96.0.10'),
  clause('fd.sip.name', 'contains', 'example'),
  clause('fd.sport', '=', '443'),
  clause('evt.type', '=', 'execve'),
  {
    kind: 'clauses',
    clauses: [
      { field: 'proc.name', operator: '=', value: 'curl' },
      { field: 'fd.sport', operator: '=', value: '9200' },
    ],
  },
];

function clause(
  field: Extract<Filter, { kind: 'clauses' }>['clauses'][number]['field'],
  operator: '=' | 'contains',
  value: string,
): Filter {
  return { kind: 'clauses', clauses: [{ field, operator, value }] };
}

/** Every event that a question finds, page by page. */
export async function allEvents(
  store: CaseStore,
  query: Omit<EventQuery, 'lateLimitMs'>,
): Promise<EventItem[]> {
  const items: EventItem[] = [];
  let cursor = query.cursor;
  for (;;) {
    const asked = { ...query, lateLimitMs: late, ...(cursor === undefined ? {} : { cursor }) };
    const page = await store.queries.events(asked);
    if (!page.ok) throw new Error(page.problem.message);
    items.push(...page.value.items);
    if (page.value.nextCursor === null) return items;
    cursor = page.value.nextCursor;
  }
}

/** What a pod list item's tree is asked by. */
export function treeOfItem(item: PodItem): TreeQuery['of'] {
  if (item.kind === 'host') return { kind: 'node', node: item.node, cluster: item.cluster };
  return {
    kind: 'pod',
    namespace: item.namespace,
    pod: item.pod,
    uid: item.uid,
    cluster: item.cluster,
  };
}

/** Everything that can be asked of a case, by name: two stores that hold the same answer the same. */
export async function everyAnswer(store: CaseStore): Promise<Map<string, unknown>> {
  const { queries, evidence } = store;
  const answers = new Map<string, unknown>();
  const items = (await queries.pods({ filter: { kind: 'all' }, lateLimitMs: late })).items;
  for (const item of items) {
    const of = treeOfItem(item);
    const name = JSON.stringify(of);
    const tree = await queries.tree({ of, lateLimitMs: late });
    answers.set(`tree ${name}`, tree);
    answers.set(
      `objects ${name}`,
      await queries.treeObjects({ of, lateLimitMs: late, fold: true }),
    );
    const ref = tree.ok ? tree.value.nodes.ref.at(-1) : undefined;
    const execId = tree.ok ? tree.value.strings[tree.value.nodes.execId.at(-1) ?? 0] : undefined;
    if (ref === undefined || execId === undefined) continue;
    answers.set(`process ${ref}`, await queries.process(ref, late));
    answers.set(`exec id ${execId}`, await queries.processesByExecId(execId, late));
    answers.set(
      `events of ${ref}`,
      await allEvents(store, { filter: { kind: 'all' }, process: ref, limit: 50 }),
    );
  }
  for (const [name, answer] of await narrowedAnswers(store, items, treeOfItem)) {
    answers.set(name, answer);
  }
  for (const filter of someFilters) {
    const name = JSON.stringify(filter);
    answers.set(`pods ${name}`, await queries.pods({ filter, lateLimitMs: late }));
    answers.set(`events ${name}`, await allEvents(store, { filter, limit: 60 }));
    answers.set(
      `destinations ${name}`,
      await queries.destinations({ filter, lateLimitMs: late, limit: 1_000 }),
    );
    answers.set(
      `conversations ${name}`,
      await queries.conversations({ filter, lateLimitMs: late, limit: 1_000 }),
    );
    answers.set(`lateral ${name}`, await queries.lateral({ filter, lateLimitMs: late }));
    answers.set(
      `histogram ${name}`,
      await queries.histogram({ filter, buckets: 20, lateLimitMs: late }),
    );
  }
  answers.set(
    'events back',
    await allEvents(store, { filter: { kind: 'all' }, limit: 100, order: 'desc' }),
  );
  for (const order of ['severity', 'time'] as const)
    answers.set(
      `alerts by ${order}`,
      await queries.alerts({ filter: { kind: 'all' }, limit: 1_000, order, lateLimitMs: late }),
    );
  answers.set('calls', await queries.calls({ lateLimitMs: late }));
  answers.set('lateral', await queries.lateral({ lateLimitMs: late }));
  answers.set('clusters', await queries.clusters());
  answers.set('namespaces', await queries.namespaces());
  answers.set('nodes', await queries.nodes());
  answers.set('sources', await queries.sources());
  answers.set('completeness', await queries.completeness());
  answers.set('summary', { ...(await queries.summary()), name: '', sizeBytes: 0 });
  answers.set('verify', {
    ...(await evidence.verify({ compare: true })),
    blocks: 0,
    comparedWith: undefined,
  });
  const records: string[] = [];
  for await (const record of evidence.records({
    filter: { kind: 'all' },
    limit: 64,
    lateLimitMs: late,
  }))
    records.push(`${record.line} ${record.offset} ${new TextDecoder().decode(record.bytes)}`);
  answers.set('records', records);
  return answers;
}

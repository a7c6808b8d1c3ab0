import type { Dialect } from '@forebear/model/event/dialects';
import { nanos } from '@forebear/model/event/time';
import type { Filter } from '@forebear/model/query/filter';
import { parseFilter } from '@forebear/model/query/parseFilter';
import { tellIncident } from '@forebear/model/scenario/incident/tellIncident';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import type { AlertItem } from '@forebear/model/wire/alerts';
import { describe, expect, it } from 'vitest';
import { openMemoryCases } from '../memory/memoryStore.ts';
import type { AlertQuery, CaseStore } from '../ports.ts';
import { allEvents, everyAnswer, treeOfItem } from './everyAnswer.ts';
import { endOf, newSource, openCase, progress, takeLog } from './intoStore.ts';
import {
  auditCall,
  batchOfEvents,
  falcoAlert,
  falcoExec,
  falcoLoss,
  hubbleFlow,
  kubearmorAlert,
  secondAt,
} from './otherEvents.ts';

const all = { kind: 'all' } as const;
const lab = generateReverseShell(3).lines.slice(0, 600).join('\n');

const incident = tellIncident({ seed: 1 }).files;

const others = [
  falcoExec({ at: 1, pid: 7 }),
  falcoAlert({ at: 2, pid: 7 }, { severity: 'Warning' }),
  kubearmorAlert(3, 'web-2', 'Error'),
  hubbleFlow(4, 'web-1'),
  hubbleFlow(5, 'web-1', { verdict: 'DROPPED', reason: 'POLICY_DENIED' }),
  auditCall(6),
  falcoLoss(7, 12),
];

/** Events of other agents than Tetragon, one batch for each; `from` numbers their records. */
async function takeOthers(store: CaseStore, id: string, from = 0): Promise<void> {
  await store.facts.beginSource(newSource(id));
  for (const [index, event] of others.entries())
    await store.facts.append(id, batchOfEvents([event], from + index), progress);
  await store.facts.endSource(id, endOf('complete'));
}

const anyAlert = { filter: all, limit: 1_000, lateLimitMs: 60_000 } as const;

async function alertsOf(store: CaseStore, query: Partial<AlertQuery>) {
  const answer = await store.queries.alerts({ ...anyAlert, ...query });
  if (!answer.ok) throw new Error(answer.problem.message);
  return answer.value;
}

async function everyPage(store: CaseStore, query: Partial<AlertQuery>) {
  const items: AlertItem[] = [];
  let asked = query;
  for (;;) {
    const page = await alertsOf(store, asked);
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    asked = { ...query, cursor: page.nextCursor };
  }
}

function procName(value: string): Filter {
  return { kind: 'clauses', clauses: [{ field: 'proc.name', operator: '=', value }] };
}

/** The part of the contract about several dialects in one case. */
export function checkOthers(now: () => CaseStore): void {
  describe('a case of several dialects', () => {
    it('answers an incident that six agents tell as the reference answers it', async () => {
      const memory = openMemoryCases({ now: () => nanos(0n) });
      const reference = await openCase(memory, 'default');
      const store = now();
      for (const each of [reference, store])
        for (const [index, { path, text }] of incident.entries())
          await takeLog(each, `s${index}`, text, { path, batchRecords: 1_000 });
      const expected = await everyAnswer(reference);
      const answers = await everyAnswer(store);
      for (const [name, answer] of expected)
        expect([name, answers.get(name)]).toEqual([name, answer]);
      await memory.close();
    });

    it('shows what every agent saw, by which node and agent, and what was lost', async () => {
      const store = now();
      await takeLog(store, 's1', lab);
      await takeOthers(store, 's2');
      const events = await allEvents(store, { filter: all, limit: 100 });
      const first = { limit: 5, lateLimitMs: 60_000 };
      const page = await store.queries.events({ ...first, filter: all });
      expect(page.ok && page.value.total).toBe(events.length);
      const ofSome = await store.queries.events({ ...first, filter: procName('cat') });
      expect(ofSome.ok && ofSome.value.total).toBe(null);
      expect(new Set(events.map(({ agent }) => agent))).toContain('falco');
      const labels = new Set(events.map(({ label }) => label));
      for (const { label } of others) expect(labels).toContain(label);
      const nodes = (await store.queries.nodes()).items;
      const node = nodes.find((item) => item.node === 'n1' && item.cluster === 'c1');
      expect(node?.agents).toEqual(['falco', 'kubearmor', 'hubble']);
      expect(node?.gaps).toMatchObject([{ kind: 'lost_events', count: 12 }]);
      const pods = (await store.queries.pods({ filter: all, lateLimitMs: 60_000 })).items;
      const alerts = new Map(pods.map(({ pod, alerts: count }) => [pod, count]));
      // One on a process of the pod, one on a pod of which no process is known.
      expect([alerts.get('web-1'), alerts.get('web-2')]).toEqual([1, 1]);
    });

    it('lists alerts, the gravest first, with whom they are about and where', async () => {
      const store = now();
      await takeOthers(store, 's1');
      const { items, total } = await alertsOf(store, {});
      expect(total).toBe(2);
      const [grave, read] = items;
      expect(grave).toMatchObject({
        source: 'kubearmor',
        rule: 'block-tokens',
        severity: 'Error',
        severityWord: '5',
        action: 'Block',
        enforcer: 'BPFLSM',
        result: 'Permission denied',
        blocked: true,
        kind: 'alert',
        process: null,
        namespace: 'shop',
        pod: 'web-2',
        node: 'n1',
        cluster: 'c1',
      });
      expect(read).toMatchObject({
        source: 'falco',
        severity: 'Warning',
        tags: ['filesystem', 'T1555'],
        output: '/bin/cat read /etc/shadow (pid 7)',
        kind: 'file',
        subject: 'read /etc/shadow',
        process: { binary: '/bin/cat', arguments: '/etc/shadow', pid: 7 },
        namespace: 'shop',
        pod: 'web-1',
      });
      const raw = await store.evidence.raw(read?.id ?? '');
      expect(raw.ok && new TextDecoder().decode(raw.value.bytes)).toBe('{"record":1}');
    });

    it('narrows alerts by all that they say, and by what a filter asks of their events', async () => {
      const store = now();
      await takeOthers(store, 's1');
      const [grave, read] = (await alertsOf(store, {})).items.map(({ id }) => id);
      const ref = (await alertsOf(store, { sources: ['falco'] })).items[0]?.process?.ref ?? '';
      const asked: readonly (readonly [Partial<AlertQuery>, readonly (string | undefined)[]])[] = [
        [{ severities: ['Warning'] }, [read]],
        [{ severities: ['Error', 'Warning'] }, [grave, read]],
        [{ severities: ['Debug'] }, []],
        [{ sources: ['kubearmor'] }, [grave]],
        [{ sources: ['tetragon'] }, []],
        [{ rule: 'block-tokens' }, [grave]],
        [{ rule: 'block' }, []],
        [{ tag: 'T1555' }, [read]],
        [{ tag: 'T15' }, []],
        [{ namespace: 'shop' }, [grave, read]],
        [{ namespace: 'other' }, []],
        [{ pod: 'web-1' }, [read]],
        [{ pod: 'web-2', namespace: 'shop' }, [grave]],
        [{ process: ref }, [read]],
        [{ process: 'A'.repeat(22) }, []],
        [{ from: secondAt(3) }, [grave]],
        [{ to: secondAt(3) }, [read]],
        [{ order: 'time' }, [read, grave]],
        [{ filter: { kind: 'text', text: 'shadow' } }, [read]],
        [{ filter: procName('cat') }, [read]],
        [{ filter: procName('dog') }, []],
        [{ filter: procName('cat'), pod: 'web-2' }, []],
      ];
      for (const [query, ids] of asked) {
        const { items, total } = await alertsOf(store, query);
        expect([query, items.map(({ id }) => id), total]).toEqual([query, ids, ids.length]);
      }
    });

    it('pages alerts without a gap or a repetition, and refuses a cursor of another order', async () => {
      const store = now();
      const severities = ['Notice', 'Critical', 'Debug', 'Critical', 'Notice'] as const;
      await store.facts.beginSource(newSource('s1'));
      for (let number = 0; number < 40; number += 1) {
        const severity = severities[number % 5] ?? 'Debug';
        const alert = falcoAlert({ at: number % 7, pid: number + 1 }, { severity });
        // One in six has no time.
        const { time: _time, ...timeless } = alert;
        const told = number % 6 === 0 ? timeless : alert;
        await store.facts.append('s1', batchOfEvents([told], number), progress);
      }
      for (const order of ['severity', 'time'] as const) {
        for (const more of [{}, { pod: 'web-1' }]) {
          const whole = (await alertsOf(store, { order, ...more })).items;
          expect(whole).toHaveLength(40);
          const paged = await everyPage(store, { order, ...more, limit: 7 });
          expect(paged.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
        }
      }
      const { nextCursor } = await alertsOf(store, { order: 'time', limit: 3 });
      for (const cursor of [
        nextCursor ?? '',
        'severity.9..1',
        'severity.1.9999999999999999999.1',
        'severity.1.1.9999999999999999',
        'asc..1',
        'x',
      ])
        expect(await store.queries.alerts({ ...anyAlert, cursor })).toMatchObject({
          problem: { code: 'bad_request' },
        });
    });

    it('has no alerts where no agent said anything, and one for an event that is told twice', async () => {
      const store = now();
      await takeLog(store, 's1', lab);
      expect(await alertsOf(store, {})).toMatchObject({ items: [], total: 0, nextCursor: null });
      await takeOthers(store, 's2');
      await takeOthers(store, 's3', 100);
      expect((await alertsOf(store, {})).total).toBe(2);
    });

    it('counts alerts and tells the gravest without listing any, by what rules say and by whose they are', async () => {
      const store = now();
      await takeOthers(store, 's2');
      const counted = async (text: string) => {
        const parsed = parseFilter(text);
        if (!parsed.ok) throw new Error(parsed.message);
        const { items, total, gravest } = await alertsOf(store, {
          filter: parsed.filter,
          limit: 0,
        });
        expect(items).toEqual([]);
        expect(total).toBe((await everyPage(store, { filter: parsed.filter, limit: 1 })).length);
        return [total, gravest];
      };
      expect(await counted('')).toEqual([2, 'Error']);
      expect(await counted('alert.severity >= Error')).toEqual([1, 'Error']);
      expect(await counted('alert.severity < Error')).toEqual([1, 'Warning']);
      expect(await counted('alert.severity < Error and alert.source = kubearmor')).toEqual([
        0,
        null,
      ]);
      expect(await counted('proc.name = cat')).toEqual([1, 'Warning']);
      expect(await counted('proc.name = cat and alert.severity >= Error')).toEqual([0, null]);
      await store.facts.beginSource(newSource('s3'));
      const later = falcoAlert({ at: 9, pid: 7 }, { severity: 'Critical' });
      await store.facts.append('s3', batchOfEvents([later], 900), progress);
      await store.facts.endSource('s3', endOf('complete'));
      expect(await counted('proc.name = cat')).toEqual([2, 'Critical']);
    });

    it('shows a tree as each agent alone tells it, and who they are', async () => {
      const store = now();
      await takeLog(store, 's1', lab);
      await takeOthers(store, 's2');
      const of = { kind: 'pod' as const, namespace: 'shop', pod: 'web-1' };
      const treeOf = async (agent?: Dialect) => {
        const asked = { of, lateLimitMs: 60_000, ...(agent === undefined ? {} : { agent }) };
        const tree = await store.queries.treeObjects({ ...asked, fold: false });
        const columns = await store.queries.tree(asked);
        if (!tree.ok || !columns.ok) throw new Error(`no tree of ${agent}`);
        expect(columns.value.agents).toEqual(tree.value.agents);
        expect(columns.value.nodes.ref).toEqual(tree.value.nodes.map(({ ref }) => ref));
        return tree.value;
      };
      const together = await treeOf();
      expect(together.agents).toEqual([
        { agent: 'falco', processes: 1 },
        { agent: 'hubble', processes: 0 },
        { agent: 'audit', processes: 0 },
      ]);
      const falco = await treeOf('falco');
      expect(falco.nodes.map(({ binary, alertCount }) => [binary, alertCount])).toEqual([
        ['/bin/cat', 1],
      ]);
      expect(falco.loose.connectionCount).toBe(0);
      const hubble = await treeOf('hubble');
      expect(hubble.nodes).toEqual([]);
      expect(hubble.loose).toEqual(together.loose);
      expect(hubble.loose.connectionCount).toBeGreaterThan(0);
      expect(hubble.agents).toEqual(together.agents);
      expect((await treeOf('tetragon')).nodes).toEqual([]);
      const nobody = { ...of, pod: 'nobody' };
      expect(
        await store.queries.tree({ of: nobody, agent: 'falco', lateLimitMs: 60_000 }),
      ).toMatchObject({ ok: false, problem: { code: 'unknown_pod' } });
    });

    it('tells a process as one agent alone tells it, by the ref that it has there', async () => {
      const store = now();
      const told = incident.filter(({ dialect }) => ['tetragon', 'falco'].includes(dialect));
      for (const [index, { path, text }] of told.entries())
        await takeLog(store, `s${index}`, text, { path, batchRecords: 1_000 });
      const pods = (await store.queries.pods({ filter: all, lateLimitMs: 60_000 })).items;
      const isKnown = { together: 0, falco: 0, told: 0 };
      for (const item of pods.filter(({ kind }) => kind === 'pod')) {
        const of = treeOfItem(item);
        const tree = await store.queries.tree({ of, agent: 'falco', lateLimitMs: 60_000 });
        for (const ref of tree.ok ? tree.value.nodes.ref : []) {
          isKnown.told += 1;
          if ((await store.queries.process(ref, 60_000, 'falco')).ok) isKnown.falco += 1;
          if ((await store.queries.process(ref, 60_000)).ok) isKnown.together += 1;
        }
      }
      expect(isKnown.told).toBeGreaterThan(0);
      expect(isKnown.falco).toBe(isKnown.told);
      expect(isKnown.together).toBeLessThan(isKnown.told);
    });

    it('answers for the only agent of a case as for the case', async () => {
      const store = now();
      await takeLog(store, 's1', lab);
      const [item] = (await store.queries.pods({ filter: all, lateLimitMs: 60_000 })).items;
      if (item === undefined) throw new Error('the lab has pods');
      const asked = { of: treeOfItem(item), lateLimitMs: 60_000 };
      const whole = await store.queries.tree(asked);
      expect(await store.queries.tree({ ...asked, agent: 'tetragon' })).toEqual(whole);
      const falco = await store.queries.tree({ ...asked, agent: 'falco' });
      expect(falco.ok && falco.value.nodes.count).toBe(0);
      expect(falco.ok && falco.value.agents).toEqual(whole.ok && whole.value.agents);
    });

    it('tells events that say the same in other bytes, and counts them once', async () => {
      const store = now();
      await takeOthers(store, 's1');
      await takeOthers(store, 's2', 100);
      const events = await allEvents(store, { filter: all, limit: 100 });
      expect(events.filter(({ sameAs }) => sameAs)).toHaveLength(others.length);
      const nodes = (await store.queries.nodes()).items;
      expect(nodes.reduce((sum, node) => sum + node.events, 0)).toBe(others.length);
    });
  });
}

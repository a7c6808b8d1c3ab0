import { nanos } from '@forebear/model/event/time';
import { generateReverseShell } from '@forebear/model/scenario/reverseShell';
import { describe, expect, it } from 'vitest';
import { openMemoryCases } from '../memory/memoryStore.ts';
import type { CaseStore } from '../ports.ts';
import { allEvents, everyAnswer } from './everyAnswer.ts';
import { endOf, newSource, openCase, progress, takeLog } from './intoStore.ts';
import {
  auditCall,
  batchOfEvents,
  falcoAlert,
  falcoExec,
  falcoLoss,
  hubbleFlow,
  kubearmorAlert,
} from './otherEvents.ts';

const all = { kind: 'all' } as const;
const lab = generateReverseShell(3).lines.slice(0, 600).join('\n');

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

/** The part of the contract about several dialects in one case. */
export function checkOthers(now: () => CaseStore): void {
  describe('a case of several dialects', () => {
    it('is answered as the reference answers it', async () => {
      const memory = openMemoryCases({ now: () => nanos(0n) });
      const reference = await openCase(memory, 'default');
      const store = now();
      for (const each of [reference, store]) {
        await takeLog(each, 's1', lab);
        await takeOthers(each, 's2');
      }
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
      const labels = new Set(events.map(({ label }) => label));
      for (const { label } of others) expect(labels).toContain(label);
      const nodes = (await store.queries.nodes()).items;
      const node = nodes.find((item) => item.node === 'n1' && item.cluster === 'c1');
      expect(node?.agents).toEqual(['falco', 'kubearmor', 'hubble']);
      expect(node?.gaps).toMatchObject([{ kind: 'lost_events', count: 12 }]);
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

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProcessEvent } from '@forebear/model/event/event';
import type { Facts } from '@forebear/model/event/facts';
import { FactSet } from '@forebear/model/graph/facts/factSet';
import { afterAll, describe, expect, it } from 'vitest';
import { newSource, progress } from '../../testing/intoStore.ts';
import {
  auditCall,
  batchOfEvents,
  falcoAlert,
  falcoExec,
  falcoLoss,
  hubbleFlow,
  kubearmorAlert,
} from '../../testing/otherEvents.ts';
import { CaseWriter } from '../write/caseWriter.ts';
import { CaseDb } from './caseDb.ts';
import { loadWhole } from './loadWhole.ts';
import { loadSmall } from './smallFacts.ts';

const dir = mkdtempSync(join(tmpdir(), 'forebear-judgements-'));
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

const told = { at: 2, pid: 7 };
const read = falcoAlert(told, { severity: 'Warning' });
const events: readonly ProcessEvent[] = [
  falcoExec({ at: 1, pid: 7 }),
  read,
  kubearmorAlert(3, 'web-2', 'Error'),
  hubbleFlow(4, 'web-1'),
  hubbleFlow(5, 'web-1', { verdict: 'DROPPED', reason: 'POLICY_DENIED', names: [], cookie: '' }),
  auditCall(6),
  auditCall(6, { stage: 'ResponseStarted', command: [], code: 0 }),
  falcoLoss(7, 12),
];

/** The facts in an order of their own: a set has none. */
function asSets(facts: Facts) {
  const text = (fact: object) =>
    JSON.stringify(sorted(fact), (_, value: unknown) =>
      typeof value === 'bigint' ? `${value}n` : value,
    );
  const { flows, alerts, audits, gaps, counts } = facts;
  const sets = { flows, alerts, audits, gaps, counts };
  return Object.fromEntries(
    Object.entries(sets).map(([name, list]) => [name, list.map(text).sort()]),
  );
}

function sorted(fact: object): object {
  return Object.fromEntries(Object.entries(fact).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function expected(all: readonly ProcessEvent[]) {
  const set = new FactSet();
  set.add(batchOfEvents(all));
  return asSets(set.facts());
}

function stored(path: string) {
  const db = new CaseDb(path);
  const facts = db.snapshot(() => loadWhole(db, loadSmall(db)));
  const holdsOthers = db.snapshot(() => db.holdsOthers());
  db.close();
  return { facts, holdsOthers };
}

describe('flows, alerts, calls to the API and losses in a file', () => {
  it.each([1_000, 2])(
    'are the facts that they are in memory, sealed after %i records or not',
    (records) => {
      const path = join(dir, `all-${records}.db`);
      const writer = new CaseWriter(path, { records, atEnd: 1_000 });
      writer.begin(newSource('s1'));
      for (const [index, event] of events.entries())
        writer.append('s1', batchOfEvents([event], index), progress);
      writer.close();
      const { facts, holdsOthers } = stored(path);
      expect(asSets(facts)).toEqual(expected(events));
      expect(facts.alerts).toHaveLength(2);
      expect(holdsOthers).toBe(true);
    },
  );

  it('are there once, whoever says them again, in the same bytes or in others', () => {
    const path = join(dir, 'twice.db');
    const writer = new CaseWriter(path);
    writer.begin(newSource('s1'));
    writer.append('s1', batchOfEvents(events), progress);
    writer.append('s1', batchOfEvents(events), progress);
    const again = writer.append('s1', batchOfEvents(events, 100), progress);
    expect(again.ledger.events).toBe(events.length);
    writer.close();
    expect(asSets(stored(path).facts)).toEqual(expected(events));
  });

  it('go with the batch that fails', () => {
    const path = join(dir, 'failed.db');
    const writer = new CaseWriter(path);
    writer.begin(newSource('s1'));
    const batch = batchOfEvents(events);
    // Two calls of one event: what is written last.
    const { event } = batch.audits;
    const broken = {
      ...batch,
      audits: { ...batch.audits, event: event.slice().fill(event[0] ?? 0) },
    };
    expect(() => writer.append('s1', broken, progress)).toThrow(
      'UNIQUE constraint failed: audits.seq',
    );
    writer.append('s1', batch, progress);
    writer.close();
    expect(asSets(stored(path).facts)).toEqual(expected(events));
  });

  it('make a case one that holds others than Tetragon, each of them alone', () => {
    for (const [index, event] of events.entries()) {
      const path = join(dir, `alone-${index}.db`);
      const writer = new CaseWriter(path);
      writer.begin(newSource('s1'));
      writer.append('s1', batchOfEvents([event]), progress);
      writer.close();
      expect(stored(path).holdsOthers).toBe(event.kind !== 'lost');
    }
  });
});

import { randomUUID } from 'node:crypto';
import { nanos } from '@forebear/model/event/time';
import { alertsAnswer } from '@forebear/model/wire/alerts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeHere } from '../ingest/decoding.ts';
import { createIngestService } from '../ingest/service.ts';
import { openMemoryCases } from '../store/memory/memoryStore.ts';
import { newSource, openCase, progress } from '../store/testing/intoStore.ts';
import {
  batchOfEvents,
  falcoAlert,
  falcoExec,
  kubearmorAlert,
} from '../store/testing/otherEvents.ts';
import { buildApp } from './app.ts';
import type { App } from './typedApp.ts';

let app: App;

beforeAll(async () => {
  const now = () => nanos(0n);
  const cases = openMemoryCases({ now });
  const store = await openCase(cases, 'default');
  await store.facts.beginSource(newSource('s1'));
  const events = [
    falcoExec({ at: 1, pid: 7 }),
    falcoAlert({ at: 2, pid: 7 }, { severity: 'Warning' }),
    kubearmorAlert(3, 'web-2', 'Error'),
  ];
  await store.facts.append('s1', batchOfEvents(events), progress);
  const rest = { now, newId: randomUUID };
  app = await buildApp({
    cases,
    ingest: createIngestService({ cases, decoding: decodeHere, spoolDir: '', ...rest }),
    hosts: () => new Set(['localhost:80']),
    webRoot: undefined,
    sample: () => undefined,
    version: 'test',
    log: false,
    ...rest,
  });
});
afterAll(() => app.close());

function get(query: string) {
  return app.inject({ url: `/api/v1/alerts?${query}`, headers: { host: 'localhost:80' } });
}

async function rulesOf(query: string): Promise<string[]> {
  const reply = await get(query);
  expect(reply.statusCode).toBe(200);
  return alertsAnswer.parse(reply.json()).items.map(({ rule }) => rule);
}

const read = 'Read sensitive file';
const tokens = 'block-tokens';

describe('GET /api/v1/alerts', () => {
  it('lists the gravest first, or as they came', async () => {
    expect(await rulesOf('')).toEqual([tokens, read]);
    expect(await rulesOf('order=time')).toEqual([read, tokens]);
  });

  it.each([
    ['severity=Error,Critical', [tokens]],
    ['severity=warning', [read]],
    ['source=falco', [read]],
    ['source=falco,kubearmor', [tokens, read]],
    ['rule=block-tokens', [tokens]],
    ['tag=T1555', [read]],
    ['namespace=shop&pod=web-1', [read]],
    ['filter=proc.name%20%3D%20cat', [read]],
    ['to=2026-09-21T14:13:23Z', [read]],
    ['from=2026-09-21T14:13:23Z', [tokens]],
  ])('narrows: %s', async (query, rules) => {
    expect(await rulesOf(query)).toEqual(rules);
  });

  it('gives pages, and all of one process', async () => {
    const first = alertsAnswer.parse((await get('limit=1')).json());
    expect(first).toMatchObject({ total: 2, items: [{ rule: tokens }] });
    expect(await rulesOf(`limit=1&cursor=${first.nextCursor}`)).toEqual([read]);
    const [alert] = alertsAnswer.parse((await get('source=falco')).json()).items;
    expect(await rulesOf(`process=${alert?.process?.ref}`)).toEqual([read]);
  });

  it.each(['severity=grave', 'source=nobody', 'cursor=x', 'order=loud', 'filter=%28', 'from=then'])(
    'refuses what it cannot ask: %s',
    async (query) => {
      expect((await get(query)).statusCode).toBe(400);
    },
  );

  it('is in the description of the API', () => {
    expect(Object.keys(app.swagger().paths ?? {})).toContain('/api/v1/alerts');
  });
});

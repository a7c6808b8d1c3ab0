import { afterEach, expect, it, vi } from 'vitest';
import { eventSpan } from './eventSpan.ts';

afterEach(() => vi.unstubAllGlobals());

/** An API whose first and last event have these times. */
function answering(times: { asc?: string | null; desc?: string | null }): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (url: string) => {
    asked.push(url);
    const isFirst = url.includes('order=asc');
    const time = isFirst ? times.asc : times.desc;
    const items = time === undefined ? [] : [{ ...event, time }];
    const completeness = {
      complete: true,
      agentLoss: 'none reported',
      gaps: 0,
      quarantined: 0,
      shardsMissing: 0,
    };
    return Promise.resolve(
      new Response(JSON.stringify({ items, nextCursor: null, total: null, completeness })),
    );
  });
  return asked;
}

const event = {
  id: 'e1',
  kind: 'exec',
  label: 'process_exec',
  process: null,
  pod: null,
  node: 'node-1',
  summary: '',
  source: 'a.log',
  policy: null,
  file: null,
  rule: null,
  agent: 'tetragon',
  sameAs: false,
};
const spanOf = () => eventSpan('ir', 'k8s.pod.name = "web"', new AbortController().signal);

it('tells the first and the last event that is asked for apart from an axis with a little air', async () => {
  const asked = answering({
    asc: '2026-03-17T09:10:00.000000000Z',
    desc: '2026-03-17T09:20:00.000000000Z',
  });
  expect(await spanOf()).toEqual({
    axis: { from: '2026-03-17T09:09:48.000Z', to: '2026-03-17T09:20:12.001Z' },
    firstEvent: '2026-03-17T09:10:00.000000000Z',
    lastEvent: '2026-03-17T09:20:00.000000000Z',
  });
  for (const url of asked) expect(url).toContain('k8s.pod.name');
});

it('leaves a single event room on both sides', async () => {
  answering({ asc: '2026-03-17T09:10:00.5Z', desc: '2026-03-17T09:10:00.5Z' });
  expect((await spanOf()).axis).toEqual({
    from: '2026-03-17T09:09:59.500Z',
    to: '2026-03-17T09:10:01.501Z',
  });
});

it('bounds nothing when no event has a time', async () => {
  answering({ asc: null, desc: null });
  expect(await spanOf()).toEqual({ axis: {} });
  answering({});
  expect(await spanOf()).toEqual({ axis: {} });
});

import { describe, expect, it } from 'vitest';
import { type LiveMessage, LiveStream, readMessage } from './liveStream.ts';

const ledger = { in: 1, stored: 1, duplicate: 0, quarantined: 0, skipped: 0, blank: 0, events: 1 };
const stats = (version: number) =>
  `id: ${version}\nevent: stats\ndata: ${JSON.stringify({ case: 'c', version, eventsPerSecond: 4, lagMs: 8, ledger, newestTime: null })}\n\n`;

/** A server that gives each caller the next of these streams and then ends it; the last stays open. */
function server(streams: readonly string[]) {
  const lastIds: (string | null)[] = [];
  const waits: number[] = [];
  let served = 0;
  const live = new LiveStream({
    fetch: (_, init) => {
      lastIds.push(new Headers(init?.headers).get('last-event-id'));
      const text = streams[served];
      served += 1;
      if (text === undefined) return new Promise<Response>(() => undefined);
      return Promise.resolve(new Response(text));
    },
    clock: () => 0,
    sleep: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  });
  return { live, lastIds, waits };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
}

describe('the live stream', () => {
  it('resumes after the last event it saw', async () => {
    const { live, lastIds } = server([stats(1) + stats(2), stats(3)]);
    const versions: number[] = [];
    live.listen((message) => {
      if (message.kind === 'stats') versions.push(message.stats.version);
    });
    live.watch({ case: 'c' });
    await settle();
    expect(versions).toEqual([1, 2, 3]);
    expect(lastIds).toEqual([null, '2', '3']);
    live.stop();
  });

  it('waits twice as long after each failure and forgets it when the stream lives again', async () => {
    const failing = '';
    const { live, waits } = server([failing, failing, stats(1), failing]);
    live.watch({ case: 'c' });
    await settle();
    expect(waits[0]).toBe(500);
    expect(Math.max(...waits)).toBeLessThanOrEqual(15_000);
    live.stop();
  });

  it('ends for a case that is not there, and does not ask again', async () => {
    let asked = 0;
    const live = new LiveStream({
      fetch: () => {
        asked += 1;
        const error = { code: 'unknown_case', message: 'no such case', retryable: false };
        return Promise.resolve(new Response(JSON.stringify({ error }), { status: 404 }));
      },
      clock: () => 0,
      sleep: () => Promise.resolve(),
    });
    live.watch({ case: 'nowhere' });
    await settle();
    expect(asked).toBe(1);
    expect(live.snapshot()).toEqual({ kind: 'off' });
    live.watch({ case: 'nowhere' });
    await settle();
    expect(asked).toBe(1);
    live.stop();
  });

  it('holds messages back while paused, but keeps the figures', async () => {
    const { live } = server([stats(1)]);
    const heard: LiveMessage[] = [];
    live.listen((message) => heard.push(message));
    live.setPaused(true);
    live.watch({ case: 'c' });
    await settle();
    expect(heard.map(({ kind }) => kind)).toEqual(['stats']);
    live.stop();
    expect(live.snapshot()).toEqual({ kind: 'off' });
  });

  it('does not end for a message that is not of its shape', () => {
    expect(readMessage('stats', '{"case":1}')).toBeUndefined();
    expect(readMessage('stats', 'no json')).toBeUndefined();
    expect(readMessage('later', '{}')).toEqual({ kind: 'other', event: 'later' });
  });
});

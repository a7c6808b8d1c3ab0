import { nanos } from '@forebear/model/event/time';
import { describe, expect, it } from 'vitest';
import { openMemoryCases } from '../store/memory/memoryStore.ts';
import { openCase } from '../store/testing/intoStore.ts';
import { LiveSources } from './liveSource.ts';

const progress = { bytesReceived: 0, members: [], formats: {} };
const source = (id: string) => ({ id, progress, turn: Promise.resolve() });

describe('live sources', () => {
  it('beyond a thousand, the sender that has been quiet longest is forgotten, and it alone', async () => {
    const store = await openCase(openMemoryCases({ now: () => nanos(0n) }), 'live');
    const live = new LiveSources();
    const senders = Array.from({ length: 1_000 }, (_, index) => `agent ${index}`);
    for (const sender of senders) live.keep(store, sender, source(sender));
    // The first one speaks again: now the second has been quiet longest.
    expect(live.find(store, 'agent 0')?.id).toBe('agent 0');
    live.keep(store, 'one more', source('one more'));
    const kept = [...senders, 'one more'].filter((sender) => live.find(store, sender));
    expect(kept).toEqual(['agent 0', ...senders.slice(2), 'one more']);
  });
});

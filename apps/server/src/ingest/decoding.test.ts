import { generateBulk } from '@forebear/model/scenario/bulk';
import { describe, expect, it } from 'vitest';
import { openStream } from './decoding.ts';

const log = Buffer.from([...generateBulk({ seed: 8, events: 120, pods: 2, nodes: 1 })].join('\n'));

function read(beside: number) {
  const stream = openStream({ cluster: '', format: 'auto', member: 0 }, beside);
  return [...stream.push(log), ...stream.end()];
}

describe('a stream beside many others', () => {
  it('says the same without an arena of its own', () => {
    const [alone, crowded] = [read(0), read(4)];
    // A batch has its texts packed when they lay in an arena.
    expect(alone.some(({ packed }) => packed !== undefined)).toBe(true);
    expect(crowded.some(({ packed }) => packed !== undefined)).toBe(false);
    const events = (batches: typeof alone) => batches.flatMap((batch) => [...batch.events.time]);
    expect(events(crowded)).toEqual(events(alone));
  });
});

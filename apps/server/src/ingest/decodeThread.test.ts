import { generateBulk } from '@forebear/model/scenario/bulk';
import { afterEach, describe, expect, it } from 'vitest';
import { startDecodeThread } from './decodeThread.ts';
import type { Decoding } from './decoding.ts';

const options = { cluster: '', format: 'auto', member: 0 };
const lines = [...generateBulk({ seed: 4, events: 300, pods: 3, nodes: 1 })];
const log = Buffer.from(lines.map((line) => `${line}\n`).join(''));
let decoding: Decoding | undefined;
afterEach(async () => {
  await decoding?.close();
});

async function* once(...chunks: readonly Buffer[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

async function countEvents(from: Decoding, body: AsyncIterable<Uint8Array>): Promise<number> {
  let events = 0;
  for await (const { batches } of from.decode(body, options)) {
    for (const batch of batches) events += batch.events.count;
  }
  return events;
}

describe('the thread of the decoder', () => {
  it('decodes streams side by side', async () => {
    decoding = startDecodeThread();
    const counts = [1, 2, 3].map((times) =>
      countEvents(
        decoding ?? startDecodeThread(),
        once(...Array.from({ length: times }, () => log)),
      ),
    );
    expect(await Promise.all(counts)).toEqual([300, 600, 900]);
  });

  it('fails the streams it was reading when it dies, and another reads the next one', async () => {
    decoding = startDecodeThread();
    // The service refuses an unknown format before; the thread does not survive one.
    const deadly = decoding.decode(once(log), { ...options, format: 'no such format' });
    await expect(deadly[Symbol.asyncIterator]().next()).rejects.toThrow(
      'The decoder failed: unknown format',
    );
    expect(await countEvents(decoding, once(log))).toBe(300);
  });

  it('fails what it was reading when it is closed', async () => {
    decoding = startDecodeThread();
    let isOpen = true;
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      while (isOpen) {
        yield Buffer.from(log);
        await new Promise(setImmediate);
      }
    };
    const reading = countEvents(decoding, endless()).catch(String);
    await decoding.close();
    expect(await reading).toBe('Error: The decoder failed: it was closed');
    isOpen = false;
  });
});

import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { openMembers } from './openMembers.ts';

describe('chunks that are given away', () => {
  it('are freed as soon as they have been read, and not before', async () => {
    const chunks = [1, 2, 3].map((fill) => new Uint8Array(400_000).fill(64 + fill));
    const freed: number[] = [];
    const opened = openMembers(fromArray(chunks), {
      name: 'a.log',
      spoolDir: tmpdir(),
      ownsChunks: true,
    });
    let received = '';
    for await (const member of opened) {
      for await (const piece of member.chunks) {
        received += Buffer.from(piece).toString('latin1');
        freed.push(chunks.filter((chunk) => chunk.length === 0).length);
      }
    }
    expect(received).toBe(['A', 'B', 'C'].map((letter) => letter.repeat(400_000)).join(''));
    expect(freed).toEqual([0, 0, 1, 1, 2, 2]);
    expect(chunks.map((chunk) => chunk.length)).toEqual([0, 0, 0]);
  });

  it('stay whole when they are the sender’s', async () => {
    const chunk = new Uint8Array(1_000).fill(65);
    const opened = openMembers(fromArray([chunk]), { name: 'a.log', spoolDir: tmpdir() });
    for await (const member of opened) for await (const _ of member.chunks);
    expect(chunk).toHaveLength(1_000);
  });
});

async function* fromArray(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

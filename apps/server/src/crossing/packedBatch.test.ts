import type { FactBatch } from '@forebear/model/event/factBatch';
import { FactBatchBuilder } from '@forebear/model/event/factBatchBuilder';
import { createIngest } from '@forebear/model/ingest/ingest';
import { generateBulk } from '@forebear/model/scenario/bulk';
import { describe, expect, it } from 'vitest';
import { packBatch, relayBatch, transfersOf, unpackBatch } from './packedBatch.ts';

function batchOf(texts: readonly string[]) {
  const builder = new FactBatchBuilder('');
  for (const [line, reason] of texts.entries()) {
    const bytes = new TextEncoder().encode(reason);
    builder.addRejected(
      { bytes, offset: 0, line, member: 0, hash: BigInt(line) },
      'skipped',
      reason,
    );
  }
  return builder.finish();
}

const lists: readonly (readonly [string, readonly string[]])[] = [
  ['plain words', ['bad_json', 'text', 'comment']],
  ['every script', ['naïve', '日本語', '🦊 fox', '\u0000 in the middle \u0000', 'ß']],
  ['broken surrogates, which JSON may spell', ['\ud800 alone', 'tail \udfff']],
  ['nothing', []],
];

describe('a packed batch', () => {
  it.each(lists)('has the texts it was packed with: %s', (_, texts) => {
    const batch = batchOf(texts);
    const wellFormed = batch.strings.map((text) => text.toWellFormed());
    expect(unpackBatch(packBatch(batch)).strings).toEqual(wellFormed);
    expect(relayBatch(packBatch(batch)).strings).toEqual(wellFormed);
  });

  it('has the texts of a stream that was read where it lies, whatever script one of them is in', () => {
    const lines = [...generateBulk({ seed: 5, events: 40, pods: 2, nodes: 1 })];
    const log = lines.with(20, (lines[20] ?? '').replace('"arguments":"', '"arguments":"é '));
    const bytes = new TextEncoder().encode(log.join('\n'));
    const read = (scansAfter: number) => {
      const ingest = createIngest({ cluster: '', hash: () => 0n, scansAfter });
      return [...ingest.push(bytes), ...ingest.end()];
    };
    const texts = (batches: readonly FactBatch[]) =>
      new Set(batches.flatMap((batch) => unpackBatch(packBatch(batch)).strings));
    expect(texts(read(0))).toEqual(texts(read(Number.POSITIVE_INFINITY)));
    expect(texts(read(0)).size).toBeGreaterThan(50);
  });

  it('brings every table of columns across, relayed or not', () => {
    const batch = batchOf(['one']);
    const { strings: _strings, packed: _packed, raw: _raw, ...tables } = batch;
    const moved = structuredClone(packBatch(batch));
    expect(unpackBatch(moved)).toMatchObject(tables);
    expect(relayBatch(moved)).toMatchObject(tables);
  });

  it('crosses a thread by transfer, and is relayed without being looked at', () => {
    const packed = packBatch(batchOf(['one', 'two']));
    const moved = structuredClone(packed, { transfer: transfersOf(packed) });
    expect(packed.strings.bytes.length).toBe(0);
    const relayed = relayBatch(moved);
    expect(packBatch(relayed)).toBe(moved);
    expect(relayed.strings).toEqual(['', 'one', 'two']);
  });
});

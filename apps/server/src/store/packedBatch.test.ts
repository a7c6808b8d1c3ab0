import { FactBatchBuilder } from '@forebear/model/event/factBatchBuilder';
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

  it('crosses a thread by transfer, and is relayed without being looked at', () => {
    const packed = packBatch(batchOf(['one', 'two']));
    const moved = structuredClone(packed, { transfer: transfersOf(packed) });
    expect(packed.strings.bytes.length).toBe(0);
    const relayed = relayBatch(moved);
    expect(packBatch(relayed)).toBe(moved);
    expect(relayed.strings).toEqual(['', 'one', 'two']);
  });
});

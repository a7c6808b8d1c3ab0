import { describe, expect, it } from 'vitest';
import { type Progress, textWithProgress } from './progress.ts';

function answerOf(pieces: readonly Uint8Array[], headers: Record<string, string> = {}): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });
  return new Response(body, { headers });
}

const bytes = new TextEncoder().encode('{"a":"žluť"}');

describe('an answer in pieces', () => {
  it('is told piece by piece against its length, and a character cut in two stays one', async () => {
    const told: Progress[] = [];
    const cut = bytes.findIndex((byte) => byte > 127) + 1;
    const text = await textWithProgress(
      answerOf([bytes.slice(0, cut), bytes.slice(cut)], {
        'Content-Length': String(bytes.length),
      }),
      (progress) => told.push(progress),
    );
    expect(text).toBe('{"a":"žluť"}');
    expect(told).toEqual([
      { received: cut, total: bytes.length },
      { received: bytes.length, total: bytes.length },
    ]);
  });

  it('has no end that is known without a length, or when the length is of something compressed', async () => {
    for (const headers of [{}, { 'Content-Length': '5', 'Content-Encoding': 'gzip' }]) {
      const told: Progress[] = [];
      await textWithProgress(answerOf([bytes], headers), (progress) => told.push(progress));
      expect(told).toEqual([{ received: bytes.length, total: undefined }]);
    }
  });
});

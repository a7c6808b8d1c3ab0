import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SseReader } from './sse.ts';

const STREAM =
  ': hello\nretry: 2500\nid: 7\nevent: stats\ndata: {"a":\ndata: 1}\n\nid: 8\r\ndata: plain\r\n\r\nevent: empty\n\ndata: x\n\n';

function read(pieces: readonly string[]) {
  const reader = new SseReader('6');
  return { messages: pieces.flatMap((piece) => reader.push(piece)), reader };
}

describe('an event stream', () => {
  it('is read as the specification says', () => {
    const { messages, reader } = read([STREAM]);
    expect(messages).toEqual([
      { event: 'stats', data: '{"a":\n1}', id: '7' },
      { event: 'message', data: 'plain', id: '8' },
      { event: 'message', data: 'x', id: '8' },
    ]);
    expect(reader.retryMs).toBe(2500);
  });

  it('is the same over any cuts', () => {
    const whole = read([STREAM]).messages;
    fc.assert(
      fc.property(fc.array(fc.nat(STREAM.length), { maxLength: 12 }), (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), STREAM.length];
        const pieces = at.slice(1).map((end, i) => STREAM.slice(at[i], end));
        expect(read(pieces).messages).toEqual(whole);
      }),
    );
  });

  it('gives no message without data and keeps the id it came back with', () => {
    const { messages } = read(['data: y\n\n']);
    expect(messages).toEqual([{ event: 'message', data: 'y', id: '6' }]);
  });
});

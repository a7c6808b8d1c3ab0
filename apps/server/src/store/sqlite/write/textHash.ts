import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { scrambled } from './scrambled.ts';

/** What nobody outside knows, so that no log can be written whose texts all choose one slot. */
const [lowSeed = 0, highSeed = 0] = new Uint32Array(new Uint8Array(randomBytes(8)).buffer);

/** A text is written here to be hashed; longer ones get room of their own. */
const scratch = Buffer.alloc(64 * 1024);

/**
 * 64 bits of a text in two halves, from its UTF-8, four bytes at a time: the same in this process, another in the next. Texts
 * with equal halves are compared by whoever asks.
 */
export class TextHash {
  low = 0;
  high = 0;

  /** Hashes the text that lies between two places of some bytes. */
  take(bytes: DataView, from: number, to: number): void {
    let low = lowSeed ^ (to - from);
    let high = highSeed;
    let at = from;
    for (; at + 4 <= to; at += 4) {
      const word = bytes.getUint32(at, true);
      low = Math.imul(low ^ word, 0x85ebca6b);
      low = (low << 13) | (low >>> 19);
      high = Math.imul(high ^ word, 0xc2b2ae35);
      high = (high << 17) | (high >>> 15);
    }
    for (; at < to; at += 1) {
      const byte = bytes.getUint8(at);
      low = Math.imul(low ^ byte, 0x85ebca6b);
      low = (low << 13) | (low >>> 19);
      high = Math.imul(high ^ byte, 0xc2b2ae35);
      high = (high << 17) | (high >>> 15);
    }
    this.low = scrambled(low);
    this.high = scrambled(high);
  }

  /** Hashes a text. */
  takeText(text: string): void {
    const room = text.length * 3 > scratch.length ? Buffer.alloc(text.length * 3) : scratch;
    const size = room.write(text);
    this.take(new DataView(room.buffer, room.byteOffset, size), 0, size);
  }
}

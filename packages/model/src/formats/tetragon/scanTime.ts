import { type Nanos, nanos } from '../../event/time.ts';
import { timeOf } from '../read.ts';

const LONGEST = 64;
/** `2026-06-08T00:00:00`. */
const SECOND = 19;

/** Reads times from bytes; those of a log come by the thousand in one second. */
export class TimeScanner {
  /** At the closing quote of the time read last. */
  end = 0;
  readonly #second = new Uint8Array(SECOND);
  /** Of `#second`; undefined: none is remembered. */
  #start: bigint | undefined;

  /** The time whose text begins at `at` and ends before a quote; undefined for what is none. Sets `end`. */
  read(bytes: Uint8Array, at: number): Nanos | undefined {
    const start = this.#start;
    if (start !== undefined && this.#isSameSecond(bytes, at)) {
      const time = this.#readFraction(bytes, at + SECOND, start);
      if (time !== undefined) return time;
    }
    return this.#readAny(bytes, at);
  }

  #isSameSecond(bytes: Uint8Array, at: number): boolean {
    const second = this.#second;
    for (let i = SECOND - 1; i >= 0; i -= 1) if (bytes[at + i] !== second[i]) return false;
    return true;
  }

  /** `Z"` or `.`, one to nine digits and `Z"`. */
  #readFraction(bytes: Uint8Array, at: number, start: bigint): Nanos | undefined {
    let i = at;
    let fraction = 0;
    if (bytes[i] === 46) {
      i += 1;
      const first = i;
      for (let byte = bytes[i] ?? 0; byte >= 48 && byte <= 57; byte = bytes[i] ?? 0) {
        fraction = fraction * 10 + byte - 48;
        i += 1;
        if (i - first > 9) return undefined;
      }
      if (i === first) return undefined;
      for (let digits = i - first; digits < 9; digits += 1) fraction *= 10;
    }
    if (bytes[i] !== 90 || bytes[i + 1] !== 34) return undefined;
    this.end = i + 1;
    return nanos(start + BigInt(fraction));
  }

  #readAny(bytes: Uint8Array, at: number): Nanos | undefined {
    let text = '';
    for (let i = at; i < at + LONGEST; i += 1) {
      const byte = bytes[i] ?? 0;
      if (byte === 34) {
        this.end = i;
        this.#remember(bytes, at, text);
        return timeOf(text);
      }
      if (byte < 32 || byte > 126 || byte === 92) return undefined;
      text += String.fromCharCode(byte);
    }
    return undefined;
  }

  #remember(bytes: Uint8Array, at: number, text: string): void {
    const start = timeOf(`${text.slice(0, SECOND)}Z`);
    if (start === undefined) return;
    this.#start = start;
    this.#second.set(bytes.subarray(at, at + SECOND));
  }
}

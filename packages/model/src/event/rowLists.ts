import { noTime } from './factBatch.ts';

/** Lines of a joined list; a newline inside a text, which only a hostile log has, shows as its symbol. */
export function joinLines(texts: readonly string[]): string {
  if (texts.length < 2) return texts[0]?.replaceAll('\n', '␊') ?? '';
  return texts.map((text) => text.replaceAll('\n', '␊')).join('\n');
}

/** Reads what `joinLines` wrote. */
export function splitLines(text: string): readonly string[] {
  return text === '' ? [] : text.split('\n');
}

const LIMIT = 2n ** 63n;

/** A time or ktime as 64 bits; absent when it does not fit. */
export function time64(time: bigint | undefined): bigint {
  return time === undefined || time >= LIMIT || time < -LIMIT ? noTime : time;
}

/** Counters are unsigned 64-bit in the log; -1 stands for absent, and what does not fit is the largest that does. */
export function counter64(counter: bigint | undefined): bigint {
  if (counter === undefined || counter < 0n) return -1n;
  return counter >= LIMIT ? LIMIT - 1n : counter;
}

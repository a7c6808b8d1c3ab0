import type { Nanos } from '../event/time.ts';
import { timeOf } from '../formats/read.ts';

/** What stood before a record in its line. */
export interface Prefixed {
  /** What is behind it. */
  readonly text: string;
  readonly time: Nanos | undefined;
}

const HEAD = 512;
const CRI = /^(\d{4}-\d\d-\d\dT\S{1,40}) (?:stdout|stderr) [FP](?::\S{1,16})? /;
const FLUENTD = /^(\d{4}-\d\d-\d\d[T ][^\t]{1,40})\t[^\t]{0,400}\t/;
const STAMPED = /^(\d{4}-\d\d-\d\dT\S{1,40}) /;

/**
 * Strips one of the prefixes of container logs from a line that lay in an envelope: CRI's, Fluentd's, the time of `kubectl logs
 * --timestamps`. Undefined: it has none. Those of lines that are lines of their own the framer strips.
 */
export function stripPrefix(line: string): Prefixed | undefined {
  const head = line.slice(0, HEAD);
  const found = CRI.exec(head) ?? FLUENTD.exec(head) ?? STAMPED.exec(head);
  if (found === null) return undefined;
  return { text: line.slice(found[0].length), time: timeOf(found[1]) };
}

const MOST_PREFIXES = 4;

/** A line without any of the prefixes before it. */
export function bareLine(line: string): string {
  let text = line;
  for (let count = 0; count < MOST_PREFIXES; count += 1) {
    const prefixed = stripPrefix(text);
    if (prefixed === undefined) break;
    text = prefixed.text;
  }
  return text;
}

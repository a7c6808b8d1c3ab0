import type { ProcessEvent } from '../../event/event.ts';
import type { Format, Origin } from '../format.ts';
import { parseLossless } from '../losslessJson.ts';

/** What became of the lines of a file, for conformance tests. */
export interface LinesRead {
  readonly events: readonly ProcessEvent[];
  /** Reasons, one a line. */
  readonly skipped: readonly string[];
  readonly rejected: readonly string[];
  /** Lines of JSON that the format does not take for its own. */
  readonly unclaimed: number;
  readonly noJson: number;
}

/** Reads a file's lines by one format, without framing: comments and damaged lines are no JSON. */
export function readLines(format: Format, text: string, origin?: Origin): LinesRead {
  const decoder = format.decoder();
  const events: ProcessEvent[] = [];
  const skipped: string[] = [];
  const rejected: string[] = [];
  let unclaimed = 0;
  let noJson = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const value = parseJson(line);
    if (value === undefined) noJson += 1;
    else if (!format.sniff(value)) unclaimed += 1;
    else {
      const first = decoder.decode(value, origin);
      const decoded =
        first.kind === 'imprecise' ? decoder.decode(parseLossless(line), origin) : first;
      if (decoded.kind === 'events') events.push(...decoded.events);
      if (decoded.kind === 'skipped') skipped.push(decoded.reason);
      if (decoded.kind === 'rejected') rejected.push(`${decoded.reason}: ${decoded.detail}`);
    }
  }
  return { events, skipped, rejected, unclaimed, noJson };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

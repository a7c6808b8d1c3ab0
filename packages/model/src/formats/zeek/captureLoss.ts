import type { GapDetail } from '../../event/event.ts';
import { countOf, type JsonObject, oneLine, textOf } from '../read.ts';

/**
 * `capture_loss`: how many acknowledgements were of data that Zeek never saw, in the interval before. Undefined when it lost nothing.
 * These are not events, so the gap has no count: the figures are its words.
 */
export function captureLossOf(record: JsonObject): GapDetail | undefined {
  const gaps = countOf(record.gaps) ?? 0;
  const { percent_lost: percent } = record;
  const share = typeof percent === 'number' && percent > 0 ? percent : 0;
  if (gaps === 0 && share === 0) return undefined;
  const acks = countOf(record.acks);
  const peer = textOf(record.peer);
  const figures = [
    `${share.toFixed(2)} % of traffic not captured`,
    acks === undefined ? '' : `${gaps} of ${acks} acknowledgements`,
    peer === undefined ? '' : `at ${peer}`,
  ];
  return {
    gap: 'lost_events',
    cgroup: oneLine(figures.filter((part) => part !== '').join(', ')),
  };
}

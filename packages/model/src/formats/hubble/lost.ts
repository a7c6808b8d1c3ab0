import type { GapDetail } from '../../event/event.ts';
import { countOf, enumOf, type JsonObject, oneLine } from '../read.ts';

const sources = new Map([
  [1, 'PERF_EVENT_RING_BUFFER'],
  [2, 'OBSERVER_EVENTS_QUEUE'],
  [3, 'HUBBLE_RING_BUFFER'],
]);

/** `lost_events`: so many events never reached the observer, lost at `source` (and on that CPU). */
export function lossOf(lost: JsonObject): GapDetail {
  const count = countOf(lost.num_events_lost);
  const source = enumOf(lost.source, sources);
  const cpu = countOf(lost.cpu);
  const where = [source, cpu === undefined ? undefined : `CPU ${cpu}`].filter(
    (part) => part !== undefined && part !== 'UNKNOWN_LOST_EVENT_SOURCE',
  );
  return {
    gap: 'lost_events',
    ...(count === undefined ? {} : { count }),
    ...(where.length === 0 ? {} : { cgroup: oneLine(where.join(', ')) }),
  };
}

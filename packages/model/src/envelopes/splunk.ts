import type { Origin } from '../formats/format.ts';
import { isObject, type JsonObject, textOf } from '../formats/read.ts';
import { contentOf, type Envelope, type Opened } from './envelope.ts';
import { clockOf, within } from './origin.ts';

/**
 * Splunk: what is sent to an HTTP Event Collector (`event`, with `sourcetype`, `index`, `source`, `host`, `time`), and what a
 * search exports (`_raw`, alone or as the `result` of a row).
 *
 * Source: Splunk's documentation, "Format events for HTTP Event Collector" and "search/jobs/export".
 */
export const splunk: Envelope = {
  id: 'splunk',
  open: (value, around) => {
    if (isCollected(value)) return holding(value.event, value, around);
    const row = isObject(value.result) ? value.result : value;
    return typeof row._raw === 'string' ? holding(row._raw, row, around) : undefined;
  },
};

function holding(record: unknown, row: JsonObject, around: Origin): Opened {
  const told = { time: clockOf(row.time ?? row._time), node: textOf(row.host) };
  return { certain: true, records: [{ forms: [contentOf(record)], origin: within(around, told) }] };
}

function isCollected({ event, sourcetype, index, source, host }: JsonObject): boolean {
  if (typeof event !== 'string' && !isObject(event)) return false;
  return [sourcetype, index].some(isText) || (isText(source) && isText(host));
}

function isText(value: unknown): boolean {
  return typeof value === 'string';
}

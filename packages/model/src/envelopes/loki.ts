import type { Origin } from '../formats/format.ts';
import { isObject, type JsonObject, listOf, type Precision } from '../formats/read.ts';
import { contentOf, type Enclosed, type Envelope } from './envelope.ts';
import { unixNanoOf, within } from './origin.ts';

/** Loki: what is pushed to it (`streams`), and what it answers to a query (`data.result`): lines with their times. */
export const loki: Envelope = {
  id: 'loki',
  open: (value, around, precision) => {
    const streams = streamsOf(value);
    if (streams === undefined) return undefined;
    return { certain: true, records: lines(streams, around, precision) };
  },
};

function* lines(
  streams: readonly JsonObject[],
  around: Origin,
  precision: Precision,
): Generator<Enclosed> {
  for (const { values } of streams) {
    for (const entry of listOf(values)) yield recordOf(entry, around, precision);
  }
}

function streamsOf({ streams, data }: JsonObject): readonly JsonObject[] | undefined {
  const listed = isObject(data) && data.resultType === 'streams' ? data.result : streams;
  if (!Array.isArray(listed)) return undefined;
  const found = listed.filter(isStream);
  return found.length === 0 ? undefined : found;
}

function isStream(value: unknown): value is JsonObject {
  return isObject(value) && isObject(value.stream) && Array.isArray(value.values);
}

function recordOf(entry: unknown, around: Origin, precision: Precision): Enclosed {
  const [time, line] = listOf(entry);
  return {
    forms: [contentOf(line)],
    origin: within(around, { time: unixNanoOf(time, precision) }),
  };
}

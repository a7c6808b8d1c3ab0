import { isObject, timeOf } from '../formats/read.ts';
import { contentOf, type Envelope } from './envelope.ts';
import { within } from './origin.ts';

/** CloudEvents 1.0 in JSON, as Falcosidekick sends them: the record is `data`. */
export const cloudEvents: Envelope = {
  id: 'cloudevents',
  open: ({ specversion, data, time }, around) => {
    if (typeof specversion !== 'string') return undefined;
    if (typeof data !== 'string' && !isObject(data)) return undefined;
    const origin = within(around, { time: timeOf(time) });
    return { certain: true, records: [{ forms: [contentOf(data)], origin }] };
  },
};

import { isObject } from '../formats/read.ts';
import { contentOf, type Envelope } from './envelope.ts';

/**
 * What Falcosidekick sends to its page: the alert as `event`, and the names of the outputs it went to. Its payload for everybody
 * else is an alert as Falco writes it, which is no envelope.
 *
 * Source: falcosecurity/falcosidekick, outputs/webui.go.
 */
export const falcosidekick: Envelope = {
  id: 'falcosidekick',
  open: ({ event, outputs }, around) =>
    isObject(event) && (Array.isArray(outputs) || outputs === null)
      ? { certain: true, records: [{ forms: [contentOf(event)], origin: around }] }
      : undefined,
};

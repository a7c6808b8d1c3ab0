import { timeOf } from '../formats/read.ts';
import type { Envelope } from './envelope.ts';
import { within } from './origin.ts';

/**
 * A line of Docker's json-file log that lies in another envelope; those that are lines of their own the framer unwraps, parts
 * joined. A part by itself is no JSON.
 */
export const docker: Envelope = {
  id: 'docker',
  open: ({ log, stream, time }, around) => {
    if (typeof log !== 'string' || (stream !== 'stdout' && stream !== 'stderr')) return undefined;
    return {
      certain: true,
      records: [
        { forms: [{ kind: 'text', text: log }], origin: within(around, { time: timeOf(time) }) },
      ],
    };
  },
};

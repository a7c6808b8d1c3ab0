import type { Decoded, Decoder } from '../format.ts';
import { isObject, textOf, timeOf } from '../read.ts';

/** Reads one record at a time; whatever it remembers may only make it faster. */
export class SkeletonDecoder implements Decoder {
  decode(value: unknown): Decoded {
    if (!isObject(value)) return rejected('the record is not an object');
    const id = textOf(value.id);
    if (id === undefined) return rejected('no id');
    const time = timeOf(value.time);
    return {
      kind: 'events',
      events: [
        {
          dialect: 'tetragon',
          kind: 'exec',
          label: 'skeleton_event',
          node: textOf(value.node) ?? '',
          ancestors: [],
          process: { rank: 4, id, traits: 0 },
          ...(time === undefined ? {} : { time }),
        },
      ],
    };
  }
}

function rejected(detail: string): Decoded {
  return { kind: 'rejected', reason: 'no_event', detail };
}

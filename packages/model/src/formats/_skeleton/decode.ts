import { labelOf } from '../../event/dialects.ts';
import type { Sighting } from '../../event/sighting.ts';
import { execIdOf, seenIdOf } from '../../event/spelledIds.ts';
import type { Nanos } from '../../event/time.ts';
import { Trait } from '../../event/traits.ts';
import type { Decoded, Decoder, Origin } from '../format.ts';
import { countOf, isObject, type JsonObject, textOf, timeOf } from '../read.ts';

/** The word that stands for the format in `event/dialects.ts`; the skeleton has none of its own and borrows one. */
const DIALECT = 'falco';

/** Reads one record at a time; whatever it remembers may only make it faster. */
export class SkeletonDecoder implements Decoder {
  decode(value: unknown, origin?: Origin): Decoded {
    if (!isObject(value)) return rejected('the record is not an object');
    const name = textOf(value.skeleton_event);
    if (name === undefined) return rejected('the record names no event');
    // What is known from around the record speaks only where the record is silent.
    const time = timeOf(value.time) ?? origin?.time;
    const node = textOf(value.node) ?? origin?.node ?? '';
    const parent = parentOf(value, node, time);
    return {
      kind: 'events',
      events: [
        {
          dialect: DIALECT,
          kind: 'exec',
          label: labelOf(DIALECT, name),
          node,
          ...(time === undefined ? {} : { time }),
          process: executedOf(value, node, time, parent),
          ...(parent === undefined ? {} : { parent }),
          ancestors: [],
        },
      ],
    };
  }
}

/** The exec is reported by this record: its id is that of an exec, and the image's life begins with it. */
function executedOf(
  value: JsonObject,
  node: string,
  time: Nanos | undefined,
  parent: Sighting | undefined,
): Sighting {
  const pid = countOf(value.pid);
  const binary = textOf(value.binary) ?? '';
  return {
    rank: 4,
    id: execIdOf({ dialect: DIALECT, node, pid, mark: '', time, binary }),
    traits: Trait.execSeen,
    ...(pid === undefined ? {} : { pid }),
    ...(binary === '' ? {} : { binary }),
    ...(time === undefined ? {} : { startTime: time }),
    ...(parent === undefined ? {} : { parentId: parent.id }),
  };
}

/** The parent is only named: that it was there at this moment is all that is known of it. */
function parentOf(value: JsonObject, node: string, time: Nanos | undefined): Sighting | undefined {
  const pid = countOf(value.ppid);
  if (pid === undefined) return undefined;
  const id = seenIdOf({ dialect: DIALECT, node, pid, mark: '', time, binary: '' });
  return { rank: 1, id, traits: 0, pid };
}

function rejected(detail: string): Decoded {
  return { kind: 'rejected', reason: 'no_event', detail };
}

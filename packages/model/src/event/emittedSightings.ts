import type { Sighting } from './sighting.ts';
import { SlotCache } from './slotCache.ts';

interface Emitted {
  readonly node: string;
  readonly cluster: string;
  /** The best sighting written of this id. */
  readonly sighting: Sighting;
  /** Every trait written of it. */
  traits: number;
}

/** 2^15 processes: more than the live ones of most clusters. */
const SLOT_BITS = 15;

/**
 * The sightings that one stream has already put into its batches. Merging facts is idempotent and the better rank wins,
 * so a sighting with the words of one already written, at no better rank, adds at most traits. Forgetting one only costs
 * a row: memory is bounded.
 */
export class EmittedSightings {
  readonly #seen = new SlotCache<Emitted>(SLOT_BITS);
  /** What is inferred from an id has a face of its own, and stands beside what was seen. */
  readonly #inferred = new SlotCache<Emitted>(SLOT_BITS);

  /** What of the sighting is new to this stream: all of it, its face with the traits, or nothing; remembers it. */
  newPartOf(sighting: Sighting, node: string, cluster: string): Sighting | undefined {
    const { id } = sighting;
    const emitted = sighting.rank === 1 ? this.#inferred : this.#seen;
    const known = emitted.find(id);
    const covered =
      known !== undefined &&
      known.node === node &&
      known.cluster === cluster &&
      covers(known.sighting, sighting);
    if (!covered) {
      emitted.keep(id, { node, cluster, sighting, traits: sighting.traits });
      return sighting;
    }
    if ((sighting.traits & ~known.traits) === 0) return undefined;
    known.traits |= sighting.traits;
    return faceOf(sighting);
  }
}

/**
 * Tells whether `a` has the same face as `b`, and at no lower rank every field that `b` has, with the same value. A field that
 * stood in neither this nor `faceOf` would be lost; the test sets each in turn. Written out, because it is hot.
 */
function covers(a: Sighting, b: Sighting): boolean {
  if (a === b) return true;
  return (
    a.rank >= b.rank &&
    a.pid === b.pid &&
    a.startTime === b.startTime &&
    a.binary === b.binary &&
    a.ktime === b.ktime &&
    has(a.parentId, b.parentId) &&
    has(a.arguments, b.arguments) &&
    has(a.cwd, b.cwd) &&
    has(a.flags, b.flags) &&
    has(a.nsPid, b.nsPid) &&
    has(a.uid, b.uid) &&
    has(a.auid, b.auid) &&
    has(a.user, b.user) &&
    has(a.docker, b.docker) &&
    has(a.capabilities, b.capabilities) &&
    has(a.pod, b.pod) &&
    has(a.container, b.container)
  );
}

function has(value: unknown, wanted: unknown): boolean {
  return value === wanted || wanted === undefined;
}

/** The sighting with nothing but what tells which process it is of, and its traits. */
function faceOf({ rank, id, pid, startTime, binary, ktime, traits }: Sighting): Sighting {
  return {
    rank,
    id,
    traits,
    ...(pid === undefined ? {} : { pid }),
    ...(startTime === undefined ? {} : { startTime }),
    ...(binary === undefined ? {} : { binary }),
    ...(ktime === undefined ? {} : { ktime }),
  };
}

import type { Sighting } from './sighting.ts';

interface Emitted {
  readonly node: string;
  readonly cluster: string;
  /** The best sighting written of this id. */
  readonly sighting: Sighting;
  /** Every trait written of it. */
  traits: number;
}

const CAPACITY = 16_384;

/**
 * The sightings that one stream has already put into its batches. Merging facts is idempotent and the better rank wins,
 * so a sighting with the words of one already written, at no better rank, adds at most traits. Forgetting one only costs
 * a row: memory is two generations of `CAPACITY`.
 */
export class EmittedSightings {
  #young = new Map<string, Emitted>();
  #old = new Map<string, Emitted>();

  /** What of the sighting is new to this stream: all of it, its face with the traits, or nothing; remembers it. */
  newPartOf(sighting: Sighting, node: string, cluster: string): Sighting | undefined {
    const { id } = sighting;
    const young = this.#young.get(id);
    const known = young ?? this.#old.get(id);
    const covered =
      known !== undefined &&
      known.node === node &&
      known.cluster === cluster &&
      covers(known.sighting, sighting);
    if (!covered) {
      this.#keep(id, { node, cluster, sighting, traits: sighting.traits });
      return sighting;
    }
    if (young === undefined) this.#keep(id, known);
    if ((sighting.traits & ~known.traits) === 0) return undefined;
    known.traits |= sighting.traits;
    return faceOf(sighting);
  }

  #keep(id: string, emitted: Emitted): void {
    if (this.#young.size >= CAPACITY) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(id, emitted);
  }
}

/** Tells whether `a` has the same face as `b`, and at no lower rank every field that `b` has, with the same value. */
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

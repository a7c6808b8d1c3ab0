import type { Sighting } from './sighting.ts';

interface Place {
  readonly node: string;
  readonly cluster: string;
}

const CAPACITY = 16_384;

/**
 * The sightings that one stream has already put into its batches. Merging facts is idempotent, so one that comes again,
 * the same object for the same place, can be left out; decoders hand out the same object for the same words. Forgetting
 * one only costs a row: memory is two generations of `CAPACITY`.
 */
export class EmittedSightings {
  #young = new Map<Sighting, Place>();
  #old = new Map<Sighting, Place>();

  /** Tells whether the sighting is new to this stream, and remembers it. */
  add(sighting: Sighting, node: string, cluster: string): boolean {
    const young = this.#young.get(sighting);
    const known = young ?? this.#old.get(sighting);
    const repeated = known !== undefined && known.node === node && known.cluster === cluster;
    if (repeated && young !== undefined) return false;
    if (this.#young.size >= CAPACITY) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(sighting, repeated ? known : { node, cluster });
    return !repeated;
  }
}

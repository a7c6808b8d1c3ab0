/** Ids that one layer holds at its best; a fuller one gets a new layer above it. */
const layerIds = 1 << 20;
/** Bits an id: 12 with 4 probes are wrong about one in 250 times. */
const layerBits = 1 << 24;
const probes = 4;

/** Says of an id that it was never added, or that it may have been: a filter that grows in layers of 2 MiB. */
export class IdFilter {
  readonly #layers: Uint32Array[] = [new Uint32Array(layerBits >>> 5)];
  #inLast = 0;
  #low = 0;
  #high = 0;

  add(id: string): void {
    this.#hash(id);
    this.#add();
  }

  mayHave(id: string): boolean {
    this.#hash(id);
    return this.#isInAny();
  }

  /** Answers whether it may have been added, and adds it otherwise. */
  mayHaveOrAdd(id: string): boolean {
    this.#hash(id);
    if (this.#isInAny()) return true;
    this.#add();
    return false;
  }

  #add(): void {
    if (this.#inLast >= layerIds) {
      this.#layers.push(new Uint32Array(layerBits >>> 5));
      this.#inLast = 0;
    }
    this.#inLast += 1;
    const layer = this.#layers[this.#layers.length - 1];
    if (layer === undefined) return;
    for (let probe = 0; probe < probes; probe += 1) {
      const bit = (this.#low + Math.imul(probe, this.#high)) & (layerBits - 1);
      layer[bit >>> 5] = (layer[bit >>> 5] ?? 0) | (1 << (bit & 31));
    }
  }

  #isInAny(): boolean {
    for (const layer of this.#layers) if (this.#isIn(layer)) return true;
    return false;
  }

  #isIn(layer: Uint32Array): boolean {
    for (let probe = 0; probe < probes; probe += 1) {
      const bit = (this.#low + Math.imul(probe, this.#high)) & (layerBits - 1);
      if (((layer[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false;
    }
    return true;
  }

  #hash(id: string): void {
    let low = 0x9e3779b9;
    let high = 0x85ebca6b;
    for (let at = 0; at < id.length; at += 1) {
      const unit = id.charCodeAt(at);
      low = Math.imul(low ^ unit, 0x01000193);
      high = Math.imul(high ^ unit, 0xc2b2ae3d);
    }
    this.#low = low ^ (low >>> 15);
    this.#high = (high ^ (high >>> 13)) | 1;
  }
}

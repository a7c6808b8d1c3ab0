/** Texts that one layer holds at its best; a fuller one gets a new layer above it. */
const layerTexts = 1 << 20;
/** Words a layer: 16 bits a text with 4 probes in one line are wrong about one in 200 times. */
const layerWords = 1 << 19;
/** Words of one line of the processor's cache: all bits of a text are in one, which is one look at the memory. */
const lineWords = 16;
const probes = 4;

/** Says of a text (an exec_id, or one of `strings`), by its hash, that it was never added, or that it may have been: a filter that grows in layers of 2 MiB. */
export class IdFilter {
  readonly #layers: Uint32Array[] = [new Uint32Array(layerWords)];
  #inLast = 0;

  add(low: number, high: number): void {
    if (this.#inLast >= layerTexts) {
      this.#layers.push(new Uint32Array(layerWords));
      this.#inLast = 0;
    }
    this.#inLast += 1;
    const layer = this.#layers[this.#layers.length - 1];
    if (layer === undefined) return;
    const line = lineOf(low);
    for (let probe = 0; probe < probes; probe += 1) {
      const word = line + wordOf(high, probe);
      layer[word] = (layer[word] ?? 0) | bitOf(low, high, probe);
    }
  }

  mayHave(low: number, high: number): boolean {
    for (const layer of this.#layers) if (isIn(layer, low, high)) return true;
    return false;
  }

  /** Answers whether it may have been added, and adds it otherwise. */
  mayHaveOrAdd(low: number, high: number): boolean {
    if (this.mayHave(low, high)) return true;
    this.add(low, high);
    return false;
  }
}

function isIn(layer: Uint32Array, low: number, high: number): boolean {
  const line = lineOf(low);
  for (let probe = 0; probe < probes; probe += 1)
    if (((layer[line + wordOf(high, probe)] ?? 0) & bitOf(low, high, probe)) === 0) return false;
  return true;
}

/** The first word of a text's line. */
function lineOf(low: number): number {
  return (low & (layerWords / lineWords - 1)) * lineWords;
}

function wordOf(high: number, probe: number): number {
  return (high >>> (probe * 4)) & (lineWords - 1);
}

/** Of the bits that neither the line nor the words were chosen by. */
function bitOf(low: number, high: number, probe: number): number {
  const bits = probe < 3 ? high >>> (16 + probe * 5) : low >>> 20;
  return 1 << (bits & 31);
}

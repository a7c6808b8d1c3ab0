import type { FactBatch } from '@forebear/model/event/factBatch';
import { readAddress } from '@forebear/model/graph/network/address';
import type { StringTable } from './stringTable.ts';
import { TextHash } from './textHash.ts';

/** A batch's strings with their hashes, and as ids of the case, each asked for once. */
export class BatchStrings {
  readonly #texts: readonly string[];
  readonly #table: StringTable;
  readonly #ids: Int32Array;
  readonly #addresses: Int32Array;
  /** Halves of the hash of each text (`TextHash`). */
  readonly lows: Int32Array;
  readonly highs: Int32Array;

  constructor(batch: FactBatch, table: StringTable) {
    const { strings } = batch;
    this.#texts = strings;
    this.#table = table;
    this.#ids = new Int32Array(strings.length).fill(-1);
    this.#addresses = new Int32Array(strings.length).fill(-1);
    this.lows = new Int32Array(strings.length);
    this.highs = new Int32Array(strings.length);
    this.#hash(batch);
  }

  /** How many different indexes there are. */
  get length(): number {
    return this.#ids.length;
  }

  text(index: number | undefined): string {
    return this.#texts[index ?? 0] ?? '';
  }

  idOf(index = 0): number {
    const known = this.#ids[index] ?? -1;
    if (known >= 0) return known;
    const text = this.#texts[index] ?? '';
    const id = this.#table.idOf(this.lows[index] ?? 0, this.highs[index] ?? 0, text);
    this.#ids[index] = id;
    return id;
  }

  /** The id of the address's canonical text, so that both ends of a conversation are found under one. */
  addressOf(index = 0): number {
    const known = this.#addresses[index] ?? -1;
    if (known >= 0) return known;
    const text = this.#texts[index] ?? '';
    const canonical = text === '' ? '' : readAddress(text).text;
    const id = canonical === text ? this.idOf(index) : this.#table.idOfText(canonical);
    this.#addresses[index] = id;
    return id;
  }

  idOfAddress(text: string): number {
    return text === '' ? 0 : this.#table.idOfText(readAddress(text).text);
  }

  #hash({ strings, packed }: FactBatch): void {
    const hash = new TextHash();
    if (packed === undefined) {
      for (const [index, text] of strings.entries()) {
        hash.takeText(text);
        this.lows[index] = hash.low;
        this.highs[index] = hash.high;
      }
      return;
    }
    const { bytes, ends } = packed;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let from = 0;
    for (let index = 0; index < ends.length; index += 1) {
      const to = ends[index] ?? from;
      hash.take(view, from, to);
      this.lows[index] = hash.low;
      this.highs[index] = hash.high;
      from = to;
    }
  }
}

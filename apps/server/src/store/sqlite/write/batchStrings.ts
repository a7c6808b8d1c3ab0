import type { FactBatch } from '@forebear/model/event/factBatch';
import { readAddress } from '@forebear/model/graph/network/address';
import type { StringTable } from './stringTable.ts';

/** A batch's strings as ids of the case, each asked for once. */
export class BatchStrings {
  readonly #texts: readonly string[];
  readonly #table: StringTable;
  readonly #ids: Int32Array;
  readonly #addresses: Int32Array;

  constructor({ strings }: FactBatch, table: StringTable) {
    this.#texts = strings;
    this.#table = table;
    this.#ids = new Int32Array(strings.length).fill(-1);
    this.#addresses = new Int32Array(strings.length).fill(-1);
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
    const id = this.#table.idOf(this.#texts[index] ?? '');
    this.#ids[index] = id;
    return id;
  }

  /** The id of the address's canonical text, so that both ends of a conversation are found under one. */
  addressOf(index = 0): number {
    const known = this.#addresses[index] ?? -1;
    if (known >= 0) return known;
    const id = this.idOfAddress(this.#texts[index] ?? '');
    this.#addresses[index] = id;
    return id;
  }

  idOfAddress(text: string): number {
    return text === '' ? 0 : this.#table.idOf(readAddress(text).text);
  }
}

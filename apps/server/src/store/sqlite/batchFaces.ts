import type { BatchStrings } from './batchStrings.ts';
import type { Face } from './face.ts';
import type { ProcessFaces } from './processFaces.ts';

/** The faces of a batch's process ids by the index of their texts, each looked up once and held until the batch is written. */
export class BatchFaces {
  readonly #faces: ProcessFaces;
  readonly #strings: BatchStrings;
  readonly #lists: (Face[] | undefined)[] = [];

  constructor(faces: ProcessFaces, strings: BatchStrings) {
    this.#faces = faces;
    this.#strings = strings;
    for (let index = 0; index < strings.length; index += 1) this.#lists.push(undefined);
  }

  /** Every face of the id at an index. */
  facesAt(index: number): Face[] {
    const known = this.#lists[index];
    if (known !== undefined) return known;
    const faces = this.#faces.facesOf(this.#strings.text(index));
    this.#lists[index] = faces;
    return faces;
  }
}

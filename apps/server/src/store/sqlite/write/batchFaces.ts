import type { BatchStrings } from './batchStrings.ts';
import type { Faces } from './face.ts';
import type { ProcessFaces } from './processFaces.ts';

/** The faces of a batch's process ids by the index of their texts, each looked up once and held until the batch is written. */
export class BatchFaces {
  readonly #faces: ProcessFaces;
  readonly #strings: BatchStrings;
  readonly #lists: (Faces | undefined)[];

  constructor(faces: ProcessFaces, strings: BatchStrings) {
    this.#faces = faces;
    this.#strings = strings;
    this.#lists = new Array<Faces | undefined>(strings.length).fill(undefined);
  }

  /** Every face of the id at an index. */
  facesAt(index: number): Faces {
    const known = this.#lists[index];
    if (known !== undefined) return known;
    const faces = this.#faces.facesOf(this.#strings, index);
    this.#lists[index] = faces;
    return faces;
  }
}

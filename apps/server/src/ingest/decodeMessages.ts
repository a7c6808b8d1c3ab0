import type { PackedBatch } from '../crossing/packedBatch.ts';
import type { DecodedStretch, DecodeOptions } from './decoding.ts';

/** To the decoder's thread. `chunk` and `end` are answered once each; the rest is not. */
export type ToDecoder =
  | { readonly kind: 'open'; readonly stream: number; readonly options: DecodeOptions }
  | { readonly kind: 'chunk'; readonly stream: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'end'; readonly stream: number }
  | { readonly kind: 'drop'; readonly stream: number };

/** From the decoder's thread. `spent` is the memory of the chunk that is answered: it may carry another. */
export type FromDecoder =
  | {
      readonly stream: number;
      readonly done: boolean;
      readonly stretch: PackedStretch;
      readonly spent: ArrayBuffer | undefined;
    }
  | { readonly stream: number; readonly done: true; readonly failure: string };

/** A stretch on its way between threads. */
export interface PackedStretch extends Omit<DecodedStretch, 'batches' | 'isLast'> {
  readonly batches: readonly PackedBatch[];
}

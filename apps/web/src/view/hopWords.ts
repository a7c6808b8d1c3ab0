import type { HopItem } from '@forebear/model/wire/network';

/** How sure it is which process is at the other end of a connection. */
export type Confidence = HopItem['confidence'];

const MEANINGS: Readonly<Record<Confidence, string>> = {
  certain: 'both ends report this connection from its opening',
  likely: 'the ends agree, but an address was translated or the opening was not seen',
  inferred: 'nobody was seen to accept: deduced from what is known of that address and port',
};

/** What a confidence means, in one clause. */
export function confidenceMeaning(confidence: Confidence): string {
  return MEANINGS[confidence];
}

/**
 * The few members of the Encoding standard this room needs. They exist in Node and in browsers, but in no ES library of
 * TypeScript, and opening the DOM library would let the pure model see the page.
 */
declare class TextDecoder {
  constructor(label?: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean });
  decode(input?: Uint8Array): string;
}

declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}

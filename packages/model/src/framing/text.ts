/** How many bytes of a piece its `sample` shows. */
const SAMPLE_BYTES = 160;

const decoder = new TextDecoder('utf-8');
const latin1 = new TextDecoder('latin1');
const encoder = new TextEncoder();

/** The text of UTF-8 bytes; every invalid sequence becomes U+FFFD, the bytes themselves stay as they are. Never throws. */
export function decodeText(bytes: Uint8Array): string {
  return decoder.decode(bytes);
}

/** One character per byte: for matching an ASCII prefix whose length in bytes is wanted. */
export function decodeLatin1(bytes: Uint8Array): string {
  return latin1.decode(bytes);
}

/** UTF-8 of a string; a lone surrogate becomes U+FFFD. */
export function encodeText(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The beginning of some bytes as text, for a person to recognise them. Control characters are kept: the surface escapes. */
export function sampleOf(bytes: Uint8Array): string {
  return decodeText(bytes.length > SAMPLE_BYTES ? bytes.subarray(0, SAMPLE_BYTES) : bytes);
}

/** What JSON.parse makes of the bytes, or `undefined` when it refuses them (no JSON text yields `undefined`). */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decodeText(bytes));
  } catch {
    return undefined;
  }
}

/** The first bytes of a quarantined record as text: at most 512 characters, broken UTF-8 shown as such. */
export function sampleOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: false, ignoreBOM: true })
    .decode(bytes.subarray(0, 2048))
    .slice(0, 512);
}

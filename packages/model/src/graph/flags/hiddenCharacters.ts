/** What a text holds that a reader would not see: names for the explanation, sorted; empty: nothing. */
export function hiddenCharacters(text: string): string[] {
  const found = new Set<string>();
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    // The common case first: printable ASCII.
    if (unit >= 0x20 && unit < 0x7f) continue;
    const name = nameOf(unit);
    if (name !== undefined) found.add(name);
  }
  return [...found].sort();
}

function nameOf(unit: number): string | undefined {
  if (unit === 0x09 || unit === 0x0a) return undefined;
  if (unit < 0x20 || (unit >= 0x7f && unit < 0xa0)) return 'control character';
  if (unit === 0x061c || unit === 0x200e || unit === 0x200f) return 'direction mark';
  if ((unit >= 0x202a && unit <= 0x202e) || (unit >= 0x2066 && unit <= 0x2069)) {
    return 'direction override';
  }
  const invisible =
    unit === 0xad || unit === 0x180e || unit === 0xfeff || (unit >= 0x200b && unit <= 0x200d);
  return invisible || (unit >= 0x2060 && unit <= 0x2064) ? 'invisible character' : undefined;
}

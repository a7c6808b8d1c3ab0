/** `Settled.meant` the other way: which keys mean a key, each list sorted. */
export function keysByMeaning(
  meant: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [key, meaning] of meant) {
    const known = found.get(meaning);
    if (known === undefined) found.set(meaning, [key]);
    else known.push(key);
  }
  for (const keys of found.values()) keys.sort();
  return found;
}

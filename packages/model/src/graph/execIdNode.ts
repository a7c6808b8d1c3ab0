const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const LONGEST = 1024;
const valueOf = new Map([...ALPHABET].map((letter, index) => [letter, index]));

/**
 * The node that a Tetragon exec_id spells (`base64(node:ktime:pid)`), as one character per byte; undefined for any other
 * id and for one without a node. Only for comparing two ids: an agent's own name for its node may differ from
 * `node_name`, but not from id to id.
 */
export function execIdNode(id: string): string | undefined {
  if (id.length > LONGEST) return undefined;
  let bytes = '';
  let held = 0;
  let bits = 0;
  for (const letter of id) {
    if (letter === '=') break;
    const value = valueOf.get(letter);
    if (value === undefined) return undefined;
    held = ((held & 0xff) << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += String.fromCharCode((held >> bits) & 0xff);
  }
  const parts = /^(.+):\d+:\d+$/s.exec(bytes);
  return parts?.[1];
}

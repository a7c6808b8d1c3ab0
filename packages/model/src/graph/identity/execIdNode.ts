const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const LONGEST = 1024;
/** By character code; 255: no letter of base64. */
const valueOf = new Uint8Array(128).fill(255);
for (let index = 0; index < ALPHABET.length; index += 1) {
  valueOf[ALPHABET.charCodeAt(index)] = index;
}

const COLON = 58;
const bytes = new Uint8Array(LONGEST);
/** The node that was spelled last: neighbours mostly spell the same. */
let last = '';

/**
 * The node that a Tetragon exec_id spells (`base64(node:ktime:pid)`), as one character per byte; undefined for any other
 * id and for one without a node. Only for comparing two ids: an agent's own name for its node may differ from
 * `node_name`, but not from id to id.
 */
export function execIdNode(id: string): string | undefined {
  if (id.length > LONGEST) return undefined;
  let length = 0;
  let held = 0;
  let bits = 0;
  for (let at = 0; at < id.length; at += 1) {
    const unit = id.charCodeAt(at);
    if (unit === 61) break;
    const value = valueOf[unit] ?? 255;
    if (value === 255) return undefined;
    held = ((held & 0xff) << 6) | value;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[length] = (held >> bits) & 0xff;
    length += 1;
  }
  const pid = beforeDigits(length);
  const end = pid < 0 ? -1 : beforeDigits(pid);
  if (end < 1) return undefined;
  if (!isLast(end)) last = String.fromCharCode(...bytes.subarray(0, end));
  return last;
}

/** Where the colon stands before the digits that end at `end`; -1: there are no digits, or no colon. */
function beforeDigits(end: number): number {
  let at = end - 1;
  while (at >= 0 && isDigit(bytes[at] ?? 0)) at -= 1;
  return at >= 0 && at < end - 1 && bytes[at] === COLON ? at : -1;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

function isLast(length: number): boolean {
  if (last.length !== length) return false;
  for (let at = 0; at < length; at += 1) if (last.charCodeAt(at) !== bytes[at]) return false;
  return true;
}

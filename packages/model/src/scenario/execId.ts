const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/**
 * The id Tetragon gives one image of one process: base64 (standard alphabet, padded) of
 * `node:ktime:pid`, ktime in nanoseconds since boot. Node names are ASCII.
 */
export function encodeExecId(node: string, ktime: bigint, pid: number): string {
  return encodeAscii(`${node}:${ktime}:${pid}`);
}

/** The pseudo-parent of PID 1 and of kernel threads: ktime 1, pid 0. No event describes it. */
export function kernelExecId(node: string): string {
  return encodeExecId(node, 1n, 0);
}

/** Base64 (standard alphabet, padded) of ASCII text. */
export function encodeAscii(text: string): string {
  let encoded = '';
  for (let at = 0; at < text.length; at += 3) {
    const left = text.length - at;
    const second = left > 1 ? text.charCodeAt(at + 1) : 0;
    const third = left > 2 ? text.charCodeAt(at + 2) : 0;
    const group = (text.charCodeAt(at) << 16) | (second << 8) | third;
    encoded += ALPHABET.charAt(group >> 18) + ALPHABET.charAt((group >> 12) & 63);
    encoded += left > 1 ? ALPHABET.charAt((group >> 6) & 63) : '=';
    encoded += left > 2 ? ALPHABET.charAt(group & 63) : '=';
  }
  return encoded;
}

import type { Identity } from './identities.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const LENGTH = 22;

/**
 * The opaque name of a process: 22 base64url characters of sha256(dialect, cluster, id), and `~k` for later boots and
 * variants of the id (semantics, Identity).
 */
export function refOf(identity: Identity, sha256: (text: string) => Uint8Array): string {
  const digest = sha256(identity.key);
  let text = '';
  let held = 0;
  let bits = 0;
  for (let i = 0; text.length < LENGTH && i < digest.length; i += 1) {
    held = ((held & 0xff) << 8) | (digest[i] ?? 0);
    bits += 8;
    while (bits >= 6 && text.length < LENGTH) {
      bits -= 6;
      text += ALPHABET.charAt((held >> bits) & 63);
    }
  }
  return identity.copy === 1 ? text : `${text}~${identity.copy}`;
}

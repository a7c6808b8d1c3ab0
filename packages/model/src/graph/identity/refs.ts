import type { Identity } from './identities.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** Two letters per 12 bits. */
const pairs: readonly string[] = Array.from(
  { length: 4096 },
  (_, bits) => ALPHABET.charAt(bits >> 6) + ALPHABET.charAt(bits & 63),
);
const LENGTH = 22;

/**
 * The opaque name of a process: 22 base64url characters of sha256(dialect, cluster, id), and `~k` for later boots and
 * variants of the id (semantics, Identity).
 */
export function refOf(identity: Identity, sha256: (text: string) => Uint8Array): string {
  const digest = sha256(identity.key);
  let text = '';
  // Three bytes are four letters.
  for (let at = 0; text.length < LENGTH && at < digest.length; at += 3) {
    const held = ((digest[at] ?? 0) << 16) | ((digest[at + 1] ?? 0) << 8) | (digest[at + 2] ?? 0);
    text += (pairs[held >> 12] ?? '') + (pairs[held & 4095] ?? '');
  }
  text = text.slice(0, LENGTH);
  return identity.copy === 1 ? text : `${text}~${identity.copy}`;
}

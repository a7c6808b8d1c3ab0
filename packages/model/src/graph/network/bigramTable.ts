/**
 * How likely a letter follows another in words that people write, as negated log2 probabilities.
 *
 * Made once (2026-11) from 27,475 distinct words of three letters and more that occur in at least five of some
 * 20,000 documents (manual pages, package READMEs and notes of a Linux machine); a word weighs
 * 1 + log2(documents), so that neither `the` nor a single changelog decides; half a count is added to every
 * pair. Only the frequencies are kept. One row per first letter, one sign per second letter; the sign's place
 * in `scale` is fifths of a bit, 61 (12.2 bits) standing for that and above.
 */
const rows = [
  'oWTWpjYpYvgQWPvYuQUNZfkjfq', // a
  'OggjQnhpRerLihRiwVVhRwztcr', // b
  'QtZnOqtRX0UUjuMguVdRYstxcx', // c
  'QceZJhfmMnjbefUc1XVgXglwiw', // d
  'WhUQcdepfwnWYPjalMPUldhZft', // e
  'SoigRSsrI3tUmqOntUZaW1uzd8', // f
  'UldfKiaXRulXcVWboQUWWmovoq', // g
  'MnhjKpznPtlgbfOg3WdWY1pwco', // h
  'YcSYXcX1vwlVXKQbyaTSta2j0c', // i
  'NhfiJllnVrlsigMcvnTpQofxgv', // j
  'SiccIcieQsiZacWcubRZUqiyiv', // k
  'QjiZLkmuMwnRkpQg2lYYXiyxUs', // l
  'LahjLln0QwqhYmSQ5nZkYtsxV5', // m
  'RoUSRZOoVrghlbVi1lRNefs1lt', // n
  'edYYkgbsfjgUVKZW7OXYSZZkkv', // o
  'PsfeNohbW9kRmoPWxNXUXot6i4', // p
  'pmhckompf99SmjmgugZXCj9t99', // q
  'QjZaKjdrP1bfacQg3bUVcbo7Zx', // r
  'XoVkNkoVQzdbhiVWokRLVojxdr', // s
  'QocgLjmVL2fdjnSf9TVYbqhvYt', // t
  'aVZXWjcwY0mSWPjT9PQPswzmus', // u
  'NtipGopyK7smclXc9ngpok6xr5', // v
  'MmjfOnoWO9kbmVMh4VUgoumpo2', // w
  'ShSdPengR9pfaldN9baMgmiYZj', // x
  'VaXbWecjWsjXTUZMpXPVegeujg', // y
  'NkjgGmjeQ9jdbnRj9ydndqpxda', // z
] as const;

const scale = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const bits: readonly number[] = rows
  .join('')
  .split('')
  .map((sign) => -scale.indexOf(sign) / 5);

/** log2 of the probability that `second` follows `first`: 0 to -12.2. Undefined unless both are a to z. */
export function bigramBits(first: number, second: number): number | undefined {
  if (first < 97 || first > 122 || second < 97 || second > 122) return undefined;
  return bits[(first - 97) * 26 + second - 97];
}

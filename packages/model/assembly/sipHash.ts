// SipHash-1-3 (Aumasson, Bernstein: "SipHash: a fast short-input PRF"), 64 bits under a key of 128.

import { setSeed } from './bytes.ts';

let key0: u64 = 0;
let key1: u64 = 0;

/** The key of every hash from now on, in four parts, lowest first. */
export function setHashKey(a: u32, b: u32, c: u32, d: u32): void {
  key0 = <u64>a | ((<u64>b) << 32);
  key1 = <u64>c | ((<u64>d) << 32);
  setSeed(sipHash(0, 0));
}

let v0: u64 = 0;
let v1: u64 = 0;
let v2: u64 = 0;
let v3: u64 = 0;

/** The hash of bytes. */
export function sipHash(at: usize, length: usize): u64 {
  let a = key0 ^ 0x736f6d6570736575;
  let b = key1 ^ 0x646f72616e646f6d;
  let c = key0 ^ 0x6c7967656e657261;
  let d = key1 ^ 0x7465646279746573;
  const whole = at + (length & ~7);
  // The same as `round`, in locals: half the time.
  for (let i = at; i < whole; i += 8) {
    const word = load<u64>(i);
    d ^= word;
    a += b;
    b = rotl(b, 13) ^ a;
    a = rotl(a, 32);
    c += d;
    d = rotl(d, 16) ^ c;
    a += d;
    d = rotl(d, 21) ^ a;
    c += b;
    b = rotl(b, 17) ^ c;
    c = rotl(c, 32);
    a ^= word;
  }
  let last = (<u64>length) << 56;
  for (let i: usize = 0; i < (length & 7); i++) last |= (<u64>load<u8>(whole + i)) << (8 * i);
  v0 = a;
  v1 = b;
  v2 = c;
  v3 = d ^ last;
  round();
  v0 ^= last;
  v2 ^= 0xff;
  round();
  round();
  round();
  return v0 ^ v1 ^ v2 ^ v3;
}

function round(): void {
  v0 += v1;
  v1 = rotl(v1, 13) ^ v0;
  v0 = rotl(v0, 32);
  v2 += v3;
  v3 = rotl(v3, 16) ^ v2;
  v0 += v3;
  v3 = rotl(v3, 21) ^ v0;
  v2 += v1;
  v1 = rotl(v1, 17) ^ v2;
  v2 = rotl(v2, 32);
}

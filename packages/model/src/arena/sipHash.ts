/** 128 secret bits. */
export type HashKey = Uint8Array;

const KEY_BYTES = 16;

/** The four 32-bit parts of a key, lowest first. Throws when it is none. */
export function partsOf(key: HashKey): readonly [number, number, number, number] {
  if (key.length !== KEY_BYTES) throw new Error(`a hash key has ${KEY_BYTES} bytes`);
  const view = new DataView(key.buffer, key.byteOffset, key.byteLength);
  return [
    view.getUint32(0, true),
    view.getUint32(4, true),
    view.getUint32(8, true),
    view.getUint32(12, true),
  ];
}

/**
 * SipHash-1-3 in 64 bits (Aumasson, Bernstein: "SipHash: a fast short-input PRF"): who does not know the key cannot find two texts
 * with one hash. For bytes that do not lie in an arena, whose compiled code says the same twenty times faster.
 */
export function sipHash(key: HashKey, bytes: Uint8Array): bigint {
  const [k0, k1, k2, k3] = partsOf(key);
  const state = new State(k0, k1, k2, k3);
  const { length } = bytes;
  const whole = length - (length % 8);
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  for (let at = 0; at < whole; at += 8) {
    state.take(view.getInt32(at, true), view.getInt32(at + 4, true));
  }
  let low = 0;
  let high = (length & 255) << 24;
  for (let at = whole; at < length; at += 1) {
    const shift = (at - whole) * 8;
    const byte = bytes[at] ?? 0;
    if (shift < 32) low |= byte << shift;
    else high |= byte << (shift - 32);
  }
  state.take(low, high);
  return state.finish();
}

/** Four words of 64 bits, each in two halves. */
class State {
  #v0l: number;
  #v0h: number;
  #v1l: number;
  #v1h: number;
  #v2l: number;
  #v2h: number;
  #v3l: number;
  #v3h: number;

  constructor(k0: number, k1: number, k2: number, k3: number) {
    this.#v0l = k0 ^ 0x70736575;
    this.#v0h = k1 ^ 0x736f6d65;
    this.#v1l = k2 ^ 0x6e646f6d;
    this.#v1h = k3 ^ 0x646f7261;
    this.#v2l = k0 ^ 0x6e657261;
    this.#v2h = k1 ^ 0x6c796765;
    this.#v3l = k2 ^ 0x79746573;
    this.#v3h = k3 ^ 0x74656462;
  }

  take(low: number, high: number): void {
    this.#v3l ^= low;
    this.#v3h ^= high;
    this.#round();
    this.#v0l ^= low;
    this.#v0h ^= high;
  }

  finish(): bigint {
    this.#v2l ^= 0xff;
    this.#round();
    this.#round();
    this.#round();
    const low = this.#v0l ^ this.#v1l ^ this.#v2l ^ this.#v3l;
    const high = this.#v0h ^ this.#v1h ^ this.#v2h ^ this.#v3h;
    return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
  }

  #round(): void {
    let sum = (this.#v0l >>> 0) + (this.#v1l >>> 0);
    let v0l = sum | 0;
    let v0h = (this.#v0h + this.#v1h + Number(sum > 0xffffffff)) | 0;
    let v1l = ((this.#v1l << 13) | (this.#v1h >>> 19)) ^ v0l;
    let v1h = ((this.#v1h << 13) | (this.#v1l >>> 19)) ^ v0h;
    [v0l, v0h] = [v0h, v0l];
    sum = (this.#v2l >>> 0) + (this.#v3l >>> 0);
    let v2l = sum | 0;
    let v2h = (this.#v2h + this.#v3h + Number(sum > 0xffffffff)) | 0;
    let v3l = ((this.#v3l << 16) | (this.#v3h >>> 16)) ^ v2l;
    let v3h = ((this.#v3h << 16) | (this.#v3l >>> 16)) ^ v2h;
    sum = (v0l >>> 0) + (v3l >>> 0);
    v0l = sum | 0;
    v0h = (v0h + v3h + Number(sum > 0xffffffff)) | 0;
    [v3l, v3h] = [((v3l << 21) | (v3h >>> 11)) ^ v0l, ((v3h << 21) | (v3l >>> 11)) ^ v0h];
    sum = (v2l >>> 0) + (v1l >>> 0);
    v2l = sum | 0;
    v2h = (v2h + v1h + Number(sum > 0xffffffff)) | 0;
    [v1l, v1h] = [((v1l << 17) | (v1h >>> 15)) ^ v2l, ((v1h << 17) | (v1l >>> 15)) ^ v2h];
    [v2l, v2h] = [v2h, v2l];
    this.#v0l = v0l;
    this.#v0h = v0h;
    this.#v1l = v1l;
    this.#v1h = v1h;
    this.#v2l = v2l;
    this.#v2h = v2h;
    this.#v3l = v3l;
    this.#v3h = v3h;
  }
}

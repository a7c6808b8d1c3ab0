// Bytes of the arena: finding and comparing. Loads may reach 16 bytes behind a range: every region of the arena has that slack.

/** Where the first LF or CR stands in [at, end); `end` when there is none. */
export function newline(at: usize, end: usize): usize {
  const lf = i8x16.splat(10);
  const cr = i8x16.splat(13);
  for (let i = at; i < end; i += 16) {
    const bytes = v128.load(i);
    const found = i8x16.bitmask(v128.or(i8x16.eq(bytes, lf), i8x16.eq(bytes, cr)));
    if (found != 0) {
      const place = i + <usize>ctz(found);
      return place < end ? place : end;
    }
  }
  return end;
}

/** Where the first `byte` stands in [at, end); `end` when there is none. */
export function find(byte: u8, at: usize, end: usize): usize {
  const wanted = i8x16.splat(byte);
  for (let i = at; i < end; i += 16) {
    const found = i8x16.bitmask(i8x16.eq(v128.load(i), wanted));
    if (found != 0) {
      const place = i + <usize>ctz(found);
      return place < end ? place : end;
    }
  }
  return end;
}

/** Tells whether two ranges hold the same bytes. */
export function isSame(a: usize, b: usize, length: usize): bool {
  if (length < 16) {
    let i: usize = 0;
    if (length >= 8) {
      if (load<u64>(a) != load<u64>(b)) return false;
      i = 8;
    }
    for (; i < length; i++) if (load<u8>(a + i) != load<u8>(b + i)) return false;
    return true;
  }
  let i: usize = 0;
  for (; i + 64 <= length; i += 64) {
    const one = v128.or(unlike(a + i, b + i), unlike(a + i + 16, b + i + 16));
    const two = v128.or(unlike(a + i + 32, b + i + 32), unlike(a + i + 48, b + i + 48));
    if (v128.any_true(v128.or(one, two))) return false;
  }
  const last = length - 16;
  for (; i < last; i += 16) if (v128.any_true(unlike(a + i, b + i))) return false;
  // The last sixteen, of which some have been compared before.
  return !v128.any_true(unlike(a + last, b + last));
}

/** The bits in which sixteen bytes differ. */
function unlike(a: usize, b: usize): v128 {
  return v128.xor(v128.load(a), v128.load(b));
}

/** What nobody outside knows, so that no log can be written whose texts all choose one slot. */
let seed: u64 = 0x9e3779b97f4a7c15;

export function setSeed(value: u64): void {
  seed = value;
}

/** A number that tells ranges of different bytes apart, mostly: for choosing a slot, never for saying that two are the same. */
export function mixed(at: usize, end: usize): u32 {
  let hash = seed ^ (<u64>(end - at) * 0xd6e8feb86659fd93);
  let i = at;
  for (; i + 8 <= end; i += 8) hash = rotl((hash ^ load<u64>(i)) * 0x9fb21c651e98df25, 29);
  for (; i < end; i++) hash = rotl((hash ^ load<u8>(i)) * 0x9fb21c651e98df25, 29);
  hash ^= hash >> 32;
  hash *= 0xd6e8feb86659fd93;
  return <u32>(hash ^ (hash >> 32));
}

/** Behind the digits of a whole number as JSON writes it (no leading zero); `at` itself when there is none. */
export function skipNumber(at: usize, end: usize): usize {
  if (at >= end) return at;
  const first = load<u8>(at);
  if (first == 48) return at + 1;
  if (first < 49 || first > 57) return at;
  let i = at + 1;
  while (i < end && load<u8>(i) - 48 <= 9) i++;
  return i;
}

/** Copies a range. Up to 15 bytes behind where it goes are overwritten with anything. */
export function copyLoosely(to: usize, from: usize, length: usize): void {
  for (let i: usize = 0; i < length; i += 16) v128.store(to + i, v128.load(from + i));
}

/** Whether the ASCII word stands at `at`: by eights, of which the last may have been compared before. */
export function isWord(at: usize, word: string): bool {
  const length = word.length;
  const from = changetype<usize>(word);
  let i = 0;
  for (; i + 8 <= length; i += 8) {
    if (load<u64>(at + <usize>i) != narrowed(from + ((<usize>i) << 1))) return false;
  }
  if (i == length) return true;
  if (length >= 8) {
    const last = <usize>(length - 8);
    return load<u64>(at + last) == narrowed(from + (last << 1));
  }
  for (; i < length; i++) {
    if (load<u8>(at + <usize>i) != load<u8>(from + ((<usize>i) << 1))) return false;
  }
  return true;
}

/** Eight characters of a text of the compiler, which has two bytes for each, as bytes. */
function narrowed(from: usize): u64 {
  const a = v128.load(from);
  return v128.extract_lane<u64>(v128.narrow<i16>(a, a), 0);
}

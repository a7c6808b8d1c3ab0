// The hash of what an event says, as event/sense.ts: over ASCII, bytes are UTF-16 units.

export let h1: i32 = 0;
export let h2: i32 = 0;

/** Begins with nothing. */
export function beginHash(): void {
  h1 = 0xdeadbeef;
  h2 = 0x41c6ce57;
}

/** Begins with a state of before. */
export function resumeHash(first: i32, second: i32): void {
  h1 = first;
  h2 = second;
}

/** Of characters beyond ASCII it reads those of two bytes. */
export function addText(at: usize, length: usize): void {
  const end = at + length;
  for (let i = at; i < end; i++) {
    const byte = <i32>load<u8>(i);
    if (byte < 128) addUnit(byte);
    else {
      i++;
      addUnit(((byte & 31) << 6) | (<i32>load<u8>(i) & 63));
    }
  }
  addUnit(0x10000);
}

/** Each line as a text, and how many they are; no text has no lines. */
export function addLines(at: usize, length: usize): void {
  const end = at + length;
  let count = 0;
  if (length > 0) {
    count++;
    for (let i = at; i < end; i++) {
      const byte = <i32>load<u8>(i);
      if (byte == 10) count++;
      addUnit(byte == 10 ? 0x10000 : byte);
    }
    addUnit(0x10000);
  }
  addNumber(count);
}

/** A whole number that 32 bits hold. */
export function addNumber(value: i32): void {
  add32(value);
  add32(value >> 31);
}

export function addLong(value: i64): void {
  add32(<i32>value);
  add32(<i32>(value >> 32));
}

export function add32(value: i32): void {
  h1 = (h1 ^ (value ^ shifted(value, 15))) * <i32>2654435761;
  h2 = (h2 ^ value) * <i32>1597334677;
  h2 ^= shifted(h2, 15);
}

export function endHash(): void {
  const a = h1;
  const b = h2;
  h1 = ((a ^ shifted(a, 16)) * <i32>2246822507) ^ ((b ^ shifted(b, 13)) * <i32>3266489909);
  h2 = ((b ^ shifted(b, 16)) * <i32>2246822507) ^ ((h1 ^ shifted(h1, 13)) * <i32>3266489909);
}

function addUnit(unit: i32): void {
  h1 = (h1 ^ unit) * <i32>2654435761;
  h2 = (h2 ^ unit) * <i32>1597334677;
}

function shifted(value: i32, by: i32): i32 {
  return <i32>(<u32>value >> by);
}

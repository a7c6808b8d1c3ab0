// What an exec_id spells out, base64(node:ktime:pid), by the rules of formats/tetragon/execId.ts.

/** Meant only when `readExecId` said yes. */
export let idPid: f64 = 0;
/** Nanoseconds since boot; 0: none. */
export let idKtime: i64 = 0;

const LONGEST: usize = 1024;
const scratch = memory.data(1024);

/** Whether the text is such an id. A number of more digits than 64 bits hold makes it none that is read here: `isOdd`. */
export let isOdd: bool = false;

export function readExecId(at: usize, length: usize): bool {
  isOdd = false;
  if (length > LONGEST) return false;
  const size = decode(at, length);
  if (size < 0) return false;
  const end = scratch + <usize>size;
  const pidColon = lastColon(end);
  if (pidColon <= scratch) return false;
  const ktimeColon = lastColon(pidColon);
  if (ktimeColon == 0) return false;
  const pid = digits(pidColon + 1, end, 10);
  if (pid < 0) return false;
  if (pidColon - ktimeColon - 1 > 18) {
    isOdd = true;
    return false;
  }
  const ktime = digits(ktimeColon + 1, pidColon, 18);
  if (ktime < 0) return false;
  idPid = <f64>pid;
  idKtime = ktime;
  // Windows' pid:pid:pid has no time since boot.
  if (ktime == pid && length_(pid) == ktimeColon - scratch) {
    if (digits(scratch, ktimeColon, 10) == pid) idKtime = 0;
  }
  return true;
}

/** Where the last colon before `end` stands in the scratch; 0: nowhere. */
function lastColon(end: usize): usize {
  for (let i = end; i > scratch; i--) if (load<u8>(i - 1) == 58) return i - 1;
  return 0;
}

/** The number that all of [from, to) writes; -1 when it is none, or has more digits than `most`. */
function digits(from: usize, to: usize, most: usize): i64 {
  if (to <= from || to - from > most) return -1;
  let value: i64 = 0;
  for (let i = from; i < to; i++) {
    const digit = <i64>load<u8>(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Digits that a number is written with. */
function length_(value: i64): usize {
  let count: usize = 1;
  for (let rest = value / 10; rest > 0; rest /= 10) count++;
  return count;
}

/** Decodes into the scratch; how many bytes there are, -1 when the text is no base64. */
function decode(at: usize, length: usize): i32 {
  let end = at + length;
  while (end > at && at + length - end < 2 && load<u8>(end - 1) == 61) end--;
  if ((end - at) % 4 == 1) return -1;
  let to = scratch;
  let bits: u32 = 0;
  let held = 0;
  for (let i = at; i < end; i++) {
    const sextet = sextetOf(load<u8>(i));
    if (sextet < 0) return -1;
    bits = (bits << 6) | <u32>sextet;
    held += 6;
    if (held >= 8) {
      held -= 8;
      store<u8>(to, bits >> held);
      to++;
      bits &= (1 << held) - 1;
    }
  }
  return <i32>(to - scratch);
}

function sextetOf(byte: u8): i32 {
  if (byte >= 65 && byte <= 90) return byte - 65;
  if (byte >= 97 && byte <= 122) return byte - 71;
  if (byte >= 48 && byte <= 57) return byte + 4;
  if (byte == 43) return 62;
  return byte == 47 ? 63 : -1;
}

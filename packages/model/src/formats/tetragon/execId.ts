/** What an exec_id spells out: `base64(node:ktime:pid)` (Tetragon pkg/process/process_id_linux.go). */
export interface ExecIdParts {
  /** May be empty and may hold colons. */
  readonly node: string;
  /** Nanoseconds since the node's boot; above 2^53 after 104 days. */
  readonly ktime: bigint;
  readonly pid: number;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const LONGEST = 1024;
const COLON = 58;

const sextets = new Int8Array(128).fill(-1);
for (let i = 0; i < ALPHABET.length; i += 1) sextets[ALPHABET.charCodeAt(i)] = i;

/** The bytes of the id at hand: an id is read within one call. */
const scratch = new Uint8Array(LONGEST);
const utf8 = new TextDecoder();
const toUtf8 = new TextEncoder();

/** The numbers of an id: names are decoded only where somebody asks. */
export interface ExecIdNumbers {
  readonly ktime: bigint;
  readonly pid: number;
  /** The three parts are one number, as on Windows, where there is no time since boot. */
  readonly isOneNumber: boolean;
}

/**
 * Reads an id from the right, because a node's name may hold colons. Padding may be missing. Undefined for what is no
 * such id: it is then an opaque name. Never throws.
 */
export function decodeExecId(id: string): ExecIdParts | undefined {
  const read = readExecId(id);
  if (read === undefined) return undefined;
  const { ktime, pid, nodeEnd } = read;
  return {
    node: utf8.decode(scratch.subarray(0, nodeEnd)),
    ktime: BigInt(ktime),
    pid: Number(pid),
  };
}

/** The same without the node's name. */
export function execIdNumbers(id: string): ExecIdNumbers | undefined {
  const read = readExecId(id);
  if (read === undefined) return undefined;
  const { ktime, pid, nodeEnd } = read;
  const isOneNumber =
    ktime === pid && String(pid).length === nodeEnd && pid === digitsOf(scratch, 0, nodeEnd, 10);
  return { ktime: BigInt(ktime), pid: Number(pid), isOneNumber };
}

interface ReadExecId {
  /** As text where it may be beyond 2^53. */
  readonly ktime: number | string;
  readonly pid: number | string;
  /** Behind the node's bytes, with which `scratch` begins until the next id is read. */
  readonly nodeEnd: number;
}

function readExecId(id: string): ReadExecId | undefined {
  if (id.length > LONGEST) return undefined;
  const length = decodeInto(scratch, id);
  if (length < 0) return undefined;
  const pidColon = scratch.lastIndexOf(COLON, length - 1);
  const ktimeColon = pidColon < 1 ? -1 : scratch.lastIndexOf(COLON, pidColon - 1);
  if (ktimeColon < 0) return undefined;
  const pid = digitsOf(scratch, pidColon + 1, length, 10);
  const ktime = digitsOf(scratch, ktimeColon + 1, pidColon, 20);
  return pid === undefined || ktime === undefined ? undefined : { ktime, pid, nodeEnd: ktimeColon };
}

/** The id an agent would give, with padding. */
export function encodeExecId(parts: ExecIdParts): string {
  const bytes = toUtf8.encode(`${parts.node}:${parts.ktime}:${parts.pid}`);
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const group = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += ALPHABET.charAt(group >> 18) + ALPHABET.charAt((group >> 12) & 63);
    text += left > 1 ? ALPHABET.charAt((group >> 6) & 63) : '=';
    text += left > 2 ? ALPHABET.charAt(group & 63) : '=';
  }
  return text;
}

/** Bytes of standard base64 with or without padding; undefined when a character is foreign or a byte incomplete. */
export function decodeBase64(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.ceil((text.length * 3) / 4));
  const length = decodeInto(bytes, text);
  return length < 0 ? undefined : bytes.subarray(0, length);
}

/** Decodes into `bytes`, which are long enough; returns how many there are, -1 when the text is no base64. */
function decodeInto(bytes: Uint8Array, text: string): number {
  let end = text.length;
  while (end > 0 && text.length - end < 2 && text.charCodeAt(end - 1) === 61) end -= 1;
  if (end % 4 === 1) return -1;
  let at = 0;
  let bits = 0;
  let held = 0;
  for (let i = 0; i < end; i += 1) {
    const code = text.charCodeAt(i);
    const sextet = code < 128 ? (sextets[code] ?? -1) : -1;
    if (sextet < 0) return -1;
    bits = (bits << 6) | sextet;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes[at] = (bits >> held) & 255;
      at += 1;
      bits &= (1 << held) - 1;
    }
  }
  return at;
}

/** The number in a range of at most `most` ASCII digits: as text where it may be beyond 2^53. */
function digitsOf(
  bytes: Uint8Array,
  from: number,
  to: number,
  most: number,
): number | string | undefined {
  if (to <= from || to - from > most) return undefined;
  let value = 0;
  for (let i = from; i < to; i += 1) {
    const digit = (bytes[i] ?? 0) - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return Number.isSafeInteger(value) ? value : utf8.decode(bytes.subarray(from, to));
}

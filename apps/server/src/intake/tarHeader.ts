export interface TarHeader {
  /** As stored; bytes that are no UTF-8 become U+FFFD. */
  readonly name: string;
  /** Content bytes that follow, before padding to 512. */
  readonly size: number;
  /** Type flag character; `0` for the old format's NUL. */
  readonly type: string;
}

const BLOCK = 512;
const CHECKSUM_AT = 148;

/** Whether a 512-byte block carries a valid tar checksum: ustar, GNU and the old format alike. */
export function isTarHeader(block: Uint8Array): boolean {
  if (block.length < BLOCK || block[0] === 0) return false;
  const stored = readNumber(block, CHECKSUM_AT, 8);
  if (stored === undefined) return false;
  let unsigned = 8 * 0x20;
  let signed = 8 * 0x20;
  for (let index = 0; index < BLOCK; index++) {
    if (index >= CHECKSUM_AT && index < CHECKSUM_AT + 8) continue;
    const byte = block[index] ?? 0;
    unsigned += byte;
    // Some old writers summed signed characters.
    signed += byte < 128 ? byte : byte - 256;
  }
  return stored === unsigned || stored === signed;
}

/** Reads a header block (POSIX ustar, with GNU base-256 sizes); `undefined` when it is none. */
export function readTarHeader(block: Uint8Array): TarHeader | undefined {
  if (!isTarHeader(block)) return undefined;
  const size = readNumber(block, 124, 12);
  if (size === undefined) return undefined;
  const name = readText(block, 0, 100);
  const flag = block[156] ?? 0;
  const ustar = readText(block, 257, 6) === 'ustar' && block[263] === 0x30;
  const prefix = ustar ? readText(block, 345, 155) : '';
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size,
    type: flag === 0 ? '0' : String.fromCharCode(flag),
  };
}

/** The records of a pax header (`length key=value\n`); reading stops where they stop making sense. */
export function readPaxRecords(bytes: Uint8Array): Map<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    if (space < 0) break;
    const length = Number(readText(bytes, at, space - at));
    if (!Number.isInteger(length) || length <= space - at || at + length > bytes.length) break;
    const record = new TextDecoder().decode(bytes.subarray(space + 1, at + length - 1));
    const equals = record.indexOf('=');
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return records;
}

/** Text up to the first NUL. */
export function readText(bytes: Uint8Array, start: number, length: number): string {
  const field = bytes.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

function readNumber(block: Uint8Array, start: number, length: number): number | undefined {
  const first = block[start] ?? 0;
  if ((first & 0x80) !== 0) {
    let value = first & 0x7f;
    for (const byte of block.subarray(start + 1, start + length)) value = value * 256 + byte;
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const text = readText(block, start, length).trim();
  if (text === '') return 0;
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined;
}

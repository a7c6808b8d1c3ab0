const BLOCK = 512;
/** Two blocks of zeros end an archive. */
const END = new Uint8Array(2 * BLOCK);
const CHECKSUM = { at: 148, length: 8 };

export interface TarEntry {
  /** Relative, with `/` between folders, at most 100 bytes of ASCII. */
  readonly path: string;
  readonly text: string;
}

/** An archive (POSIX ustar) of texts, the same bytes for the same entries. */
export function tarOf(entries: readonly TarEntry[]): Uint8Array {
  const parts = entries.flatMap(({ path, text }) => {
    const content = Buffer.from(text);
    const padding = new Uint8Array((BLOCK - (content.length % BLOCK)) % BLOCK);
    return [headerOf(path, content.length), content, padding];
  });
  return Buffer.concat([...parts, END]);
}

function headerOf(path: string, size: number): Uint8Array {
  const header = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(path) > 100) throw new RangeError(`too long for a tar header: ${path}`);
  header.write(path, 0, 'utf8');
  header.write('0000644\0', 100, 'latin1');
  header.write('0000000\0', 108, 'latin1');
  header.write('0000000\0', 116, 'latin1');
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1');
  header.write('00000000000\0', 136, 'latin1');
  header.write('0', 156, 'latin1');
  header.write('ustar\x0000', 257, 'latin1');
  // The sum is made as if its own field held spaces.
  header.fill(' ', CHECKSUM.at, CHECKSUM.at + CHECKSUM.length);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, CHECKSUM.at, 'latin1');
  return header;
}

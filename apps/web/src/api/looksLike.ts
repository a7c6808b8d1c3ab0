/** First bytes of things that people drop by mistake, each with what it is and what to do instead. */
const KINDS: readonly { readonly hex: string; readonly what: string }[] = [
  { hex: '89504e470d0a1a0a', what: 'a PNG image' },
  { hex: 'ffd8ff', what: 'a JPEG image' },
  { hex: '47494638', what: 'a GIF image' },
  { hex: '25504446', what: 'a PDF document' },
  { hex: '7f454c46', what: 'an ELF program' },
  { hex: '4d5a', what: 'a Windows program' },
  { hex: '53514c69746520666f726d6174203300', what: 'an SQLite database' },
  { hex: 'd4c3b2a1', what: 'a packet capture (pcap)' },
  { hex: 'a1b2c3d4', what: 'a packet capture (pcap)' },
  { hex: '0a0d0d0a', what: 'a packet capture (pcapng)' },
  { hex: '456c6646696c6500', what: 'a Windows event log (EVTX)' },
  { hex: '377abcaf271c', what: 'a 7-Zip archive: unpack it first' },
  { hex: '526172211a07', what: 'a RAR archive: unpack it first' },
  { hex: 'fd377a585a00', what: 'an xz file: unpack it first' },
  { hex: '425a68', what: 'a bzip2 file: unpack it first' },
];

/** What a file looks like by its first bytes; undefined when that says nothing. */
export async function looksLike(file: Blob): Promise<string | undefined> {
  if (file.size === 0) return 'an empty file';
  const head = new Uint8Array(await file.slice(0, 16).arrayBuffer());
  const hex = Array.from(head, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return KINDS.find((kind) => hex.startsWith(kind.hex))?.what;
}

const HEAD_BYTES = 4096;
const MOST_LINES = 3;

/** The first lines of a text, at most three and each whole or cut at four kilobytes; of a binary file none. */
export async function firstLines(file: Blob): Promise<readonly string[]> {
  const bytes = await file.slice(0, HEAD_BYTES).arrayBuffer();
  const text = new TextDecoder().decode(bytes);
  // The last character may be cut in two.
  if (text.includes('\0') || text.slice(0, -1).includes('\uFFFD')) return [];
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.slice(0, MOST_LINES);
}

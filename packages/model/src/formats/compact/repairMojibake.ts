import { isEventEmoji } from './eventWords.ts';

/** What a Mac calls the bytes from 0x80, sixteen a line. */
const macRoman = [
  'ÄÅÇÉÑÖÜáàâäãåçéè',
  'êëíìîïñóòôöõúùûü',
  '†°¢£§•¶ß®©™´¨≠ÆØ',
  '∞±≤≥¥µ∂∑∏π∫ªºΩæø',
  '¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ',
  '–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ',
  '‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ',
  '\uf8ffÒÚÛÙ\u0131\u02c6\u02dc\u00af\u02d8\u02d9\u02da\u00b8\u02dd\u02db\u02c7',
];

const FIRST = 0x80;
/** Where an emoji of four bytes begins, which a Mac shows as a sign that others do not have and copying loses; and its second. */
const LEAD = 0xf0;
const SECOND = 0x9f;
/** Where the old ones begin, of three. */
const SHORT_LEAD = 0xe2;

const byteOf = new Map<string, number>([
  ...Array.from(macRoman.join(''), (sign, index): [string, number] => [sign, FIRST + index]),
  // Until 1998 it stood where the euro does now.
  ['¤', 0xdb],
]);

/**
 * A line whose UTF-8 somebody read as Mac Roman (`üöÄ process` for `🚀 process`), as it was. Undefined: it is not such a line, for
 * it does not come out as UTF-8 that begins with the emoji of an event.
 */
export function repairMojibake(line: string): string | undefined {
  const [first = ''] = line;
  const begin = byteOf.get(first);
  if (begin !== LEAD && begin !== SECOND && begin !== SHORT_LEAD) return undefined;
  const bytes: number[] = begin === SECOND ? [LEAD] : [];
  for (const sign of line) {
    const code = sign.charCodeAt(0);
    const byte = code < FIRST ? code : byteOf.get(sign);
    if (byte === undefined) return undefined;
    bytes.push(byte);
  }
  const text = readUtf8(Uint8Array.from(bytes));
  if (text === undefined) return undefined;
  const [emoji = ''] = text;
  return isEventEmoji(emoji) ? text : undefined;
}

function readUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

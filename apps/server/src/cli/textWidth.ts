/** Ranges that terminals draw two columns wide (East Asian wide and full-width, emoji). */
const wide: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x231a, 0x231b],
  [0x23e9, 0x23f3],
  [0x2614, 0x2615],
  [0x26a1, 0x26a1],
  [0x2753, 0x2755],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];
const plain = /^[\x20-\x7e]*$/;
/** Marks drawn over the character before, variation selectors among them; joiners. */
const zero = /^(?:[\p{Mn}\p{Me}]|\u200c|\u200d)$/u;

/** Columns that printable text takes in a terminal. */
export function textWidth(text: string): number {
  if (plain.test(text)) return text.length;
  let width = 0;
  for (const rune of text) width += runeWidth(rune);
  return width;
}

/** The text cut to so many columns, with `…` where something is missing. */
export function clip(text: string, columns: number): string {
  if (columns === Number.POSITIVE_INFINITY || textWidth(text) <= columns) return text;
  if (columns < 1) return '';
  let width = 0;
  let kept = '';
  for (const rune of text) {
    width += runeWidth(rune);
    if (width > columns - 1) break;
    kept += rune;
  }
  return `${kept}…`;
}

/** Padded with spaces to so many columns; longer text stays as it is. */
export function pad(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const missing = columns - textWidth(text);
  if (missing <= 0) return text;
  return align === 'left' ? text + ' '.repeat(missing) : ' '.repeat(missing) + text;
}

function runeWidth(rune: string): number {
  const code = rune.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  if (zero.test(rune)) return 0;
  return wide.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}

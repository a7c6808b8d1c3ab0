/** A run of text: as it is, or one character that would not be seen, with its name for people. */
export type TextRun =
  | { readonly kind: 'plain'; readonly text: string }
  | {
      readonly kind: 'escape';
      readonly text: string;
      readonly title: string;
      /** What to draw where fonts may lack the picture of a control: `ESC`. */
      readonly short: string | undefined;
    };

/**
 * What a reader cannot see or what reorders what they see: controls (C0, DEL, C1), format characters
 * (bidi overrides, zero-width, tags), line and paragraph separators, lone surrogates, spaces other than
 * U+0020, fillers that draw nothing, variation selectors.
 */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u{115F}\u{1160}\u{17B4}\u{17B5}\u{2800}\u{3164}\u{FFA0}]|\u{34F}|\p{Variation_Selector}|(?! )\p{Zs}/gu;

const CONTROLS = (
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI ' +
  'DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'
).split(' ');

const NAMES = new Map<number, string>([
  [0x00, 'null'],
  [0x07, 'bell'],
  [0x08, 'backspace'],
  [0x09, 'tab'],
  [0x0a, 'line feed'],
  [0x0d, 'carriage return'],
  [0x1b, 'escape'],
  [0x7f, 'delete'],
  [0x9b, 'control sequence introducer'],
  [0xa0, 'no-break space'],
  [0xad, 'soft hyphen'],
  [0x061c, 'Arabic letter mark'],
  [0x200b, 'zero-width space'],
  [0x200c, 'zero-width non-joiner'],
  [0x200d, 'zero-width joiner'],
  [0x200e, 'left-to-right mark'],
  [0x200f, 'right-to-left mark'],
  [0x202a, 'left-to-right embedding'],
  [0x202b, 'right-to-left embedding'],
  [0x202c, 'pop directional formatting'],
  [0x202d, 'left-to-right override'],
  [0x202e, 'right-to-left override'],
  [0x2060, 'word joiner'],
  [0x2066, 'left-to-right isolate'],
  [0x2067, 'right-to-left isolate'],
  [0x2068, 'first strong isolate'],
  [0x2069, 'pop directional isolate'],
  [0xfeff, 'zero-width no-break space'],
]);

/** Whether a text holds a character that would not be seen as itself. */
export function hasUnseen(text: string): boolean {
  return text.search(UNSEEN) !== -1;
}

/**
 * Splits a text into what is shown as it is and what is shown as an escape, in order. Joining the runs of
 * a text without unseen characters gives the text.
 */
export function visibleRuns(text: string): readonly TextRun[] {
  const runs: TextRun[] = [];
  let from = 0;
  for (const match of text.matchAll(UNSEEN)) {
    if (match.index > from) runs.push({ kind: 'plain', text: text.slice(from, match.index) });
    const code = match[0].codePointAt(0) ?? 0;
    runs.push({ kind: 'escape', text: escapeOf(code), title: titleOf(code), short: shortOf(code) });
    from = match.index + match[0].length;
  }
  if (from < text.length) runs.push({ kind: 'plain', text: text.slice(from) });
  return runs;
}

/** The same as one string: for a title, an ARIA name, a canvas. */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, (found) => escapeOf(found.codePointAt(0) ?? 0));
}

/** Controls have pictures of their own in Unicode; everything else is named by its number. */
function escapeOf(code: number): string {
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `⟨U+${hex(code)}⟩`;
}

function shortOf(code: number): string | undefined {
  return code === 0x7f ? 'DEL' : CONTROLS[code];
}

function titleOf(code: number): string {
  const name = NAMES.get(code);
  return name === undefined ? `U+${hex(code)}` : `U+${hex(code)} ${name}`;
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}

import type { Style } from './ink.ts';
import { clip, textWidth } from './textWidth.ts';

/** A piece of a line: printable text and how it is set apart. */
export interface Segment {
  readonly text: string;
  readonly style?: Style;
  /** Cut first when the line is too long, the last of them before the others. */
  readonly elastic?: boolean;
}

const shortest = 8;

/** One line of segments with a space between, within `columns`: elastic ones are cut first, then the end. */
export function joinSegments(segments: readonly Segment[], columns: number): string {
  const present = segments.filter(({ text }) => text !== '');
  const widths = present.map(({ text }) => textWidth(text));
  let excess = widths.reduce((sum, width) => sum + width + 1, -1) - columns;
  for (let i = present.length - 1; i >= 0 && excess > 0; i -= 1) {
    const width = widths[i] ?? 0;
    if (present[i]?.elastic !== true || width <= shortest) continue;
    const cut = Math.min(excess, width - shortest);
    widths[i] = width - cut;
    excess -= cut;
  }
  let left = columns;
  const parts: string[] = [];
  for (const [i, { text, style }] of present.entries()) {
    const shown = clip(text, Math.min(widths[i] ?? 0, left));
    if (shown === '') break;
    left -= textWidth(shown) + 1;
    parts.push(style === undefined ? shown : style(shown));
  }
  return parts.join(' ');
}

/** Ways to set text apart. Meaning is never in the colour alone: what is marked is also written. */
export interface Ink {
  readonly strong: Style;
  readonly faint: Style;
  /** Late and new. */
  readonly loud: Style;
  /** A container's main process. */
  readonly main: Style;
  readonly name: Style;
  /** A file that was loaded. */
  readonly path: Style;
  readonly external: Style;
  readonly good: Style;
  readonly bad: Style;
}

/** Wraps text that is already printable and already padded. */
export type Style = (text: string) => string;

const plain: Style = (text) => text;

/** No colours: pipes, `NO_COLOR`, dumb terminals. */
export const plainInk: Ink = {
  strong: plain,
  faint: plain,
  loud: plain,
  main: plain,
  name: plain,
  path: plain,
  external: plain,
  good: plain,
  bad: plain,
};

/** The sixteen colours every terminal has, as its theme draws them. */
export const colourInk: Ink = {
  strong: sgr('1', '22'),
  faint: sgr('2', '22'),
  loud: sgr('1;33', '22;39'),
  main: sgr('1;34', '22;39'),
  name: sgr('36', '39'),
  path: sgr('33', '39'),
  external: sgr('35', '39'),
  good: sgr('32', '39'),
  bad: sgr('31', '39'),
};

function sgr(on: string, off: string): Style {
  return (text) => (text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`);
}

import { look } from '../layout/scene.ts';
import type { PaintTheme } from './paintTheme.ts';

/** How a kind of card is drawn. Shape, line and sign differ with the colour, never the colour alone. */
export interface Face {
  readonly shape: 'card' | 'stack' | 'pill' | 'halfPill' | 'hexagon';
  readonly fill: string;
  readonly line: string;
  readonly lineWidth: number;
  readonly dash: readonly number[];
  /** A thick bar at the left edge; empty: none. */
  readonly bar: string;
  /** The colour of the block and the sign in it where there is no room for a card. */
  readonly block: string;
  readonly sign: string;
  readonly signInk: string;
  /** The colour of the sign where it stands alone. */
  readonly mark: string;
}

const SOLID: readonly number[] = [];

/** The faces of a theme, by `look`. */
export function facesOf(theme: PaintTheme): readonly Face[] {
  const plain: Face = {
    shape: 'card',
    fill: theme.paper,
    line: theme.line,
    lineWidth: 1,
    dash: SOLID,
    bar: '',
    block: theme.hairline,
    sign: '',
    signInk: theme.ink,
    mark: theme.faint,
  };
  const pill: Face = {
    ...plain,
    shape: 'pill',
    fill: theme.paper,
    line: theme.connection,
    block: theme.connection,
    signInk: theme.paper,
    mark: theme.connection,
  };
  const faces = new Map<number, Face>([
    [look.ordinary, plain],
    [look.infrastructure, { ...plain, fill: theme.sunken, line: theme.hairline }],
    [look.ghost, { ...plain, dash: [5, 4], sign: '◌' }],
    [look.leaf, { ...pill, sign: '⇄' }],
    [
      look.external,
      { ...pill, line: theme.external, block: theme.external, sign: '⊙', mark: theme.external },
    ],
    [look.listen, { ...pill, shape: 'halfPill', sign: '⌐' }],
    [
      look.capsule,
      {
        ...pill,
        fill: theme.sunken,
        line: theme.hairline,
        block: theme.hairline,
        sign: '⋯',
        mark: theme.faint,
      },
    ],
    [
      look.more,
      {
        ...pill,
        fill: theme.raised,
        line: theme.hairline,
        block: theme.hairline,
        sign: '+',
        mark: theme.faint,
      },
    ],
    [look.group, { ...plain, shape: 'stack', fill: theme.sunken, sign: '×' }],
    [look.head, { ...plain, shape: 'hexagon', fill: theme.sunken, sign: '⬡' }],
    [look.lateQuiet, { ...plain, line: theme.lateLine, dash: [1.5, 3], sign: '◔' }],
    [
      look.main,
      {
        ...plain,
        fill: theme.mainWash,
        line: theme.main,
        lineWidth: 1.5,
        bar: theme.main,
        block: theme.main,
        sign: '●',
        signInk: theme.paper,
      },
    ],
    [
      look.loud,
      {
        ...plain,
        fill: theme.lateWash,
        line: theme.lateLine,
        lineWidth: 1.5,
        bar: theme.lateFill,
        block: theme.lateFill,
        sign: '◷',
        signInk: theme.lateInk,
      },
    ],
  ]);
  return Array.from({ length: look.loud + 1 }, (_, code) => faces.get(code) ?? plain);
}
